export const API = "https://api.example.com";

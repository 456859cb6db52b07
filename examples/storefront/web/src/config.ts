/** The catalogue and the prices. */
export const API: string = import.meta.env.VITE_API;

/** Orders as they change. */
export const SOCKETS = "wss://ws.example.com";

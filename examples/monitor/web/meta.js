// The policy of the element stops both.
const CALLS = ["https://stream.exmple.net/notifications", "https://api.example.com/v1/users"];

await Promise.allSettled(CALLS.map((url) => fetch(url)));
document.querySelector("#status").textContent = "2 calls made";
document.documentElement.dataset.done = "true";

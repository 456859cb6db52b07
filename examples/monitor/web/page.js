// Makes calls of every kind, each of which the policy forbids for another reason.

/** Kind, URL without its last segment, and why it is blocked. */
const CALLS = [
  ["fetch", "https://stream.exmple.com/notifications", "The host differs: a typo"],
  ["XMLHttpRequest", "https://api.example.com:8443/v1/orders", "The port differs"],
  ["fetch", "https://api.example.com/v2/orders", "The path differs: /v1/ is declared"],
  ["WebSocket", "wss://live.example.com/feed", "*.live.example.com covers what is below it, and not itself"],
  ["EventSource", "https://stream.example.net/events", "Nobody declared the host"],
  ["sendBeacon", "https://metrics.evil.example/collect", "Nobody declared the host"],
  ["fetch", "/away", "It is allowed, and redirects to what isn't"],
  ["image", "https://images.example.com/logo", "There is no img-src: default-src decides"],
  ["server", "/order", "The server's own code calls what its guard doesn't know"],
];

const MAKE = {
  fetch: (url) => fetch(url),
  XMLHttpRequest: (url) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = resolve;
    request.onerror = reject;
    request.open("GET", url);
    request.send();
  }),
  WebSocket: (url) => opened(new WebSocket(url)),
  EventSource: (url) => opened(new EventSource(url)),
  sendBeacon: (url) => navigator.sendBeacon(url, "hello"),
  image: (url) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = resolve;
    image.onerror = reject;
    image.src = url;
  }),
  server: (url) => fetch(url, { method: "POST" }),
};

function opened(connection) {
  return new Promise((resolve, reject) => {
    connection.onopen = resolve;
    connection.onerror = reject;
  }).finally(() => connection.close());
}

// A browser reports the same breach of a page once: each call has a URL of its own.
let number = 0;
let made = 0;

async function call(kind, url) {
  try {
    await MAKE[kind](new URL(`${url}/${++number}`, location.href).href);
  } catch {
    // That is what it is for.
  }
  document.querySelector("#status").textContent = `${++made} calls made`;
}

const callAll = () => Promise.all(CALLS.map(([kind, url]) => call(kind, url)));

for (const [kind, url, why] of CALLS) {
  const item = document.querySelector("#call").content.cloneNode(true);
  item.querySelector(".kind").textContent = kind;
  item.querySelector(".url").textContent = url;
  item.querySelector(".why").textContent = why;
  item.querySelector("button").setAttribute("aria-label", `Call ${kind} ${url}`);
  item.querySelector("button").onclick = () => call(kind, url);
  document.querySelector("#calls").append(item);
}
document.querySelector("#all").onclick = callAll;
await callAll();
document.documentElement.dataset.done = "true";

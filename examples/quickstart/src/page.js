// Makes calls of every kind that connect-src governs, and shows what became of each.
//
// A failed call looks the same to a script whether the policy stopped it or the network failed. Only the browser's
// securitypolicyviolation event tells the two apart, so nothing is shown as blocked without one.

/** The longest wait for a call to end, and for the event that explains why it failed, in milliseconds. */
const CALL_LIMIT = 2500;
const EVENT_LIMIT = 500;

/** Kind, URL, and why it is called here. */
const CALLS = [
  ["fetch", `${location.origin}/api/users`, "The page's own origin, declared as self"],
  ["fetch", "https://api.example.com/users", "Declared"],
  ["XMLHttpRequest", "https://api.example.com/orders", "Declared, whatever makes the call"],
  ["sendBeacon", "https://api.example.com/visits", "Declared, beacons included"],
  ["WebSocket", "wss://ws.example.com/orders", "Declared, with wss"],
  ["EventSource", "https://stream.example.com/notifications", "Declared"],
  ["WebSocket", `ws://localhost:${location.port || 80}/orders`, "Declared in debug builds only"],
  ["EventSource", "https://stream.exmple.com/notifications", "The host differs: a typo"],
  ["fetch", "http://api.example.com/users", "The scheme differs: https is declared"],
  ["WebSocket", "wss://api.example.com/orders", "The scheme differs: https never covers wss"],
  ["XMLHttpRequest", "https://api.example.com:8443/orders", "The port differs"],
  ["sendBeacon", "https://evil.example/collect", "Nobody declared it"],
];

/** How each kind of call is made. The promise tells what came back; it is rejected when nothing did. */
const MAKE = {
  async fetch(url) {
    const response = await fetch(url);
    showPolicy(response.headers.get("content-security-policy"));
    return `answered with ${response.status}`;
  },
  XMLHttpRequest: (url) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = () => resolve(`answered with ${request.status}`);
    request.onerror = reject;
    request.open("GET", url);
    request.send();
  }),
  WebSocket: (url) => opened(new WebSocket(url)),
  EventSource: (url) => opened(new EventSource(url)),
  async sendBeacon(url) {
    // Nobody is told what becomes of a beacon: only the event can tell that it was stopped.
    const queued = navigator.sendBeacon(url, "hello");
    await pause(EVENT_LIMIT);
    return queued ? "beacons get no answer" : "the browser did not queue it";
  },
};

function opened(connection) {
  return new Promise((resolve, reject) => {
    connection.onopen = () => resolve("connected");
    connection.onerror = reject;
  }).finally(() => connection.close());
}

const rows = CALLS.map(([kind, url, why]) => {
  const row = document.querySelector("#call").content.cloneNode(true).querySelector("li");
  row.dataset.kind = kind;
  row.dataset.url = url;
  row.querySelector(".kind").textContent = kind;
  row.querySelector(".url").textContent = url;
  row.querySelector(".why").textContent = why;
  document.querySelector("#calls").append(row);
  return row;
});

document.addEventListener("securitypolicyviolation", (event) => {
  showPolicy(event.originalPolicy);
  const row = rows.find(({ dataset }) => reported(dataset.url) === reported(event.blockedURI));
  if (event.effectiveDirective !== "connect-src" || event.disposition !== "enforce" || !row) return;
  row.dataset.directive = event.effectiveDirective;
  row.dataset.blockedUri = event.blockedURI;
  const directive = document.createElement("mark");
  directive.textContent = event.effectiveDirective;
  show(row, "blocked", "blocked by ", directive);
});

/** A URL as browsers report it: without credentials and fragment. */
function reported(url) {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname, search } = new URL(url);
  return `${protocol}//${host}${pathname}${search}`;
}

function show(row, verdict, ...detail) {
  const badge = row.querySelector(".badge");
  row.dataset.verdict = badge.dataset.verdict = verdict;
  badge.textContent = verdict === "blocked" ? "Blocked" : "Allowed";
  row.querySelector(".detail").replaceChildren(...detail);
  // An event that comes late still counts.
  if (document.documentElement.dataset.done) summarize();
}

function summarize() {
  const count = (verdict) => rows.filter((row) => row.dataset.verdict === verdict).length;
  document.querySelector("#status").textContent =
    `${rows.length} calls: ${count("allowed")} allowed, ${count("blocked")} blocked`;
}

function showPolicy(policy) {
  if (!policy) return;
  const [directive, ...sources] = policy.split(" ");
  document.querySelector("#directive").textContent = directive;
  document.querySelector("#sources").replaceChildren(...sources.map((source) => {
    const item = document.createElement("li");
    item.append(document.createElement("code"));
    item.firstChild.textContent = source;
    return item;
  }));
}

async function call(row) {
  const { kind, url } = row.dataset;
  let detail;
  try {
    detail = await Promise.race([MAKE[kind](url), pause(CALL_LIMIT, "no answer yet")]);
  } catch {
    // The event may come a moment after the failure.
    await pause(EVENT_LIMIT);
    detail = "the network failed";
  }
  if (row.dataset.verdict === "pending") show(row, "allowed", `allowed by the policy; ${detail}`);
}

function pause(milliseconds, value) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value));
}

await Promise.all(rows.map(call));
document.documentElement.dataset.done = "true";
summarize();

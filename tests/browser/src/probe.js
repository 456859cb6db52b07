// Makes every call at once; ends when all have and `expected` violations were reported, or after five seconds.
async (calls, expected) => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    const { blockedURI, disposition, effectiveDirective, originalPolicy, violatedDirective } = event;
    violations.push({ blockedURI, disposition, effectiveDirective, originalPolicy, violatedDirective });
  });

  const first = (target, good) => new Promise((resolve, reject) => {
    target.addEventListener(good, resolve);
    target.addEventListener("error", reject);
  });
  const make = {
    fetch: async (url) => (await (await fetch(url)).json()).answer,
    XMLHttpRequest: async (url) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.send();
      await first(request, "load");
      return JSON.parse(request.responseText).answer;
    },
    WebSocket: async (url) => {
      const socket = new WebSocket(url);
      socket.addEventListener("open", () => socket.send("hello"));
      const { data } = await first(socket, "message");
      socket.close();
      return data;
    },
    EventSource: async (url) => {
      const source = new EventSource(url);
      try {
        return (await first(source, "message")).data;
      } finally {
        source.close();
      }
    },
    // A beacon has no answer.
    sendBeacon: async (url) => void navigator.sendBeacon(url, "hello"),
  };

  const deadline = performance.now() + 5000;
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const attempt = async ([kind, url]) => {
    try {
      return await make[kind](url);
    } catch {
      return null;
    }
  };
  const answers = await Promise.all(calls.map((call) => Promise.race([attempt(call), pause(5000)])));
  while (violations.length < expected && performance.now() < deadline) await pause(10);
  // One too many may come late.
  await pause(100);
  return { answers: answers.map((answer) => answer ?? null), violations };
}

// Sends what the browser stops on this page to the collector: for policies in <meta>, of which browsers send no report.
// `data-endpoint` says where to; with `data-all`, policies that have an endpoint of their own count too.
(() => {
  const { src, dataset } = document.currentScript ?? { dataset: {} };
  const endpoint = new URL(dataset.endpoint ?? (src ? "report" : "/__csp/report"), src || location.href).href;
  const without = (url) => url && url.split(/[?#]/)[0];
  const isMeta = (policy) => [...document.querySelectorAll("meta[http-equiv]")].some((meta) =>
    meta.httpEquiv.toLowerCase() === "content-security-policy" && meta.content.trim() === policy.trim());
  const isReported = (policy) => /(^|;)\s*report-(to|uri)\s/i.test(policy) && !isMeta(policy);
  const seen = new Set();
  let queue = [];
  let timer = 0;
  let isStopped = false;

  document.addEventListener("securitypolicyviolation", (event) => {
    if (isStopped) return;
    if (without(event.blockedURI) === without(endpoint)) {
      // The policy stops this very script, which would go round in circles.
      isStopped = true;
      queue = [];
      console.warn(`This page's policy doesn't let violations be sent to ${endpoint}`);
      return;
    }
    if (isReported(event.originalPolicy) && !("all" in dataset)) return;
    const body = {
      documentURL: without(event.documentURI),
      referrer: without(event.referrer),
      blockedURL: without(event.blockedURI),
      effectiveDirective: event.effectiveDirective,
      originalPolicy: event.originalPolicy,
      sourceFile: without(event.sourceFile),
      sample: event.sample,
      disposition: event.disposition,
      statusCode: event.statusCode,
      lineNumber: event.lineNumber || undefined,
      columnNumber: event.columnNumber || undefined,
    };
    const key = JSON.stringify(body);
    if (seen.has(key) || seen.size >= 500) return;
    seen.add(key);
    queue.push({ age: 0, type: "csp-violation", url: body.documentURL, user_agent: navigator.userAgent, body });
    timer ||= setTimeout(send, 100);
  });
  addEventListener("pagehide", send);

  function send() {
    timer = 0;
    while (queue.length) {
      const body = JSON.stringify(queue.splice(0, 10));
      // Browsers keep 64 KiB alive for a page that is left, and refuse what is longer.
      const options = { method: "POST", body, keepalive: body.length < 60000, credentials: "omit" };
      fetch(endpoint, { ...options, headers: { "Content-Type": "application/reports+json" } }).catch(() => {});
    }
  }
})();

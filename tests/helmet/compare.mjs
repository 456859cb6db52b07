// Compares what `cargo csp emit` reads out of src/lib.rs with what the real helmet serves for the same configuration.
//
//     npm install --no-save --prefix target/helmet helmet@8.3.0
//     node tests/helmet/compare.mjs target/debug/cargo-csp target/helmet/node_modules/helmet

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const [command, module] = process.argv.slice(2);
if (!command || !module) {
  console.error("usage: node compare.mjs CARGO-CSP HELMET");
  process.exit(2);
}
const helmet = createRequire(import.meta.url)(path.resolve(module));
const self = "'self'";
const csp = (contentSecurityPolicy) => helmet({ contentSecurityPolicy });

/** What helmet's documentation writes for each policy of src/lib.rs. */
const examples = {
  DEFAULT: helmet(),
  REPLACED: csp({ directives: { "script-src": [self, "https://example.com"] } }),
  DISABLED: csp({ directives: { "script-src": [self, "https://example.com"], "style-src": null } }),
  NONCE: csp({ directives: { scriptSrc: [self, (req, res) => `'nonce-${res.locals.cspNonce}'`] } }),
  WITHOUT_DEFAULTS: csp({
    useDefaults: false,
    directives: {
      defaultSrc: [self],
      scriptSrc: [self, "https://example.com"],
      objectSrc: ["'none'"],
      upgradeInsecureRequests: [],
    },
  }),
  REPORT_ONLY: csp({ directives: { reportTo: "csp", reportUri: "/csp", upgradeInsecureRequests: null }, reportOnly: true }),
  WITHOUT_DEFAULT_SRC: csp({
    useDefaults: false,
    directives: { "default-src": helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc, scriptSrc: [self] },
  }),
  NO_UPGRADE: csp({ directives: { upgradeInsecureRequests: null } }),
  MORE: csp({
    directives: {
      connectSrc: [self, "https://api.example.com"],
      frameSrc: ["https://video.example.com"],
      mediaSrc: ["'none'"],
      workerSrc: [self],
      sandbox: ["allow-forms", "allow-scripts"],
      requireTrustedTypesFor: ["'script'"],
    },
  }),
};

/** The headers that a middleware sets. */
function served(middleware) {
  const headers = {};
  const locals = { cspNonce: "{nonce}" };
  const response = { locals, setHeader: (name, value) => (headers[name] = value), removeHeader() {} };
  middleware({}, response, (error) => {
    if (error) throw error;
  });
  return headers;
}

/** Directives by name, each a sorted list of words. */
function directives(policy) {
  const entries = policy.split(";").map((line) => line.trim().split(/\s+/));
  return JSON.stringify(entries.map(([name, ...words]) => [name, words.sort()]).sort());
}

const manifest = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "Cargo.toml");
const emit = (...more) => execFileSync(command, ["csp", "emit", "--manifest-path", manifest, ...more], { encoding: "utf8" });
const ours = new Map(JSON.parse(emit("--format", "json")).policies.map((policy) => [policy.name, policy]));
let passed = 0;
let failed = 0;
const check = (what, left, right) => {
  if (left === right) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`${what}\n  ours:   ${left}\n  helmet: ${right}`);
  }
};
check("names", [...ours.keys()].sort().join(), Object.keys(examples).sort().join());
for (const [name, middleware] of Object.entries(examples)) {
  const theirs = served(middleware);
  const header = name === "REPORT_ONLY" ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy";
  check(name, directives(ours.get(name).headers[header]), directives(theirs[header]));
  // What we write for helmet, helmet serves.
  const options = emit("--format", "helmet", "--name", name);
  const emitted = served(new Function("helmet", `return ${options}`)(helmet));
  check(`${name}, emitted`, directives(emitted[header]), directives(theirs[header]));
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

// Validates what `cargo csp check` and `scan` write as SARIF against the schema of the standard, and against what GitHub asks
// for beyond it. Columns are looked up in the files: JavaScript counts in UTF-16 too.
//
//     npm install --no-save --ignore-scripts --prefix target/sarif \
//         ajv@8.20.0 ajv-draft-04@1.0.0 ajv-formats@3.0.1 @microsoft/jest-sarif@1.0.0-beta.0
//     node tests/sarif/validate.mjs target/debug/cargo-csp target/sarif/node_modules

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const [program, modules] = process.argv.slice(2).map((argument) => path.resolve(argument));
if (!program || !modules) {
  console.error("usage: node validate.mjs CARGO-CSP NODE_MODULES");
  process.exit(2);
}
const require = createRequire(path.join(modules, "x.js"));
const Ajv = require("ajv-draft-04");
const ajv = new (Ajv.default ?? Ajv)({ allErrors: true, strict: false, unicodeRegExp: false });
const formats = require("ajv-formats");
(formats.default ?? formats)(ajv);
const isSarif = ajv.compile(JSON.parse(fs.readFileSync(path.join(modules, "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))));

/** A repository with two packages. */
const files = {
  ".git/HEAD": "",
  "Cargo.toml": '[workspace]\nmembers = ["shop", "admin"]\nresolver = "3"\n[workspace.metadata.csp]\nroots = ["web"]\n',
  "shop/Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2024"\n',
  "shop/src/lib.rs":
    'csp_runtime::connect_src! {\n    #[scanned]\n    pub static SHOP = [\n        /* 😀 */ "https://old.example",\n    ];\n}\n',
  "shop/csp.lock": "csp-scan 1\nmode production\nroot web\nend\n",
  "shop/web/ü 100%, [a].ts": "/* 😀 ü */ fetch('https://api.example/ü'); /* 😀😀 */ new WebSocket('wss://ws.example');\r\nfetch(`https://${x}`);\r\n",
  "shop/web/chain.ts": "export function load(tenant) {\n  const 名前 = tenant;\n  return fetch(`https://${名前}.example`);\n}\n",
  "shop/web/broken.ts": "fetch('https://api.example' {{{\n",
  "shop/web/bundle.js": `${"const 名 = 1; ".repeat(500)}fetch('https://bundle.example'); fetch(y);\n`,
  "admin/Cargo.toml": '[package]\nname = "admin"\nversion = "0.1.0"\nedition = "2024"\n[package.metadata.csp]\nstrict = true\n',
  "admin/src/lib.rs": "csp_runtime::connect_src! {\n    #[scanned]\n    pub static ADMIN = [self];\n}\n",
  "admin/web/a.ts": "fetch(x);\n",
  "clean/web/a.ts": "fetch('/x');\n",
};

const repository = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "csp-sarif-")));
let count = 0;
try {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
    fs.writeFileSync(path.join(repository, name), text);
  }
  const [whole, shop] = [run("", ["check"]), run("shop", ["check"])];
  const codes = new Set(whole.results.map((result) => result.ruleId));
  for (const code of ["uncovered-endpoint", "unused-source", "stale-lock", "unresolved-url", "dynamic-host", "syntax-error"]) {
    assert(codes.has(code), `no ${code}: ${[...codes]}`);
  }
  // From wherever it is run, a file has one name, and a finding one fingerprint.
  const identity = (result) => [result.ruleId, uri(result), result.partialFingerprints.primaryLocationLineHash];
  const ofShop = (run) => run.results.map(identity).filter(([, file]) => file.startsWith("shop/")).sort();
  assert.deepEqual(ofShop(shop), ofShop(whole));
  assert(whole.results.filter((result) => uri(result).startsWith("admin/")).every((result) => result.level === "error"));
  assert(whole.results.some((result) => result.relatedLocations?.length > 1));
  run("", ["scan"]);
  assert.equal(run("", ["scan", "clean/web"]).results.length, 0);
  assert(run("admin", ["scan", "../shop/web"]).results.length > 0);
} finally {
  fs.rmSync(repository, { recursive: true });
}
console.log(`${count} logs are SARIF 2.1.0, and have what GitHub asks for`);

function uri(result) {
  return result.locations[0].physicalLocation.artifactLocation.uri;
}

/** The only run of the log, after it was looked at. */
function run(folder, words) {
  const { stdout, stderr } = spawnSync(program, ["csp", ...words, "--format", "sarif"], {
    cwd: path.join(repository, folder),
    encoding: "utf8",
  });
  const log = JSON.parse(stdout || `{"nothing": ${JSON.stringify(stderr)}}`);
  assert(isSarif(log), `${words.join(" ")}: ${ajv.errorsText(isSarif.errors)}`);
  assert.equal(log.runs.length, 1);
  const [only] = log.runs;
  assert.equal(only.columnKind, "utf16CodeUnits");
  const { rules } = only.tool.driver;
  for (const rule of rules) {
    for (const text of ["shortDescription", "fullDescription", "help"]) {
      assert(rule[text].text.length > 0 && rule[text].text.length <= 1024, `${rule.id}: ${text}`);
    }
  }
  const fingerprints = new Set();
  for (const result of only.results) {
    assert.equal(rules[result.ruleIndex].id, result.ruleId);
    assert(["error", "warning", "note"].includes(result.level));
    assert(result.message.text.length > 0);
    assert.equal(result.locations.length, 1);
    for (const location of [...result.locations, ...(result.relatedLocations ?? [])]) {
      look(result, location);
    }
    fingerprints.add(`${result.ruleId} ${result.partialFingerprints.primaryLocationLineHash}`);
  }
  assert.equal(fingerprints.size, only.results.length, "fingerprints are of one finding each");
  count += 1;
  return only;
}

function look(result, { physicalLocation: { artifactLocation, region } }) {
  assert.equal(artifactLocation.uriBaseId, "%SRCROOT%");
  const name = decodeURIComponent(artifactLocation.uri);
  assert(!path.isAbsolute(name) && !name.includes("..") && name in files, name);
  const line = files[name].split(/\r?\n/)[region.startLine - 1];
  assert.notEqual(line, undefined, `${name} has no line ${region.startLine}`);
  assert.equal(region.endLine, region.startLine);
  assert(region.startColumn >= 1 && region.endColumn > region.startColumn);
  if (region.snippet) {
    assert.equal(region.snippet.text, line);
  }
  const text = line.slice(region.startColumn - 1, region.endColumn - 1);
  if (result.locations[0].physicalLocation.region === region) {
    const expected = {
      "uncovered-endpoint": /^(fetch|new WebSocket)$/,
      "unresolved-url": /^fetch$/,
      "dynamic-host": /^fetch$/,
      "unused-source": /^("https:\/\/old.example"|self)$/,
    }[result.ruleId];
    assert(!expected || expected.test(text), `${result.ruleId} at ${name}:${region.startLine}:${region.startColumn}: ${text}`);
  }
}

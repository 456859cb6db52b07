#!/usr/bin/env node
// Measures the scan against labels.txt: fetches the pinned packages, scans them, and prints Markdown.
//
//   node tests/corpus/measure.mjs [--scanner PATH] [PACKAGE …]
//
// Needs node, npm, tar, and a built command: cargo build --release -p csp-build --features cli,scan

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const workspace = resolve(here, '../..');
const store = join(workspace, 'target/corpus');
const tiers = ['literal', 'constant', 'environment', 'import', 'member', 'call-1', 'call-2', 'other'];

const asked = process.argv.slice(2);
let scanner = join(workspace, 'target/release/cargo-csp');
if (asked[0] === '--scanner') {
    [, scanner] = asked.splice(0, 2);
}

/** The packages of labels.txt, with their labels. */
function readLabels() {
    const packages = [];
    const lines = readFileSync(join(here, 'labels.txt'), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
        const [kind, ...words] = line.split(/\s+/);
        if (kind === '' || kind === '#') continue;
        const last = packages.at(-1);
        if (kind === 'package') packages.push({ name: words[0], root: words[1], endpoints: [], open: [] });
        else if (kind === 'open') last.open.push(place(words[0]));
        else if (tiers.includes(kind)) last.endpoints.push({ tier: kind, origin: words[0], places: words.slice(1).map(place) });
        else throw new Error(`labels.txt:${index + 1}: no tier is called ${kind}`);
    }
    return packages;
}

function place(text) {
    const [, file, line] = text.match(/^(.+):(\d+)$/);
    return { file, line: Number(line) };
}

/** The folder of an unpacked package. */
function fetched(name) {
    const folder = join(store, name.replace('/', '__'));
    if (!existsSync(join(folder, 'package.json'))) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, name], { stdio: ['ignore', 'ignore', 'inherit'] });
        const archive = readdirSync(folder).find(file => file.endsWith('.tgz'));
        execFileSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
        rmSync(join(folder, archive));
    }
    return folder;
}

/** What the scan finds, with places below the package. */
function scan(folder, root) {
    const run = spawnSync(scanner, ['csp', 'scan', root, '--format', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.error) throw run.error;
    try {
        return JSON.parse(run.stdout);
    } catch {
        throw new Error(`${folder}: the scan gave no JSON (status ${run.status}): ${run.stderr}`);
    }
}

const isAt = (found, places) => places.some(({ file }) => file === found.file);
/** A call that isn't known is listed where its parameters end; the chain leads to it. */
const isListedAt = (found, { file, line }) => [found, ...found.chain].some(step => step.file === file && Math.abs(step.line - line) <= 2);
const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

const totals = new Map(tiers.map(tier => [tier, { found: 0, all: 0 }]));
const [missed, extra, silent] = [[], [], []];
let [right, reported, listed, open] = [0, 0, 0, 0];

const packages = readLabels().filter(({ name }) => asked.length === 0 || asked.some(part => name.includes(part)));
for (const { name, root, endpoints, open: calls } of packages) {
    const report = scan(fetched(name), root);
    for (const label of endpoints) {
        const total = totals.get(label.tier);
        total.all += 1;
        if (report.endpoints.some(found => found.origin === label.origin && isAt(found, label.places))) {
            total.found += 1;
        } else {
            const isListed = report.unresolved.some(found => label.places.some(at => isListedAt(found, at)));
            missed.push(`${name}: ${label.tier} \`${label.origin}\` at ${label.places[0].file}:${label.places[0].line}, ${isListed ? 'listed as unresolved' : 'not listed'}`);
        }
    }
    // An origin counts once a file.
    const seen = new Set();
    for (const found of report.endpoints) {
        const key = `${found.origin} ${found.file}`;
        if (seen.has(key)) continue;
        seen.add(key);
        reported += 1;
        if (endpoints.some(label => label.origin === found.origin && isAt(found, label.places))) right += 1;
        else extra.push(`${name}: \`${found.origin}\` at ${found.file}:${found.line} (${found.sink}, ${found.resolution})`);
    }
    for (const call of calls) {
        open += 1;
        if (report.unresolved.some(found => isListedAt(found, call))) listed += 1;
        else silent.push(`${name}: ${call.file}:${call.line}`);
    }
}

const sum = names => names.map(tier => totals.get(tier)).reduce((a, b) => ({ found: a.found + b.found, all: a.all + b.all }));
const row = (title, { found, all }) => `| ${title} | ${found} of ${all} | ${percent(found, all)} |`;
const list = (title, lines) => (lines.length === 0 ? [] : ['', `${title}:`, '', ...lines.map(line => `- ${line}`)]);

console.log(
    [
        `${packages.length} packages.`,
        '',
        '| | found | |',
        '|---|---:|---:|',
        ...tiers.filter(tier => totals.get(tier).all > 0).map(tier => row(tier, totals.get(tier))),
        row('recall up to one call', sum(tiers.slice(0, 6))),
        row('recall', sum(tiers)),
        row('precision', { found: right, all: reported }),
        row('unresolvable calls listed', { found: listed, all: open }),
        ...list('Missed', missed),
        ...list('Not labelled', extra),
        ...list('Unresolvable and not listed', silent),
    ].join('\n'),
);

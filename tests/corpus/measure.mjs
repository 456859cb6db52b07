#!/usr/bin/env node
// Measures the scan against labels: fetches the pinned packages and applications, scans them, and prints Markdown.
//
//   node tests/corpus/measure.mjs [--labels FILE] [--mirror DIR] [--scanner PATH] [PACKAGE …]
//
// FILE is labels.txt, beside this script, or applications.txt. Applications of GitHub come from there, or from folders of
// DIR that are called OWNER__NAME and hold the commit that the labels name.
//
// Needs node, npm, tar, and a built command: cargo build --release -p csp-build --features cli,scan

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const workspace = resolve(here, '../..');
const store = join(workspace, 'target/corpus');
const tiers = ['literal', 'constant', 'environment', 'import', 'member', 'call-1', 'call-2', 'other', 'implied'];
const upToOneCall = tiers.slice(0, 6);

const { values: options, positionals: asked } = parseArgs({
    allowPositionals: true,
    options: {
        labels: { type: 'string', default: 'labels.txt' },
        mirror: { type: 'string' },
        scanner: { type: 'string', default: join(workspace, 'target/release/cargo-csp') },
    },
});

/** The packages of the file of labels, with their labels. */
function readLabels() {
    const packages = [];
    const lines = readFileSync(join(here, options.labels), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
        const [kind, ...words] = line.split(/\s+/);
        if (kind === '' || kind === '#') continue;
        const last = packages.at(-1);
        if (kind === 'package') packages.push(readPackage(words));
        else if (kind === 'open') last.open.push(place(words[0]));
        else if (kind === 'maybe') last.maybe.push(label(kind, words));
        else if (tiers.includes(kind)) last.endpoints.push(label(kind, words));
        else throw new Error(`${options.labels}:${index + 1}: no tier is called ${kind}`);
    }
    return packages;
}

function readPackage([name, ...words]) {
    const roots = words.filter(word => !word.includes('='));
    const settings = words.filter(word => word.includes('=')).map(word => word.split(/=(.*)/s, 2));
    const all = key => settings.filter(([name]) => name === key).map(([, value]) => value);
    return { name, roots, folder: all('in')[0] ?? '.', ignore: all('ignore'), endpoints: [], open: [], maybe: [] };
}

function label(tier, [origins, ...places]) {
    return { tier, origins: origins.split('|'), places: places.map(place) };
}

function place(text) {
    const [, file, line] = text.match(/^(.+):(\d+)$/);
    return { file, line: Number(line) };
}

/** The folder of an unpacked package or application. */
async function fetched(name) {
    const [, owner, repository, commit] = name.match(/^github:([^/]+)\/([^@]+)@([0-9a-f]{40})$/) ?? [];
    if (commit !== undefined && options.mirror !== undefined) return join(resolve(options.mirror), `${owner}__${repository}`);
    const folder = join(store, commit === undefined ? name.replace('/', '__') : `${owner}__${repository}@${commit}`);
    if (!existsSync(folder) || readdirSync(folder).length === 0) {
        mkdirSync(folder, { recursive: true });
        try {
            const archive = commit === undefined ? pack(name, folder) : await download(`${owner}/${repository}/tar.gz/${commit}`, folder);
            execFileSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
            rmSync(join(folder, archive));
        } catch (error) {
            rmSync(folder, { recursive: true });
            throw error;
        }
    }
    return folder;
}

function pack(name, folder) {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, name], { stdio: ['ignore', 'ignore', 'inherit'] });
    return readdirSync(folder).find(file => file.endsWith('.tgz'));
}

async function download(path, folder) {
    const response = await fetch(`https://codeload.github.com/${path}`);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    writeFileSync(join(folder, 'archive.tar.gz'), Buffer.from(await response.arrayBuffer()));
    return 'archive.tar.gz';
}

/** What the scan finds, with places below the application's folder. */
function scan(folder, { roots, ignore }) {
    const words = ['csp', 'scan', ...roots, ...ignore.flatMap(glob => ['--ignore', glob]), '--format', 'json'];
    const run = spawnSync(options.scanner, words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.error) throw run.error;
    try {
        return JSON.parse(run.stdout);
    } catch {
        throw new Error(`${folder}: the scan gave no JSON (status ${run.status}): ${run.stderr}`);
    }
}

const isSame = (found, { origins, places }) => origins.includes(found.origin) && places.some(({ file }) => file === found.file);
/** A call that isn't known is listed where its parameters end; the chain leads to it. */
const isListedAt = (found, { file, line }) => [found, ...found.chain].some(step => step.file === file && Math.abs(step.line - line) <= 2);
const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
const short = name => name.replace(/^github:/, '').replace(/@[0-9a-f]{40}$/, '');

const totals = new Map([...tiers, 'origins'].map(tier => [tier, { found: 0, all: 0 }]));
const [missed, extra, silent] = [[], [], []];
let [right, reported, listed, open, unresolved] = [0, 0, 0, 0, 0];

const packages = readLabels().filter(({ name }) => asked.length === 0 || asked.some(part => name.includes(part)));
for (const subject of packages) {
    const { endpoints, maybe, open: calls } = subject;
    const name = short(subject.name);
    const report = scan(join(await fetched(subject.name), subject.folder), subject);
    unresolved += report.unresolved.length;
    const origins = new Map();
    for (const label of endpoints) {
        const isFound = report.endpoints.some(found => isSame(found, label));
        const total = totals.get(label.tier);
        total.all += 1;
        total.found += isFound;
        origins.set(label.origins[0], isFound || origins.get(label.origins[0]) === true);
        if (isFound) continue;
        const isListed = report.unresolved.some(found => label.places.some(at => isListedAt(found, at)));
        missed.push(`${name}: ${label.tier} \`${label.origins[0]}\` at ${label.places[0].file}:${label.places[0].line}, ${isListed ? 'listed as unresolved' : 'not listed'}`);
    }
    totals.get('origins').all += origins.size;
    totals.get('origins').found += [...origins.values()].filter(Boolean).length;
    // An origin counts once a file.
    const seen = new Set();
    for (const found of report.endpoints) {
        const key = `${found.origin} ${found.file}`;
        if (seen.has(key) || maybe.some(label => isSame(found, label))) continue;
        seen.add(key);
        reported += 1;
        if (endpoints.some(label => isSame(found, label))) right += 1;
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
        `${packages.length} packages, ${unresolved} calls listed as unresolved.`,
        '',
        '| | found | |',
        '|---|---:|---:|',
        ...tiers.filter(tier => totals.get(tier).all > 0).map(tier => row(tier, totals.get(tier))),
        row('recall up to one call', sum(upToOneCall)),
        row('recall', sum(tiers)),
        row('recall, an origin once a package', totals.get('origins')),
        row('precision', { found: right, all: reported }),
        row('unresolvable calls listed', { found: listed, all: open }),
        ...list('Missed', missed),
        ...list('Not labelled', extra),
        ...list('Unresolvable and not listed', silent),
    ].join('\n'),
);

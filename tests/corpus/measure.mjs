#!/usr/bin/env node
// Measures the scan against labels: fetches the pinned packages and applications, scans them, and prints Markdown.
//
//   node tests/corpus/measure.mjs [--labels FILE] [--mirror DIR] [--scanner PATH] [PACKAGE …]
//
// FILE is labels.txt, beside this script, applications.txt, held-out.txt or unseen.txt. Applications of GitHub come from there, or from
// folders of DIR that are called OWNER__NAME and hold the commit that the labels name.
//
// Needs node, npm, tar, and a built command: cargo build --release -p csp-build --features cli,scan

import { parseArgs } from 'node:util';

import { commonOptions, fetched, percent, readLabels, scan, tiers } from './corpus.mjs';

const upToOneCall = tiers.slice(0, 6);

const { values: options, positionals: asked } = parseArgs({ allowPositionals: true, options: commonOptions });

const isSame = (found, { origins, places }) => origins.includes(found.origin) && places.some(({ file }) => file === found.file);
/** A call that isn't known is listed where its parameters end; the chain leads to it. */
const isListedAt = (found, { file, line }) => [found, ...found.chain].some(step => step.file === file && Math.abs(step.line - line) <= 2);
const short = name => name.replace(/^github:/, '').replace(/@[0-9a-f]{40}$/, '');

const totals = new Map([...tiers, 'origins'].map(tier => [tier, { found: 0, all: 0 }]));
const [missed, extra, silent] = [[], [], []];
let [right, reported, listed, open, unresolved] = [0, 0, 0, 0, 0];

const packages = readLabels(options.labels).filter(({ name }) => asked.length === 0 || asked.some(part => name.includes(part)));
for (const subject of packages) {
    const { endpoints, maybe, open: calls } = subject;
    const name = short(subject.name);
    const report = scan(options.scanner, await fetched(subject, options.mirror), subject);
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

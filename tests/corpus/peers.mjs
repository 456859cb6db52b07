#!/usr/bin/env node
// What other ways of looking find in the same packages: a regular expression for URLs, and ast-grep with patterns for
// calls whose URL is a literal. Prints Markdown.
//
//   node tests/corpus/peers.mjs [--labels FILE] [--mirror DIR] [--scanner PATH] [--ast-grep PATH] [PACKAGE …]
//
// Neither follows a URL to the call that connects, so places don't count here: an origin counts once a package, wherever
// in it. ast-grep is npm's @ast-grep/cli.

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { commonOptions, fetched, percent, readLabels, scan } from './corpus.mjs';

const extensions = '.js .jsx .mjs .cjs .ts .mts .cts .tsx .html .htm .xhtml .vue .svelte .astro .rs'.split(' ');
/** What the scan leaves out by itself, so that the comparison is of the same files. */
const skippedFolders =
    'node_modules benches bower_components dist coverage test tests __tests__ spec specs e2e cypress mock mocks __mocks__ __fixtures__ stories'.split(' ');
const skippedParts = 'min d test tests spec stories story e2e mock mocks cy'.split(' ');

const { values: options, positionals: asked } = parseArgs({
    allowPositionals: true,
    options: { ...commonOptions, 'ast-grep': { type: 'string', default: 'ast-grep' } },
});

const isFolderWanted = name => !name.startsWith('.') && !skippedFolders.includes(name);
const isFileWanted = name => extensions.includes(extname(name)) && !name.split('.').slice(1, -1).some(part => skippedParts.includes(part));

function* filesBelow(path) {
    if (!statSync(path).isDirectory()) {
        yield path;
        return;
    }
    for (const entry of readdirSync(path, { withFileTypes: true })) {
        const below = join(path, entry.name);
        if (entry.isDirectory() && isFolderWanted(entry.name)) yield* filesBelow(below);
        else if (entry.isFile() && isFileWanted(entry.name)) yield below;
    }
}

function originOf(text) {
    try {
        const { origin, host, protocol } = new URL(text);
        return origin === 'null' ? `${protocol}//${host}` : origin;
    } catch {
        return undefined;
    }
}

/** Every URL with a scheme that can connect, in comments and links too. */
function byExpression(folder, { roots }) {
    const origins = new Set();
    for (const root of roots) {
        for (const file of filesBelow(join(folder, root))) {
            for (const [url] of readFileSync(file, 'utf8').matchAll(/\b(?:https?|wss?):\/\/[\w.-]+(?::\d+)?/g)) {
                const origin = originOf(url);
                if (origin !== undefined) origins.add(origin);
            }
        }
    }
    return origins;
}

const calls = [
    'fetch($URL)',
    '$X.fetch($URL)',
    'new Request($URL)',
    'new WebSocket($URL)',
    'new EventSource($URL)',
    '$X.open($METHOD, $URL)',
    'navigator.sendBeacon($URL)',
    'axios($URL)',
    'axios.$VERB($URL)',
    '$X.http.$VERB($URL)',
    '$.getJSON($URL)',
    'useSWR($URL)',
    'io($URL)',
].flatMap(call => [call, `${call.slice(0, -1)}, $$$)`]);
calls.push('$.ajax({$$$, url: $URL, $$$})');
const rules = ['JavaScript', 'TypeScript', 'Tsx']
    .map(language => `id: ${language}\nlanguage: ${language}\nseverity: info\nrule:\n  any:\n${calls.map(call => `    - pattern: ${JSON.stringify(call)}\n`).join('')}`)
    .join('---\n');

/** The literals, and templates with a whole host, that stand where a call takes its URL. */
function bySyntax(folder, { roots }) {
    const run = spawnSync(options['ast-grep'], ['scan', '--inline-rules', rules, '--json=compact', '--no-ignore', 'vcs', '--no-ignore', 'parent', ...roots], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
    });
    if (run.error) throw run.error;
    if (run.stdout === '') throw new Error(`${folder}: ast-grep gave no JSON (status ${run.status}): ${run.stderr}`);
    const origins = new Set();
    for (const { file, metaVariables } of JSON.parse(run.stdout)) {
        const root = roots.find(root => root === '.' || file === root || file.startsWith(`${root}/`));
        const below = root === undefined ? [] : dirname(relative(root, file)).split('/');
        if (!isFileWanted(basename(file)) || !below.every(part => part === '.' || isFolderWanted(part))) continue;
        const literal = metaVariables.single.URL?.text.match(/^(['"`])(.*)\1$/s)?.[2];
        if (literal === undefined) continue;
        if (/^[a-z]+:\/\/[\w.-]+(?::\d+)?(?:[/?#]|$)/i.test(literal)) origins.add(originOf(literal.replace(/\$\{.*/s, '')));
        else if (!/^(?:\$\{|\/\/|[a-z]+:)/i.test(literal)) origins.add("'self'");
    }
    return origins;
}

const byScan = (folder, subject) => new Set(scan(options.scanner, folder, subject).endpoints.map(({ origin }) => origin));

const rows = [];
const packages = readLabels(options.labels).filter(({ name }) => asked.length === 0 || asked.some(part => name.includes(part)));
for (const [title, look] of [
    ['regular expression', byExpression],
    ['ast-grep', bySyntax],
    ['cargo csp scan', byScan],
]) {
    let [found, all, right, reported] = [0, 0, 0, 0];
    for (const subject of packages) {
        const origins = look(await fetched(subject, options.mirror), subject);
        const labels = [...new Map(subject.endpoints.map(label => [label.origins[0], label])).values()];
        all += labels.length;
        found += labels.filter(label => label.origins.some(origin => origins.has(origin))).length;
        const tolerated = subject.maybe.flatMap(label => label.origins);
        const expected = subject.endpoints.flatMap(label => label.origins);
        for (const origin of origins) {
            if (tolerated.includes(origin) && !expected.includes(origin)) continue;
            reported += 1;
            right += expected.includes(origin);
        }
    }
    rows.push(`| ${title} | ${found} of ${all} | ${percent(found, all)} | ${right} of ${reported} | ${percent(right, reported)} |`);
}
console.log([`${packages.length} packages.`, '', '| | found | recall | right | precision |', '|---|---:|---:|---:|---:|', ...rows].join('\n'));

// The labels, and the folders that the packages and applications are unpacked into.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const workspace = resolve(here, '../..');
const store = join(workspace, 'target/corpus');

export const tiers = ['literal', 'constant', 'environment', 'import', 'member', 'call-1', 'call-2', 'other', 'implied'];

/** What all the scripts here take on their command line. */
export const commonOptions = {
    labels: { type: 'string', default: 'labels.txt' },
    mirror: { type: 'string' },
    scanner: { type: 'string', default: join(workspace, 'target/release/cargo-csp') },
};

/** The packages of a file of labels, with their labels. */
export function readLabels(name) {
    const packages = [];
    const lines = readFileSync(join(here, name), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
        const [kind, ...words] = line.split(/\s+/);
        if (kind === '' || kind === '#') continue;
        const last = packages.at(-1);
        if (kind === 'package') packages.push(readPackage(words));
        else if (kind === 'open') last.open.push(place(words[0]));
        else if (kind === 'maybe') last.maybe.push(label(kind, words));
        else if (tiers.includes(kind)) last.endpoints.push(label(kind, words));
        else throw new Error(`${name}:${index + 1}: no tier is called ${kind}`);
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

/** The folder of an unpacked package or application, which its roots and places are below. */
export async function fetched({ name, folder }, mirror) {
    return join(await unpacked(name, mirror), folder);
}

async function unpacked(name, mirror) {
    const [, owner, repository, commit] = name.match(/^github:([^/]+)\/([^@]+)@([0-9a-f]{40})$/) ?? [];
    if (commit !== undefined && mirror !== undefined) return join(resolve(mirror), `${owner}__${repository}`);
    const folder = join(store, commit === undefined ? name.replace('/', '__') : `${owner}__${repository}@${commit}`);
    if (existsSync(folder) && readdirSync(folder).length > 0) return folder;
    mkdirSync(folder, { recursive: true });
    try {
        const archive = commit === undefined ? pack(name, folder) : await download(`${owner}/${repository}/tar.gz/${commit}`, folder);
        execFileSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
        rmSync(join(folder, archive));
    } catch (error) {
        rmSync(folder, { recursive: true });
        throw error;
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

/** What the scan finds, with places below the folder. */
export function scan(scanner, folder, { roots, ignore }) {
    const words = ['csp', 'scan', ...roots, ...ignore.flatMap(glob => ['--ignore', glob]), '--format', 'json'];
    const run = spawnSync(scanner, words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.error) throw run.error;
    try {
        return JSON.parse(run.stdout);
    } catch {
        throw new Error(`${folder}: the scan gave no JSON (status ${run.status}): ${run.stderr}`);
    }
}

export const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

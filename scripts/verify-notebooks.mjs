// Refactors notebooks, runs each before and after in real Jupyter kernels, and prints one table: the same or not, and the
// memory before and after. For notebooks of others: nothing of theirs is written to, each runs in a copy of its directory.
//
//     npm run build && node scripts/verify-notebooks.mjs --python PATH [--root DIR] [--list FILE] [NOTEBOOK...]
//
//     --list FILE       one notebook in each line, up to the first tab; `#` begins a comment
//     --root DIR        what their paths are relative to
//     --tier TIER       safe, lossy or unsafe; default: safe
//     --inflate MB      each CSV file in the notebook's directory is made that large first, by its own rows again and again
//     --only TEXT       those that have this in their path
//     --timeout SECONDS for a cell; default 120
//
// The exit code is 1 if anything is different.

import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { refactor, UserError } from '../dist/src/api.js';
import { formatTable } from '../dist/src/report/table.js';
import { formatVerdict } from '../dist/src/report/verification.js';
import { formatBytes } from '../dist/src/text/bytes.js';
import { verifyRefactoring } from './verify-refactoring.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    root: { type: 'string', default: '.' },
    list: { type: 'string' },
    tier: { type: 'string', default: 'safe' },
    inflate: { type: 'string' },
    only: { type: 'string', default: '' },
    timeout: { type: 'string', default: '120' },
  },
});

const MB = 2 ** 20;
/** Larger files are linked for a run, not copied. */
const COPY_UP_TO = 8 * MB;

function listed() {
  if (options.list === undefined) return [];
  return readFileSync(options.list, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[0] ?? '');
}

/**
 * The notebook in a copy of its directory where the CSV files are at least so large. Only files of the directory itself and of
 * those below it are copied, up to 64 MB each.
 * @param {string} notebook
 * @param {number} bytes
 */
function inflate(notebook, bytes) {
  const place = mkdtempSync(path.join(tmpdir(), 'nbslim-inflated-'));
  // What the notebook reads by `../..` is not there, and neither is everything else that lies in the temporary directory.
  const directory = path.join(place, 'a', 'b', 'c');
  cpSync(path.dirname(notebook), directory, {
    recursive: true,
    filter: (from) => {
      const found = statSync(from, { throwIfNoEntry: false });
      return found !== undefined && (found.isDirectory() ? !from.endsWith('.git') : found.size < 64 * MB);
    },
  });
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(directory, entry);
    if (!/\.csv$/i.test(file) || !statSync(file).isFile()) continue;
    const content = readFileSync(file);
    const header = content.indexOf(0x0a) + 1;
    const isWhole = content.at(-1) === 0x0a;
    const rows = Buffer.concat([content.subarray(header), Buffer.from(isWhole ? '' : '\n')]);
    if (header === 0 || header === content.length) continue;
    if (!isWhole) appendFileSync(file, '\n');
    for (let size = content.length; size < bytes; size += rows.length) appendFileSync(file, rows);
  }
  return { notebook: path.join(directory, path.basename(notebook)), directory: place };
}

/** @param {string} notebook */
async function check(notebook) {
  const original = readFileSync(notebook, 'utf8');
  const refactoring = await refactor(original, {
    path: notebook,
    python: options.python,
    tier: /** @type {'safe' | 'lossy' | 'unsafe'} */ (options.tier),
    minSaving: 0,
  });
  const changes = [...new Set(refactoring.changes.map(({ transform }) => transform))].sort().join(' ');
  if (refactoring.text === original)
    return { changes: 'no change', verdict: '', figures: ['', '', '', ''], different: false };
  const verification = await verifyRefactoring(notebook, original, refactoring, {
    python: options.python,
    timeout: Number(options.timeout),
    env: { MPLBACKEND: 'module://matplotlib_inline.backend_inline' },
    copyUpTo: COPY_UP_TO,
  });
  const figures = [
    verification.original?.memory.peak,
    verification.rewritten?.memory.peak,
    verification.original?.memory.held,
    verification.rewritten?.memory.held,
  ].map((bytes) => (bytes === undefined ? '' : formatBytes(bytes)));
  return {
    changes,
    verdict: formatVerdict(verification),
    figures,
    different: verification.verdict === 'different',
  };
}

const notebooks = [...listed(), ...positionals].filter((name) => name.includes(options.only));
const rows = [];
const counts = new Map();
let different = 0;
for (const name of notebooks) {
  const file = path.join(options.root, name);
  const inflated = options.inflate === undefined ? null : inflate(file, Number(options.inflate) * MB);
  try {
    const found = await check(inflated?.notebook ?? file);
    rows.push([name, found.changes, found.verdict, ...found.figures]);
    if (found.different) different += 1;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    rows.push([name, '', `not taken: ${error.message}`, '', '', '', '']);
  } finally {
    if (inflated !== null) rmSync(inflated.directory, { recursive: true, force: true });
  }
  const [, changes = '', verdict = ''] = rows.at(-1) ?? [];
  const kind = changes === 'no change' ? changes : (verdict.split(/[:(;,]/)[0] ?? '').trim();
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  console.error(`${rows.length} of ${notebooks.length}: ${rows.at(-1)?.join(' | ')}`);
}
const right = (/** @type {string} */ title) => ({ title, align: /** @type {'right'} */ ('right') });
const left = (/** @type {string} */ title) => ({ title, align: /** @type {'left'} */ ('left') });
console.log(
  formatTable(
    [
      left('notebook'),
      left('changes'),
      left('verdict'),
      right('peak'),
      right('after'),
      right('held'),
      right('after'),
    ],
    rows,
  ),
);
for (const [kind, count] of [...counts].sort((a, b) => b[1] - a[1]))
  console.log(`${String(count).padStart(5)}  ${kind}`);
process.exitCode = different === 0 ? 0 : 1;

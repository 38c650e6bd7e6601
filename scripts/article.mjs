// The article's example at full size: what the original and the rewritten notebooks need, as the table of the README.
// Each is run by `verify` in a real Jupyter kernel, and has to give the same results.
//
//     npm run article                        E4 and E5
//     npm run article -- --combinations E6 --rows 100000

import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { refactor } from '../dist/src/api.js';
import { formatVerdict, isSame } from '../dist/src/report/verification.js';
import { ARTICLE_ROWS, writeBtc } from '../examples/btc/make-data.mjs';
import { isMade, pythonPath } from './make-environments.mjs';
import { verifyRefactoring } from './verify-refactoring.mjs';

/** @import { MeasuredRun } from '../dist/src/verify/verification.js' */

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    combinations: { type: 'string', default: 'E4,E5' },
    rows: { type: 'string', default: String(ARTICLE_ROWS) },
  },
});
const combinations = options.combinations.split(',');
const missing = combinations.filter((combination) => !isMade(combination));
if (missing.length > 0) {
  console.error(`not there: ${missing.join(', ')}; node scripts/make-environments.mjs ${missing.join(' ')}`);
  process.exit(2);
}

const directory = path.join(ROOT, '.cache', `btc-${options.rows}`);
const notebook = path.join(directory, 'btc.ipynb');
const data = path.join(directory, 'btc.csv');
mkdirSync(directory, { recursive: true });
cpSync(path.join(ROOT, 'examples/btc/btc.ipynb'), notebook);
if (!existsSync(data)) await writeBtc(data, Number(options.rows));
const original = readFileSync(notebook, 'utf8');

/** @param {string} combination @param {'safe' | 'lossy'} tier */
async function measure(combination, tier) {
  const python = pythonPath(combination);
  const refactoring = await refactor(original, { path: notebook, python, tier });
  const verification = await verifyRefactoring(notebook, original, refactoring, {
    python,
    timeout: 600,
    copyUpTo: 2 ** 20,
  });
  if (!isSame(verification)) {
    console.error(`${combination}, ${tier}: ${formatVerdict(verification)}`);
    process.exitCode = 1;
  }
  return verification;
}

/** Megabytes of 10^6: peak, held, held after malloc_trim. @param {MeasuredRun | null} run */
function figures(run) {
  const memory = run?.memory;
  return [memory?.peak, memory?.held, memory?.heldAfterTrim].map((bytes) =>
    typeof bytes === 'number' ? (bytes / 1e6).toFixed(0) : '',
  );
}

/** @type {string[][]} */
const rows = [['the original'], ['`nbslim refactor`'], ['with `--lossy`']];
for (const combination of combinations) {
  const safe = await measure(combination, 'safe');
  const lossy = await measure(combination, 'lossy');
  for (const [at, run] of [safe.original, safe.rewritten, lossy.rewritten].entries())
    rows[at]?.push(...figures(run));
}
const header = ['', ...combinations.flatMap((one) => [`${one}: peak`, 'held', 'after `malloc_trim`'])];
for (const row of [header, header.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);

// How long the scan of a CSV file takes and how much memory, against `pandas.read_csv` of the same file in the same run.
// Each in a process of its own, so that the peak is its own; the best of some runs, in turns, so that a busy machine
// slows all alike. Needs `npm run build`, and the environments of `npm run environments`.
//
//     node scripts/bench/scan.mjs [file.csv]        without a file: the article's data, made where it is not there yet

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ARTICLE_ROWS, writeBtc } from '../../examples/btc/make-data.mjs';
import { isMade, pythonPath } from '../make-environments.mjs';

const ARTICLE_FILE = fileURLToPath(new URL('../../.cache/btc-full.csv', import.meta.url));
const DIST = new URL('../../dist/src/data/', import.meta.url);

const SCAN = `
import { profileCsv } from '${new URL('profile-csv.js', DIST)}';
import { PLAIN_READ } from '${new URL('read-options.js', DIST)}';
const before = process.resourceUsage().maxRSS;
const start = performance.now();
const profile = await profileCsv(process.argv[1], PLAIN_READ);
const seconds = (performance.now() - start) / 1000;
if (profile.type !== 'csv-profile') throw new Error(profile.why);
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ name: 'nbslim ' + process.version, seconds, before: before * 1024, peak: maxRSS * 1024 }));
`;

const READ = `
import json, resource, sys, time
import pandas as pd
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before, start = peak(), time.perf_counter()
pd.read_csv(sys.argv[1])
seconds = time.perf_counter() - start
print(json.dumps({"name": "pandas " + pd.__version__, "seconds": seconds, "before": before, "peak": peak()}))
`;

/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} seconds the best of all runs
 * @property {number} before bytes resident at most before the file was read: the interpreter and what it imported
 * @property {number} peak bytes resident at most
 */

/**
 * Measures the scan and pandas in each of the environments that are there.
 * @param {string} path
 * @param {{ runs?: number, combinations?: readonly string[] }} [options]
 * @returns {Measured[]}
 */
export function benchScan(path, { runs = 5, combinations = ['E2', 'E4', 'E6'] } = {}) {
  const pythons = combinations.filter(isMade).map(pythonPath);
  const programs = [
    () => execFileSync(process.execPath, ['--input-type=module', '-e', SCAN, path]),
    ...pythons.map((python) => () => execFileSync(python, ['-c', READ, path])),
  ];
  /** @type {Map<string, Measured>} */
  const best = new Map();
  for (let run = 0; run < runs; run++) {
    for (const program of programs) {
      /** @type {Measured} */
      const measured = JSON.parse(program().toString('utf8'));
      const known = best.get(measured.name);
      if (known === undefined || measured.seconds < known.seconds) best.set(measured.name, measured);
    }
  }
  return [...best.values()];
}

/** The article's file, made where it is not there yet. */
export async function articleFile() {
  if (!existsSync(ARTICLE_FILE)) await writeBtc(ARTICLE_FILE, ARTICLE_ROWS);
  return ARTICLE_FILE;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = process.argv[2] ?? (await articleFile());
  const mega = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(0).padStart(5);
  console.log(`${path}: ${mega(statSync(path).size).trim()} MB`);
  for (const { name, seconds, before, peak } of benchScan(path)) {
    const memory = `${mega(before)} MB before, ${mega(peak)} MB at most`;
    console.log(`${name.padEnd(18)} ${seconds.toFixed(2).padStart(6)} s   ${memory}`);
  }
}

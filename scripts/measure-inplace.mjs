// Writes test/pandas/inplace-facts.json: what scripts/measure-inplace.py says in each environment, as one table, to which
// test/pandas/inplace.test.ts holds src/pandas/inplace.ts.
//
//   node scripts/make-environments.mjs --all && node scripts/measure-inplace.mjs [directory]
//
// A directory that holds inplace-E1.json ... is read instead of asking again.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonPath } from './make-environments.mjs';

/** @typedef {{ assignment: number, inplace: number, saves: number, trouble?: string }} Case peaks, in sizes of the frame */

const COMBINATIONS = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const directory = process.argv[2];

/** @param {string} combination @returns {Record<string, Case>} by kind of object, whether values are missing, and call */
function ask(combination) {
  const file = directory ? path.join(directory, `inplace-${combination}.json`) : '';
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const script = path.join(root, 'scripts', 'measure-inplace.py');
  return JSON.parse(execFileSync(pythonPath(combination), [script, '--json'], { encoding: 'utf8' }));
}

const all = COMBINATIONS.map((combination) => ({ combination, cases: ask(combination) }));
const names = [...new Set(all.flatMap(({ cases }) => Object.keys(cases)))].sort();
const lines = names.map((name) => {
  const byCombination = all.flatMap(({ combination, cases }) =>
    cases[name] ? [[combination, cases[name]]] : [],
  );
  return `  ${JSON.stringify(name)}: ${JSON.stringify(Object.fromEntries(byCombination))}`;
});
writeFileSync(path.join(root, 'test', 'pandas', 'inplace-facts.json'), `{\n${lines.join(',\n')}\n}\n`);

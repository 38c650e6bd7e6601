// Writes test/pandas/use-facts.json: what test/python/facts/narrow_uses.py says in each environment, as one table.
//
//   node scripts/make-environments.mjs --all && node scripts/measure-uses.mjs [directory]
//
// A directory that holds uses-E1.json ... is read instead of asking again.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonPath } from './make-environments.mjs';

/** @typedef {Record<'numbers' | 'strings', Record<string, Record<string, string>>>} Outcomes by narrowing, then by use */

const COMBINATIONS = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const script = path.join(root, 'test', 'python', 'facts', 'narrow_uses.py');
const directory = process.argv[2];

/** @param {string} combination @returns {Outcomes} */
function ask(combination) {
  const file = directory ? path.join(directory, `uses-${combination}.json`) : '';
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  return JSON.parse(execFileSync(pythonPath(combination), [script], { encoding: 'utf8' }));
}

const all = COMBINATIONS.map(ask);

/** `{ use: { narrowing: 'ssttdd' } }`, one letter for each combination. @param {'numbers' | 'strings'} kind */
function table(kind) {
  const narrowings = Object.keys(all[0]?.[kind] ?? {});
  const uses = Object.keys(all[0]?.[kind][narrowings[0] ?? ''] ?? {}).sort();
  const lines = uses.map((use) => {
    const cells = narrowings.map((narrowing) => [
      narrowing,
      all.map((outcomes) => outcomes[kind][narrowing]?.[use] ?? '-').join(''),
    ]);
    return `    ${JSON.stringify(use)}: ${JSON.stringify(Object.fromEntries(cells))}`;
  });
  return `  ${JSON.stringify(kind)}: {\n${lines.join(',\n')}\n  }`;
}

writeFileSync(
  path.join(root, 'test', 'pandas', 'use-facts.json'),
  `{\n${table('numbers')},\n${table('strings')}\n}\n`,
);

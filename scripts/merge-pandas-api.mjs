// Writes test/pandas/pandas-api.json: what scripts/generate-pandas-api.py says in each environment, as one table, to which
// test/pandas/method-effects.test.ts holds what src/pandas/ says. Takes about five minutes for each environment.
//
//   node scripts/make-environments.mjs --all && node scripts/merge-pandas-api.mjs [directory]
//
// A directory that holds api-E1.json ... is read instead of asking again.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonPath } from './make-environments.mjs';

/** @typedef {{ is: string, parameters?: string, result?: string, inplace?: string, mutates?: true,
 *   mutatesArgument?: true, prints?: true, draws?: true, memory?: Record<string, Record<string, string>> }} Fact */
/** @typedef {Record<string, Record<string, Fact>>} Api by class, then by member */

const COMBINATIONS = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const directory = process.argv[2];

/** @type {Map<string, Api>} */
const apis = new Map(COMBINATIONS.map((combination) => [combination, ask(combination)]));

/** @param {string} combination @returns {Api} */
function ask(combination) {
  const file = directory ? path.join(directory, `api-${combination}.json`) : '';
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const script = path.join(root, 'scripts', 'generate-pandas-api.py');
  return JSON.parse(
    execFileSync(pythonPath(combination), [script], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
  );
}

/**
 * One value for all combinations that have one, or an object whose keys are the combinations: `{"E1 E2": 1, "E3": 2}`.
 *
 * @param {(combination: string) => unknown} readFact
 */
function byCombination(readFact) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const combination of COMBINATIONS) {
    const text = JSON.stringify(readFact(combination));
    if (text !== undefined) groups.set(text, [...(groups.get(text) ?? []), combination]);
  }
  const entries = [...groups].map(([text, those]) => [those.join(' '), JSON.parse(text)]);
  if (entries.length === 0) return undefined;
  return entries.length === 1 && entries[0]?.[0] === COMBINATIONS.join(' ')
    ? entries[0][1]
    : Object.fromEntries(entries);
}

/** @param {string} kind @param {string} name @param {string} combination @returns {Fact | undefined} */
const factOf = (kind, name, combination) => apis.get(combination)?.[kind]?.[name];

/** @param {Iterable<string>} names */
const sorted = (names) => [...new Set(names)].sort();

/** @param {string} kind */
const membersOf = (kind) => sorted([...apis.values()].flatMap((api) => Object.keys(api[kind] ?? {})));

function mergedApi() {
  /** @type {Record<string, Record<string, object>>} */
  const merged = {};
  for (const kind of sorted([...apis.values()].flatMap(Object.keys))) {
    merged[kind] = {};
    for (const name of membersOf(kind)) merged[kind][name] = mergedFact(kind, name);
  }
  return merged;
}

/** @param {string} kind @param {string} name */
function mergedFact(kind, name) {
  /** @type {Record<string, unknown>} */
  const merged = {};
  for (const key of /** @type {const} */ ([
    'is',
    'parameters',
    'result',
    'inplace',
    'mutates',
    'mutatesArgument',
    'prints',
    'draws',
  ])) {
    const value = byCombination((combination) => factOf(kind, name, combination)?.[key]);
    if (value !== undefined) merged[key] = value;
  }
  const calls = sorted(COMBINATIONS.flatMap((it) => Object.keys(factOf(kind, name, it)?.memory ?? {})));
  for (const call of calls) {
    for (const layout of ['block', 'csv', 'text']) {
      const figure = byCombination((it) => factOf(kind, name, it)?.memory?.[call]?.[layout]);
      if (figure !== undefined) merged[`${layout}(${call})`] = figure;
    }
  }
  return merged;
}

/** One line for each member, its facts in one object. @param {Record<string, Record<string, object>>} api */
function print(api) {
  const kinds = Object.entries(api).map(([kind, members]) => {
    const lines = Object.entries(members).map(
      ([name, fact]) => `    ${JSON.stringify(name)}: ${JSON.stringify(fact)}`,
    );
    return `  ${JSON.stringify(kind)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${kinds.join(',\n')}\n}\n`;
}

writeFileSync(path.join(root, 'test', 'pandas', 'pandas-api.json'), print(mergedApi()));

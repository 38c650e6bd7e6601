// Writes test/pandas/pandas-api.json and src/pandas/kept-alive-data.ts: what scripts/generate-pandas-api.py says in each
// environment, as one table. Takes about five minutes for each environment.
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

/**
 * What a result keeps alive of its receiver, in one combination: `0` nothing, `1` all of it, `c` its own columns where a
 * file was read, and all where the columns are one array; `-` not known. The worst of the calls that were tried.
 *
 * @param {string} kind @param {string} name @param {string} combination
 */
function keptLetter(kind, name, combination) {
  const calls = Object.values(factOf(kind, name, combination)?.memory ?? {});
  if (calls.length === 0) return '-';
  /** @param {string} layout */
  const pins = (layout) =>
    Math.max(-1, ...calls.map((call) => (call[layout] ? Number(call[layout].split(' ')[0]) : -1)));
  const [block, csv] = [pins('block'), pins('csv')];
  // pyarrow's strings are buffers, which a slice keeps; Python's are objects that the result has to have anyway.
  const text = combination === 'E4' || combination === 'E6' ? pins('text') : -1;
  if (Math.max(csv, text) >= 0.5 || (csv < 0 && block >= 0.5)) return '1';
  if (Math.max(block, csv, text) <= 0.05) return '0';
  return 'c';
}

function keptAlive() {
  const lines = ['DataFrame', 'Series', 'GroupBy', 'SeriesGroupBy', 'Rolling', 'Index'].flatMap((kind) =>
    membersOf(kind).flatMap((name) => {
      const letters = COMBINATIONS.map((combination) => keptLetter(kind, name, combination)).join('');
      return letters === '------' ? [] : [`${kind} ${name}: ${letters}`];
    }),
  );
  return `// Generated by scripts/merge-pandas-api.mjs: see kept-alive.ts.

/** \`kind member: letters\`, a letter for each of E1 to E6. */
export const KEPT_ALIVE = \`
${lines.join('\n')}
\`;
`;
}

writeFileSync(path.join(root, 'test', 'pandas', 'pandas-api.json'), print(mergedApi()));
writeFileSync(path.join(root, 'src', 'pandas', 'kept-alive-data.ts'), keptAlive());

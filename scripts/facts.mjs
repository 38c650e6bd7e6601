// `npm run facts`: asks the environments all facts of test/python/facts/, writes test/facts.json and docs/facts.md, and
// generates the parts of src/pandas/ that are measured: inplace-data.ts and narrow-uses-data.ts.
//
//   node scripts/make-environments.mjs --all && npm run facts        everything: half an hour, most of it narrow-uses-data.ts
//   npm run facts -- --no-tables                                     the facts only: two minutes for each environment
//   npm run facts -- E1 E6                                           the facts in these; what others said stays
//   npm run facts -- --check [E1 E6]                                 writes nothing; exit 1 where an outcome is another
//
// The environments are asked one after another: what is measured is not to be disturbed.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeFacts } from './facts/node.mjs';
import {
  ARTICLE_DATA,
  agree,
  askEnvironment,
  COMBINATIONS,
  disagreements,
  PAGE,
  RECORD,
} from './facts/outcomes.mjs';
import { formatPage } from './facts/page.mjs';

/** @typedef {import('./facts/outcomes.mjs').RecordedFact} RecordedFact */

const args = process.argv.slice(2);
const asked = args.filter((arg) => COMBINATIONS.includes(arg));
const strange = args.find((arg) => !COMBINATIONS.includes(arg) && arg !== '--check' && arg !== '--no-tables');
if (strange) {
  console.error(`There is no ${strange}; there are ${COMBINATIONS.join(' ')}, --check and --no-tables.`);
  process.exit(2);
}
const check = args.includes('--check');
const combinations = asked.length > 0 ? asked : COMBINATIONS;

/** @type {RecordedFact[]} */
const before = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : [];
if (!existsSync(ARTICLE_DATA)) runScript('../examples/btc/make-data.mjs');
const answersOfNode = await nodeFacts();
const facts = merge(combinations.map((name) => [name, askAloud(name)]));
const changes = facts.flatMap(changesOf);
for (const change of changes) console.log(change);
for (const fact of facts) {
  const where = disagreements(fact);
  if (where.length > 0) console.log(`${fact.id}: not what SAFETY.md says (${where.join(' ')})`);
}
console.log(`${facts.length} facts, ${changes.length} outcomes other than recorded`);

if (check) process.exit(changes.length > 0 ? 1 : 0);
writeFileSync(RECORD, `[\n${facts.map((fact) => JSON.stringify(fact)).join(',\n')}\n]\n`);
writeFileSync(PAGE, formatPage(facts));
if (asked.length === 0 && !args.includes('--no-tables')) {
  for (const script of ['measure-inplace.mjs', 'measure-uses.mjs']) runScript(script);
}

/** @param {string} script in this folder */
function runScript(script) {
  console.log(`${script} ...`);
  execFileSync(process.execPath, [path.join(import.meta.dirname, script)], { stdio: 'inherit' });
}

/** @param {string} combination */
function askAloud(combination) {
  console.log(`${combination} ...`);
  return askEnvironment(combination, { quick: false });
}

/**
 * One list: what was asked now, and for environments that were not, what they said before.
 *
 * @param {[string, import('./facts/outcomes.mjs').Answer[]][]} answers
 * @returns {RecordedFact[]}
 */
function merge(answers) {
  const earlier = new Map(before.map((fact) => [fact.id, fact.outcomes]));
  const merged = (answers[0]?.[1] ?? []).map(({ outcome: _, ...fact }) => {
    const now = answers.map(([name, list]) => [name, list.find(({ id }) => id === fact.id)?.outcome]);
    const outcomes = { ...earlier.get(fact.id), ...Object.fromEntries(now) };
    const inOrder = COMBINATIONS.filter((name) => outcomes[name] !== undefined);
    return { ...fact, outcomes: Object.fromEntries(inOrder.map((name) => [name, outcomes[name] ?? ''])) };
  });
  return [...merged, ...answersOfNode];
}

/** @param {RecordedFact} fact */
function changesOf({ id, outcomes, tolerance }) {
  const recorded = before.find((fact) => fact.id === id)?.outcomes ?? {};
  return Object.keys(outcomes)
    .filter((name) => recorded[name] === undefined || !agree(outcomes[name], recorded[name], tolerance))
    .map((name) => `${id} in ${name}: ${recorded[name] ?? '(nothing)'}, now ${outcomes[name]}`);
}

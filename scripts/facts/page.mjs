// docs/facts.md, from the facts as they were recorded.

import { COMBINATIONS, disagreements } from './outcomes.mjs';

/** @typedef {import('./outcomes.mjs').RecordedFact} RecordedFact */

const HEAD = `# Facts

Written by \`npm run facts\`, which asks all environments; do not edit. What \`SAFETY.md\` states of pandas, numpy, IPython,
Python and JSON, and what came of it when it was done: in E1 (pandas 1.5.3, numpy 1.26), E2 (2.3.3, 1.26), E3 (2.3.3, 2),
E4 (3.0.6, 2, with pyarrow), E5 (3.1.1, 2), E6 (3.1.1, 2, with pyarrow). The code of each is in \`test/python/facts/\`, under
its id, which comments in \`src/\` and \`transforms/\` name as \`[fact: id]\`. \`same\` means: as for the other types or forms that
the statement names. ✗ marks where \`SAFETY.md\` says otherwise; those come first. What is marked † depends on the processor
or its mood, and is not asked again by the tests.
`;

const TITLES = {
  everywhere: 'Everywhere',
  collapse: 'collapse',
  pins: 'collapse: what a result keeps alive',
  display: 'display',
  dtype: 'dtype',
  category: 'dtype: category',
  'read-csv': 'read_csv',
  usecols: 'usecols',
  'category-map': 'category-map',
  inplace: 'inplace',
  generator: 'generator',
  'chunked-read': 'chunked-read',
  ipynb: 'The file',
};

/** @param {readonly RecordedFact[]} facts */
export function formatPage(facts) {
  const sections = Object.entries(TITLES).map(([section, title]) => {
    const rows = facts.filter(({ id }) => id.startsWith(`${section}/`)).map(formatRow);
    return `\n## ${title}\n\n| fact | what is done | outcome |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${HEAD}\n${formatDisagreements(facts)}${sections.join('')}`;
}

/** @param {readonly RecordedFact[]} facts */
function formatDisagreements(facts) {
  const rows = facts.flatMap((fact) => {
    const where = disagreements(fact);
    if (where.length === 0) return [];
    const said = formatOutcomes(Object.fromEntries(where.map((name) => [name, fact.says[name]])));
    const measured = formatOutcomes(Object.fromEntries(where.map((name) => [name, fact.outcomes[name]])));
    return [`| \`${fact.id}\` | ${said} | ${measured} | ${cell(fact.note ?? '')} |`];
  });
  return `## Where SAFETY.md says otherwise

| fact | SAFETY.md | measured | why |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** @param {RecordedFact} fact */
function formatRow(fact) {
  const mark = fact.rechecked ? '' : ' †';
  const wrong = disagreements(fact).length > 0 ? ' ✗' : '';
  return `| \`${fact.id}\`${mark} | ${cell(fact.statement)} | ${formatOutcomes(fact.outcomes)}${wrong} |`;
}

/** `44 (E1–E4), raises ValueError (E5, E6)`, or one outcome for all. @param {Record<string, string>} outcomes */
function formatOutcomes(outcomes) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [name, outcome] of Object.entries(outcomes)) {
    groups.set(outcome, [...(groups.get(outcome) ?? []), name]);
  }
  return [...groups]
    .map(([outcome, names]) => {
      const text = cell(outcome === '' ? '(nothing)' : `\`${outcome}\``);
      return names.length === COMBINATIONS.length || names[0] === 'Node'
        ? text
        : `${text} (${ranges(names)})`;
    })
    .join(', ');
}

/** `E1–E3, E5`. @param {readonly string[]} names */
function ranges(names) {
  /** @type {string[][]} */
  const runs = [];
  for (const name of names) {
    const last = runs.at(-1);
    const follows =
      last !== undefined && COMBINATIONS.indexOf(name) === COMBINATIONS.indexOf(last.at(-1) ?? '') + 1;
    if (follows) last.push(name);
    else runs.push([name]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : run[0])).join(', ');
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

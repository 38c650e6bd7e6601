// docs/facts.md, from the facts as they were recorded.

import { agree, COMBINATIONS, disagreements } from './outcomes.mjs';

/** @typedef {import('./outcomes.mjs').RecordedFact} RecordedFact */

const HEAD = `# Facts

Written by \`npm run facts\`; do not edit. What \`SAFETY.md\`, the project's list of what has gone wrong with rewrites, states of
pandas, numpy, IPython, Python and JSON, and what came of it when it was done in each environment: E1 (pandas 1.5.3, numpy
1.26), E2 (2.3.3, 1.26), E3 (2.3.3, 2.4), E4 (3.0.6, 2.4, with pyarrow), E5 (3.1.1, 2.4), E6 (3.1.1, 2.4, with pyarrow).

The code of each is in \`test/python/facts/\`, under its id, which comments in \`src/\` and \`transforms/\` name as
\`[fact: id]\`. Where \`SAFETY.md\` says what comes of it, a cell is *holds*, with what was measured where that is another
figure within the tolerance, or **not**, with what was measured instead; where it says nothing, a cell is what was measured.
\`same\` means: as for the types or forms that the statement compares with, \`differs\` anything else, \`raises\` any exception.
What is marked † depends on the machine (the processor's way to sort, time, the memory of a whole process) and is not asked
again by the tests, which ask all else (\`npx vitest run test/facts.test.ts\`).

Two tables of facts that nbslim itself reads are written by the same command: what each use of a narrower column gives
(\`src/pandas/narrow-uses-data.ts\`), and what each method saves in place (\`src/pandas/inplace-data.ts\`).
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
  const byNode = facts.filter(({ outcomes }) => 'Node' in outcomes);
  const sections = Object.entries(TITLES).map(([section, title]) => {
    const those = facts.filter((fact) => fact.id.startsWith(`${section}/`) && !byNode.includes(fact));
    return formatSection(title, COMBINATIONS, those);
  });
  return [
    HEAD,
    formatDisagreements(facts),
    ...sections,
    formatSection('In Node: the JSON of a notebook, and tree-sitter', ['Node'], byNode),
  ].join('\n');
}

/** @param {readonly RecordedFact[]} facts */
function formatDisagreements(facts) {
  const rows = facts.flatMap((fact) => {
    const where = disagreements(fact);
    if (where.length === 0) return [];
    const said = formatOutcomes(Object.fromEntries(where.map((name) => [name, fact.says[name] ?? ''])));
    const measured = formatOutcomes(
      Object.fromEntries(where.map((name) => [name, fact.outcomes[name] ?? ''])),
    );
    return [row([`\`${fact.id}\``, fact.statement, said, measured, fact.note ?? ''])];
  });
  return `## Where SAFETY.md says otherwise

In ${rows.length} of ${facts.length} facts what was measured is not what \`SAFETY.md\` says. What was measured counts.

${table(['fact', 'what is done', 'SAFETY.md', 'measured', 'why'], rows)}`;
}

/** @param {string} title @param {readonly string[]} columns @param {readonly RecordedFact[]} facts */
function formatSection(title, columns, facts) {
  const rows = facts.map((fact) => {
    const mark = fact.rechecked ? '' : ' †';
    const cells = columns.map((name) => formatOutcome(fact, name));
    return row([`\`${fact.id}\`${mark}`, fact.statement, formatSaid(fact), ...cells]);
  });
  return `## ${title}\n\n${table(['fact', 'what is done', 'SAFETY.md', ...columns], rows)}`;
}

/** Where SAFETY.md speaks of it, and what it says comes of it. @param {RecordedFact} fact */
function formatSaid({ place, says }) {
  if (place === null) return '–';
  const [heading = '', ...words] = place.split(': ');
  const said = Object.keys(says).length === 0 ? '' : `: ${formatOutcomes(says)}`;
  return `${heading}, “${words.join(': ')}”${said}`;
}

/** @param {RecordedFact} fact @param {string} name of the environment */
function formatOutcome({ says, outcomes, tolerance }, name) {
  const [said, outcome] = [says[name], outcomes[name]];
  if (outcome === undefined) return '';
  if (said === undefined) return code(outcome);
  if (!agree(outcome, said, tolerance)) return `**not**: ${code(outcome)}`;
  return outcome === said ? 'holds' : `holds: ${code(outcome)}`;
}

/** `44 (E1–E4), raises ValueError (E5, E6)`, or one outcome for all. @param {Record<string, string>} outcomes */
function formatOutcomes(outcomes) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [name, outcome] of Object.entries(outcomes)) {
    groups.set(outcome, [...(groups.get(outcome) ?? []), name]);
  }
  return [...groups]
    .map(([outcome, names]) =>
      names.length === COMBINATIONS.length || names[0] === 'Node'
        ? code(outcome)
        : `${code(outcome)} (${ranges(names)})`,
    )
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

/** @param {string} outcome */
const code = (outcome) => (outcome.trim() === '' ? '(nothing)' : `\`${outcome}\``);

/** @param {readonly string[]} cells */
const row = (cells) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;

/** @param {readonly string[]} names @param {readonly string[]} rows */
const table = (names, rows) =>
  `${row(names)}\n${row(names.map(() => '---'))}\n${rows.map((it) => `${it}\n`).join('')}`;

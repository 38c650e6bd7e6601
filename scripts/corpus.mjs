// Refactors every notebook below some directories, writes nothing, checks the results and prints what happened.
//
//     npm run build && node scripts/corpus.mjs DIR...
//
//     --tier safe|lossy|unsafe   may be given more than once; default: safe and lossy
//     --show CODE                ten refusals with this code (or transform/code), each from another notebook if possible;
//                                `each`: ten with every code of the table
//     --show-changes TRANSFORM   ten changes, likewise
//     --top N                    how many refusals of each transform the table lists; default 10
//     --select IDS               only these transforms, with commas between them
//     --sample N                 every so many notebooks that N are left
//     --min-saving BYTES         default 0: the data beside public notebooks are samples (12 KB in the middle), and what is
//                                counted here is what would be done with data of any size; 102400 is nbslim's own default
//     --python PATH              for the checks, with nbformat and IPython; default: .envs/E6
//
// What must hold for each notebook, else it counts as failed and the exit code is 1: nothing is thrown but a UserError;
// where nothing changed, the bytes are the file's own; a changed notebook is valid and its changed cells compile; doing it
// again changes nothing.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { refactor, UserError } from '../dist/src/api.js';
import { findNotebooks } from '../dist/src/batch/find-notebooks.js';
import { decodeText } from '../dist/src/batch/read-text.js';

/** @import { Refactoring, PlannedChange, PlacedRefusal } from '../dist/src/api.js' */

/**
 * What happened to one notebook in one tier.
 * @typedef {object} Outcome
 * @property {string} notebook
 * @property {'refactored' | 'not taken' | 'failed'} type
 * @property {string[]} problems why it failed or was not taken
 * @property {{ label: string, transform: string, where: string, line: string, says: string }[]} changes
 * @property {{ label: string, where: string, line: string, says: string }[]} refusals
 * @property {boolean} hasData at least one file that it reads is there
 * @property {boolean} saves by the memory model
 * @property {number} milliseconds of the first run
 */

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLES = 10;

const { values: options, positionals: directories } = parseArgs({
  allowPositionals: true,
  options: {
    tier: { type: 'string', multiple: true, default: ['safe', 'lossy'] },
    show: { type: 'string' },
    'show-changes': { type: 'string' },
    top: { type: 'string', default: '10' },
    select: { type: 'string' },
    sample: { type: 'string' },
    'min-saving': { type: 'string', default: '0' },
    python: { type: 'string', default: path.join(ROOT, '.envs/E6/bin/python') },
  },
});
if (directories.length === 0) {
  console.error('usage: node scripts/corpus.mjs DIR... (see the file itself)');
  process.exit(2);
}

const minSaving = Number(options['min-saving']);
const select = options.select === undefined ? {} : { select: options.select.split(',') };

/** The Python process, asked one line at a time. */
function startChecker() {
  const child = spawn(options.python, [path.join(ROOT, 'scripts/corpus/check.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', (error) => {
    console.error(`${options.python}: ${error.message}; node scripts/make-environments.mjs E6 makes it`);
    process.exit(2);
  });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    /** @param {object} job @returns {Promise<string[]>} */
    async check(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('the checking Python has ended');
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}

/**
 * @param {string} notebook
 * @param {string} tier
 * @param {ReturnType<typeof startChecker>} checker
 * @returns {Promise<Outcome>}
 */
async function processNotebook(notebook, tier, checker) {
  /** @type {Outcome} */
  const outcome = {
    notebook,
    type: 'refactored',
    problems: [],
    changes: [],
    refusals: [],
    hasData: false,
    saves: false,
    milliseconds: 0,
  };
  const start = performance.now();
  try {
    const bytes = readFileSync(notebook);
    const text = decodeText(bytes, notebook);
    const result = await refactor(text, { path: notebook, tier, minSaving, ...select });
    outcome.milliseconds = performance.now() - start;
    describe(result, outcome);
    outcome.problems = await findProblems(notebook, tier, bytes, result, checker);
    if (outcome.problems.length > 0) outcome.type = 'failed';
  } catch (error) {
    outcome.type = error instanceof UserError ? 'not taken' : 'failed';
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    outcome.problems = [outcome.type === 'failed' ? message : /** @type {Error} */ (error).message];
  }
  return outcome;
}

/** @param {Refactoring} result @param {Outcome} outcome */
function describe(result, outcome) {
  const { program } = result;
  const directory = path.dirname(outcome.notebook);
  outcome.hasData = program.reads.some(
    (read) => read.path !== null && existsSync(path.resolve(directory, read.path)),
  );
  outcome.saves = result.changes.some(
    ({ saving }) => saving !== null && (saving.peak > 0 || saving.held > 0),
  );
  const placed = (/** @type {PlannedChange | PlacedRefusal} */ { place }) => ({
    where: `${outcome.notebook}:cell ${place.cell}:${place.line}:${place.column}`,
    line: program.notebook.cells[place.cell - 1]?.source.split('\n')[place.line - 1] ?? '',
  });
  outcome.changes = result.changes.map((planned) => ({
    ...placed(planned),
    transform: planned.transform,
    label: planned.transform,
    says: planned.change.summary,
  }));
  outcome.refusals = result.refusals.map((placedRefusal) => ({
    ...placed(placedRefusal),
    label: `${placedRefusal.transform}/${placedRefusal.refusal.code}`,
    says: placedRefusal.refusal.why,
  }));
}

/**
 * @param {string} notebook
 * @param {string} tier
 * @param {Buffer} bytes
 * @param {Refactoring} result
 * @param {ReturnType<typeof startChecker>} checker
 */
async function findProblems(notebook, tier, bytes, result, checker) {
  const problems = result.broken.map(
    ({ change, problem }) => `${change.transform} breaks the compile check (${problem}): ${change.id}`,
  );
  if (result.changes.length === 0) {
    if (!Buffer.from(result.text, 'utf8').equals(bytes)) problems.push('nothing changed, but the bytes did');
    return problems;
  }
  const again = await refactor(result.text, { path: notebook, tier, minSaving, ...select });
  for (const { change, transform } of again.changes)
    problems.push(`a second run: ${transform}: ${change.summary}`);
  if (again.changes.length === 0 && again.text !== result.text)
    problems.push('a second run changes bytes and says nothing');
  const before = bytes.toString('utf8');
  const groups = result.cellMap.filter(({ changes }) => changes.length > 0);
  const job = { before, after: result.text, groups: groups.map((group) => [group.before, group.after]) };
  problems.push(...(await checker.check(job)));
  return problems;
}

/** @template T @param {readonly T[]} items @param {(item: T) => string} key @returns {Map<string, T[]>} largest first */
function groupBy(items, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return new Map([...groups].sort(([, a], [, b]) => b.length - a.length));
}

/** One from each notebook first, then a second from each ... @template {{ where: string }} T @param {T[]} items */
function spread(items) {
  const perNotebook = [...groupBy(items, ({ where }) => where.replace(/:cell \d+:\d+:\d+$/, '')).values()];
  /** @type {T[]} */
  const result = [];
  for (let round = 0; result.length < Math.min(EXAMPLES, items.length); round += 1) {
    for (const group of perNotebook) if (group[round] !== undefined) result.push(group[round]);
  }
  return result.slice(0, EXAMPLES);
}

/** The most frequent refusals of each transform. @param {readonly Outcome['refusals'][number][]} refusals */
function tabled(refusals) {
  const transforms = groupBy(refusals, ({ label }) => label.split('/')[0] ?? '').values();
  return [...transforms].flatMap((some) =>
    [...groupBy(some, ({ label }) => label)].slice(0, Number(options.top)),
  );
}

/** @param {number} count @param {number} of */
const percent = (count, of) => (of === 0 ? '' : `${((100 * count) / of).toFixed(1)} %`);

/** @param {string[]} cells */
const row = ([name = '', ...rest]) =>
  console.log(`  ${name.padEnd(44)}${rest.map((cell) => cell.padStart(10)).join('')}`);

/** @param {string} tier @param {readonly Outcome[]} outcomes */
function printTable(tier, outcomes) {
  const taken = outcomes.filter(({ type }) => type !== 'not taken');
  const failed = outcomes.filter(({ type }) => type === 'failed');
  const withData = taken.filter(({ hasData }) => hasData);
  const changed = taken.filter(({ changes }) => changes.length > 0);
  console.log(`\n== ${tier}`);
  row(['notebooks', String(outcomes.length)]);
  row(['not taken (a UserError)', String(outcomes.length - taken.length)]);
  row(['failed', String(failed.length)]);
  row(['changed', String(changed.length), percent(changed.length, taken.length)]);
  row(['with data', String(withData.length), percent(withData.length, taken.length)]);
  const saving = withData.filter(({ saves }) => saves);
  row([
    'with data, and a change saves memory',
    String(saving.length),
    percent(saving.length, withData.length),
  ]);
  const seconds = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const slowest = outcomes.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b), outcomes[0]);
  row(['time', `${seconds.toFixed(1)} s`]);
  if (slowest) row(['the slowest', `${(slowest.milliseconds / 1000).toFixed(2)} s`, `  ${slowest.notebook}`]);

  console.log('\n  changed by                                     changes notebooks');
  for (const [transform, changes] of groupBy(
    taken.flatMap(({ changes }) => changes),
    ({ label }) => label,
  )) {
    const notebooks = taken.filter((outcome) =>
      outcome.changes.some(({ label }) => label === transform),
    ).length;
    row([transform, String(changes.length), String(notebooks), percent(notebooks, taken.length)]);
  }

  console.log('\n  refused by                                    refusals notebooks');
  const refusals = taken.flatMap(({ refusals }) => refusals);
  for (const [label, same] of tabled(refusals)) {
    const notebooks = taken.filter((outcome) => outcome.refusals.some((r) => r.label === label)).length;
    row([label, String(same.length), String(notebooks), percent(notebooks, taken.length)]);
  }
  for (const [reason, same] of groupBy(
    outcomes.filter(({ type }) => type === 'not taken'),
    ({ problems, notebook }) => (problems[0] ?? '').replace(notebook, '').slice(0, 90),
  )) {
    console.log(`  not taken, ${same.length}: ${reason.replace(/^: /, '')}`);
  }
  for (const { notebook, problems } of failed) {
    console.log(`\n  FAILED ${notebook}`);
    for (const problem of problems) console.log(`    ${problem.replaceAll('\n', '\n    ')}`);
  }
}

/** @param {string} title @param {{ where: string, line: string, says: string }[]} items */
function printExamples(title, items) {
  console.log(`\n${title}: ${items.length}`);
  for (const { where, line, says } of spread(items))
    console.log(`  ${where}\n      ${line.trim()}\n      ${says}`);
}

const found = await findNotebooks(directories);
let notebooks = found.filter(({ type }) => type === 'notebook').map((entry) => entry.path);
if (options.sample !== undefined && Number(options.sample) < notebooks.length) {
  const every = notebooks.length / Number(options.sample);
  notebooks = Array.from(
    { length: Number(options.sample) },
    (_, i) => notebooks[Math.floor(i * every)] ?? '',
  );
}

const checker = startChecker();
let anyFailed = false;
for (const tier of options.tier) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const notebook of notebooks) {
    if (process.stderr.isTTY) process.stderr.write(`\r${tier} ${outcomes.length + 1}/${notebooks.length} `);
    outcomes.push(await processNotebook(notebook, tier, checker));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  printTable(tier, outcomes);
  anyFailed ||= outcomes.some(({ type }) => type === 'failed');
  const { show, 'show-changes': showChanges } = options;
  if (show !== undefined) {
    const wanted = outcomes.flatMap(({ refusals }) => refusals);
    const labels = tabled(wanted).map(([label]) => label);
    for (const code of show === 'each' ? labels : [show]) {
      printExamples(
        `refused: ${code}`,
        wanted.filter(({ label }) => label === code || label.endsWith(`/${code}`)),
      );
    }
  }
  if (showChanges !== undefined) {
    const wanted = outcomes.flatMap(({ changes }) => changes);
    printExamples(
      `changed: ${showChanges}`,
      wanted.filter(({ label }) => label === showChanges),
    );
  }
}
checker.end();
process.exitCode = anyFailed ? 1 : 0;

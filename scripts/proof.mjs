// Runs every example, and every fixture that a transform changes, before and after, in real Jupyter kernels, in the
// environments E1 to E6, and prints one table: the same or not, and the memory before and after.
//
//     npm run proof                          everything (some hours)
//     npm run proof -- --only examples       what has this in its name: `btc`, `collapse/`
//     npm run proof -- --combinations E1,E6  in these environments
//     npm run proof -- --jobs 2              so many at the same time; default: one for each processor
//
// The exit code is 1 if anything is not the same.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { refactor } from '../dist/src/api.js';
import { COMBINATIONS, UNKNOWN_ENVIRONMENT } from '../dist/src/environment/environment.js';
import { formatTable } from '../dist/src/report/table.js';
import { formatVerdict, isSame } from '../dist/src/report/verification.js';
import { formatBytes } from '../dist/src/text/bytes.js';
import { isMade, pythonPath } from './make-environments.mjs';
import { verifyRefactoring } from './verify-refactoring.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    combinations: { type: 'string', default: COMBINATIONS.join() },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} notebook
 * @property {Record<string, unknown>} settings
 * @property {readonly string[]} combinations
 */

/** @returns {Subject[]} */
function findExamples() {
  return directoriesIn('examples').flatMap((name) =>
    readdirSync(path.join('examples', name))
      .filter((file) => file.endsWith('.ipynb'))
      .map((file) => ({
        name: `examples/${name}/${file}`,
        notebook: path.join('examples', name, file),
        // As the nbslim.toml beside them says.
        settings: { minSaving: 0 },
        combinations: COMBINATIONS,
      })),
  );
}

/** @returns {Subject[]} */
function findFixtures() {
  return directoriesIn('__fixtures__').flatMap((transform) =>
    directoriesIn(path.join('__fixtures__', transform)).flatMap((name) => {
      const directory = path.join('__fixtures__', transform, name);
      if (!existsSync(path.join(directory, 'out.ipynb'))) return [];
      const file = path.join(directory, 'options.json');
      const {
        combinations = COMBINATIONS,
        needs = [],
        ...settings
      } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
      // What the environments have no module for, another test runs: test/transforms/batch-size.test.ts.
      if (needs.length > 0) return [];
      return [
        {
          name: `${transform}/${name}`,
          notebook: path.join(directory, 'in.ipynb'),
          settings: { minSaving: 0, ...settings, select: [transform] },
          combinations,
        },
      ];
    }),
  );
}

/** @param {string} directory */
function directoriesIn(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * @param {Subject} subject
 * @param {string} combination
 */
async function prove({ name, notebook, settings, combinations }, combination) {
  const original = readFileSync(notebook, 'utf8');
  // A fixture's notebook is made for its own combinations; an example for the one that it runs in.
  const environment = {
    ...UNKNOWN_ENVIRONMENT,
    origin: 'the proof',
    combinations: name.startsWith('examples/') ? [combination] : combinations,
  };
  const refactoring = await refactor(original, { path: notebook, environment, ...settings });
  return verifyRefactoring(notebook, original, refactoring, {
    python: pythonPath(combination),
    timeout: 300,
    copyUpTo: 64 * 2 ** 20,
  });
}

const wanted = options.combinations.split(',');
for (const combination of wanted) {
  if (!isMade(combination)) {
    console.error(
      `The environment ${combination} is not there: node scripts/make-environments.mjs ${combination}`,
    );
    process.exit(2);
  }
}
const subjects = [...findExamples(), ...findFixtures()].filter(({ name }) => name.includes(options.only));
const jobs = subjects.flatMap((subject) =>
  wanted.filter((one) => subject.combinations.includes(one)).map((combination) => ({ subject, combination })),
);
/** @type {string[][]} In the order of the jobs. */
const rows = [];
let next = 0;
let done = 0;
let failed = 0;

async function work() {
  while (next < jobs.length) {
    const at = next++;
    const { subject, combination } = jobs[at] ?? {};
    if (subject === undefined || combination === undefined) return;
    const verification = await prove(subject, combination);
    const verdict = formatVerdict(verification);
    const figures = [verification.original, verification.rewritten].flatMap((run) =>
      run === null ? ['', ''] : [formatBytes(run.memory.peak), formatBytes(run.memory.held)],
    );
    const [peak = '', held = '', newPeak = '', newHeld = ''] = figures;
    rows[at] = [subject.name, combination, verdict, peak, newPeak, held, newHeld];
    done += 1;
    if (!isSame(verification)) failed += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} done, ${failed} not the same`);
    else if (!isSame(verification)) console.error(`${subject.name} in ${combination}: ${verdict}`);
  }
}

await Promise.all(Array.from({ length: Number(options.jobs) }, work));
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const column = (/** @type {string} */ title) => ({ title, align: /** @type {'right'} */ ('right') });
console.log(
  formatTable(
    [
      { title: 'notebook', align: 'left' },
      { title: 'in', align: 'left' },
      { title: 'verdict', align: 'left' },
      column('peak'),
      column('after'),
      column('held'),
      column('after'),
    ],
    rows,
  ),
);
console.log(`${rows.length - failed} of ${rows.length} the same`);
process.exitCode = failed === 0 ? 0 : 1;

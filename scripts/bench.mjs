// How fast nbslim is, always beside something that is known.
//
//     npm run bench -- [DIR] [--only notebooks|analysis|csv|start] [--ruff PATH] [--python PATH]
//
// notebooks: refactoring all notebooks below DIR, without their data, against what no tool can do without: JSON.parse of
//            the file and tree-sitter's parse of its cells. And the command line against ruff on the same notebooks.
// analysis:  what the analysis costs beside parsing: 5,000 cells, one cell of 20,000 lines, the notebooks below DIR.
// csv:       the scan of the article's file (3,405,857 rows, made in .cache/ once) against pandas.read_csv.
// start:     the time from pressing return to the first answer, against `node -e 0`.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Language, Parser } from 'web-tree-sitter';
import { refactor, UserError } from '../dist/src/api.js';
import { findNotebooks } from '../dist/src/batch/find-notebooks.js';
import { readNotebook } from '../dist/src/notebook/read-notebook.js';
import { benchAnalysis } from './bench/analysis.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MAIN = path.join(ROOT, 'dist/src/bin/main.js');
const MB = 1e6;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    ruff: { type: 'string' },
    python: { type: 'string', default: path.join(ROOT, '.envs/E6/bin/python') },
  },
});
const directory = positionals[0] ?? ROOT;

/** @param {string} name @param {string} value @param {string} [note] */
const print = (name, value, note = '') =>
  console.log(`  ${name.padEnd(46)}${value.padStart(12)}  ${note}`.trimEnd());
const seconds = (/** @type {number} */ milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** Milliseconds of the fastest of some runs: what else the machine does only ever adds. @param {number} runs @param {() => unknown} work */
async function fastest(runs, work) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/**
 * Runs a program to its end, whatever its exit code, and says how long it took and how much memory it had at most.
 * @param {string} program
 * @param {string[]} args
 */
function measure(program, args) {
  // GNU time is not everywhere; Python is, where there is something to compare with.
  const code = `
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
seconds = time.perf_counter() - start
print(json.dumps([seconds * 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))`;
  const answer = execFileSync(options.python, ['-c', code, program, ...args], { encoding: 'utf8' });
  const [milliseconds, peak] = JSON.parse(answer);
  return { milliseconds, peak };
}

async function readNotebooks() {
  const found = await findNotebooks([directory]);
  return found.flatMap(({ path: file, type }) => {
    if (type !== 'notebook') return [];
    return [{ file, text: readFileSync(file, 'utf8') }];
  });
}

async function benchNotebooks() {
  const files = await readNotebooks();
  const elsewhere = path.join(tmpdir(), 'nbslim-bench-no-data', 'notebook.ipynb');

  // Only what nbslim takes too, on both sides.
  const jobs = [];
  for (const job of files) {
    try {
      await refactor(job.text, { path: elsewhere });
      jobs.push(job);
    } catch (error) {
      if (!(error instanceof UserError)) console.error(`  ${job.file}: ${error}`);
    }
  }

  await Parser.init();
  const grammar = fileURLToPath(import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  const parser = new Parser().setLanguage(await Language.load(grammar));
  let codeLength = 0;
  const floor = await fastest(3, () => {
    codeLength = 0;
    for (const { text } of jobs) {
      const notebook = JSON.parse(text.replace(/^\ufeff/, ''));
      for (const cell of notebook.cells) {
        if (cell.cell_type !== 'code') continue;
        const source = Array.isArray(cell.source) ? cell.source.join('') : cell.source;
        codeLength += source.length;
        parser.parse(source)?.delete();
      }
    }
  });
  const time = await fastest(3, async () => {
    for (const { text } of jobs) await refactor(text, { path: elsewhere });
  });

  const size = jobs.reduce((sum, { text }) => sum + text.length, 0);
  console.log(
    `\nnotebooks: ${jobs.length} of ${files.length}, ${(size / MB).toFixed(1)} MB, ${(codeLength / MB).toFixed(2)} MB of code`,
  );
  print('JSON.parse and tree-sitter, nothing else', seconds(floor), 'the floor');
  print('refactor()', seconds(time), `${(time / floor).toFixed(2)} times the floor; aim: 2.5`);
  print('', `${((1000 * jobs.length) / time).toFixed(0)} /s`, 'notebooks');
  print('', `${((1000 * codeLength) / MB / time).toFixed(2)} MB/s`, 'of code');

  const command = measure(process.execPath, [MAIN, 'refactor', directory, '--check']);
  print('nbslim refactor DIR --check', seconds(command.milliseconds), 'with the data that are there');
  const ruff = findRuff();
  if (ruff === null) print('ruff', 'not found', 'pip install ruff, or --ruff PATH');
  else {
    const args = ['check', '--select', 'ALL', '--no-cache', '--quiet', '--isolated', directory];
    print(
      'ruff check --select ALL',
      seconds(measure(ruff, args).milliseconds),
      `with ${cpus().length} threads`,
    );
  }
}

function findRuff() {
  const places = [options.ruff, path.join(path.dirname(options.python), 'ruff'), 'ruff'];
  return places.find((place) => place !== undefined && spawnSync(place, ['--version']).status === 0) ?? null;
}

function benchCsv() {
  const file = path.join(ROOT, '.cache/btc-full.csv');
  if (!existsSync(file)) execFileSync(process.execPath, [path.join(ROOT, 'examples/btc/make-data.mjs')]);
  console.log(`\ncsv: ${(statSync(file).size / MB).toFixed(0)} MB`);
  /** @param {string} name @param {{ milliseconds: number, peak: number }} measured */
  const line = (name, { milliseconds, peak }) =>
    print(name, seconds(milliseconds), `peak ${(peak / MB).toFixed(0)} MB`);
  line('nbslim profile', measure(process.execPath, [MAIN, 'profile', file, '--json']));
  line('node -e 0', measure(process.execPath, ['-e', '0']));
  const version = execFileSync(options.python, ['-c', 'import pandas; print(pandas.__version__)'], {
    encoding: 'utf8',
  }).trim();
  line(
    `pandas ${version}: import and read_csv`,
    measure(options.python, ['-c', `import pandas; pandas.read_csv(${JSON.stringify(file)})`]),
  );
  line(`pandas ${version}: import`, measure(options.python, ['-c', 'import pandas']));
}

async function benchStart() {
  console.log('\nstart: the fastest of 20');
  const run = (/** @type {string[]} */ args) => () => spawnSync(process.execPath, args);
  const nothing = await fastest(20, run(['-e', '0']));
  const version = await fastest(20, run([MAIN, '--version']));
  const output = mkdtempSync(path.join(tmpdir(), 'nbslim-bench-'));
  const example = path.join(ROOT, 'examples/btc/btc.ipynb');
  const job = await fastest(20, run([MAIN, 'refactor', example, '-o', path.join(output, 'out.ipynb')]));
  rmSync(output, { recursive: true });
  const ms = (/** @type {number} */ milliseconds) => `${milliseconds.toFixed(0)} ms`;
  print('node -e 0', ms(nothing));
  print('nbslim --version', ms(version), `${(version / nothing).toFixed(2)} times node -e 0; aim: 1.5`);
  print(
    'nbslim refactor examples/btc/btc.ipynb -o ...',
    ms(job),
    `${ms(job - version)} more than --version; aim: 250`,
  );
}

async function benchAnalysisOfNotebooks() {
  const texts = (await readNotebooks()).map(({ text }) => text);
  await benchAnalysis(texts.filter(canBeRead), print);
}

/** @param {string} text */
function canBeRead(text) {
  try {
    readNotebook(text, 'notebook.ipynb');
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

const parts = {
  notebooks: benchNotebooks,
  analysis: benchAnalysisOfNotebooks,
  csv: benchCsv,
  start: benchStart,
};
for (const [name, part] of Object.entries(parts)) {
  if (options.only === undefined || options.only === name) await part();
}

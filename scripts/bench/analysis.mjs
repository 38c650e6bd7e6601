// What the analysis costs beside parsing, and that it grows with the notebook and not faster.

import { analyzeNotebook } from '../../dist/src/analysis/analyze.js';
import { readNotebook } from '../../dist/src/notebook/read-notebook.js';
import { loadParser } from '../../dist/src/python/parse.js';

const HEAD = `import pandas as pd
rows = []
total = 0
def clean(df, n):
    df = df.dropna()
    return df.head(n)
df0 = None`;

/** What notebooks do over and over: read, change, call, loop, aggregate. @param {number} i */
function step(i) {
  const df = `df${i % 50}`;
  const steps = [
    `${df} = pd.read_csv('f${i}.csv')`,
    `${df}['x'] = ${df}['a'] * 2`,
    `rows.append(clean(${df}, n=${i}))`,
    `for row in rows:\n    total += len(row)\n    if total > ${i}: break`,
    `${df}.groupby('a').mean()`,
  ];
  return steps[i % steps.length] ?? '';
}

/** @param {readonly string[]} sources */
function notebookOf(sources) {
  const cells = sources.map((source) => ({
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  return readNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells }), 'bench.ipynb');
}

/** @param {number} count */
const manyCells = (count) => notebookOf([HEAD, ...Array.from({ length: count - 1 }, (_, i) => step(i))]);

/** @param {number} count */
function oneCell(count) {
  const lines = HEAD.split('\n');
  for (let i = 0; lines.length < count; i += 1) lines.push(...step(i).split('\n'));
  return notebookOf([lines.join('\n')]);
}

/** Milliseconds of the processor, of the fastest of three runs: what else the machine does counts less. @param {() => unknown} work */
function cost(work) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i += 1) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/**
 * @param {readonly string[]} texts of notebooks that can be read
 * @param {(name: string, value: string, note?: string) => void} print
 */
export async function benchAnalysis(texts, print) {
  const parser = await loadParser();
  /** @param {readonly import('../../dist/src/notebook/notebook.js').Notebook[]} notebooks */
  const measure = (notebooks) => {
    // Reading cells masks and parses them: what is left is the analysis.
    const parse = cost(() => {
      for (const { cells } of notebooks)
        for (const { type, source, index } of cells) if (type === 'code') parser.parse(source, index);
    });
    const all = cost(() => {
      for (const notebook of notebooks) void analyzeNotebook(notebook, parser).statements;
    });
    return { parse, all };
  };
  const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
  console.log('\nanalysis: the processor’s time, fastest of three');
  const sizes = /** @type {const} */ ([
    ['cells', 5000, manyCells],
    ['lines in one cell', 20_000, oneCell],
  ]);
  for (const [name, count, make] of sizes) {
    const half = measure([make(count / 2)]);
    const whole = measure([make(count)]);
    print(`parsing ${count} ${name}`, ms(whole.parse));
    print(
      'reading and analysing them',
      ms(whole.all),
      `${(whole.all / half.all).toFixed(2)} times half of them`,
    );
    print('', `${(whole.all / whole.parse - 1).toFixed(2)}`, 'times the parsing besides it; aim: 1');
  }
  if (texts.length === 0) return;
  const { parse, all } = measure(texts.map((text) => readNotebook(text, 'bench.ipynb')));
  print(`parsing ${texts.length} notebooks`, ms(parse));
  print(
    'reading and analysing them',
    ms(all),
    `${(all / parse - 1).toFixed(2)} times the parsing besides it; aim: 1`,
  );
}

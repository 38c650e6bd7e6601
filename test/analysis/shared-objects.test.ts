import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/python/parse.js';
import { availableCombinations, pythonOf } from '../environments.js';
import { notebookOf } from '../notebook-of.js';
import { inspectFile, judgeCell, traceNotebooks } from './traced.js';

/**
 * Small programs in which something changes a frame, or makes somebody hold it, in a roundabout way. Each begins with `df` and
 * `df2`; each statement is a cell of its own, so that CPython says of each what it has done.
 */
const PROGRAMS = readFileSync(path.join(import.meta.dirname, 'shared-objects.py'), 'utf8')
  .split(/^# ── /m)
  .slice(1)
  .map((text) => ({
    name: text.slice(0, text.indexOf('\n')),
    code: text.slice(text.indexOf('\n') + 1).trimEnd(),
  }));

const PRELUDE = `import functools
import numpy as np
import pandas as pd
df = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})
df2 = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})`;

/** More statements in a function than the analysis follows. */
const LONG = `def long(i):\n${Array.from({ length: 2000 }, (_, i) => `    v${i} = ${i}`).join('\n')}\n    return i\n`;
const SPENT = [
  ['store = []', 'def put(x):\n    store.append(x)', 'put(df)', "store[0]['c'] = 1"],
  [
    'held = [df]',
    "def cut(i=0):\n    held[0]['c'] = 1",
    'cut()',
    'n = sorted([1], key=lambda i: cut() or 1)',
  ],
  ['def get():\n    return df', 'x = get()', "x['c'] = 1"],
  ['cur = None', 'def put(x):\n    global cur\n    cur = x', 'put(df)', "cur['c'] = 1"],
  [
    'def make():\n    box = []\n    def put(x):\n        box.append(x)\n    def get():\n        return box[0]\n    return put, get',
    'put, get = make()',
    'put(df)',
    'x = get()',
    "x['c'] = 1",
  ],
  [
    'p = []\nq = []\np.append(df)',
    'def mv(i):\n    q.append(p[0])\n    return i',
    'n = list(map(mv, [1]))',
    "q[0]['c'] = 1",
  ],
  ['class A:\n    def __init__(self):\n        self.d = df', 'a = A()', "a.d['c'] = 1"],
].flatMap((lines) =>
  ['long(1)', 'n = list(map(long, [1]))'].map((spend) => ({
    name: `${lines[1]} after ${spend}`,
    code: [LONG, spend, ...lines].join('\n'),
  })),
);

/** What is not followed: a frame that a function gives for a value of a column, or that is set as an attribute of a frame. */
const NOT_FOLLOWED: ReadonlySet<string> = new Set(['apply returns', 'frame setattr']);

const [combination = 'E6'] = [...availableCombinations()].reverse();

describe(`programs that hand on objects, against what ${combination} was seen to do`, () => {
  test('nothing happens that the analysis does not say', { timeout: 900_000 }, async () => {
    const parser = await loadParser();
    const directory = mkdtempSync(path.join(tmpdir(), 'nbslim-objects-'));
    const programs = [...PROGRAMS, ...SPENT];
    const notebooks = programs.map(({ code }, i) => {
      const file = path.join(directory, `${i}.ipynb`);
      const texts = [PRELUDE, code].flatMap((text) =>
        parser.parse(text, 0).module.body.map(({ start, end }) => text.slice(start, end)),
      );
      writeFileSync(file, notebookOf(...texts));
      return { file, texts };
    });
    const missed = new Map<string, string[]>();
    let changes = 0;
    let i = 0;
    for await (const { cells, failure } of traceNotebooks(
      pythonOf(combination),
      notebooks.map(({ file }) => file),
    )) {
      const { file = '', texts = [] } = notebooks[i] ?? {};
      const name = programs[i]?.name ?? '';
      i++;
      if (failure !== null) throw new Error(`${name}: ${failure}`);
      const inspection = await inspectFile(file);
      for (const seen of cells) {
        const said = inspection.cells[seen.index - 1];
        if (said === undefined) throw new Error(`${name} has no cell ${seen.index}`);
        changes += seen.mutates.length;
        for (const what of judgeCell(said, seen, inspection.opaque).missed)
          missed.set(name, [...(missed.get(name) ?? []), `${what}: ${texts[seen.index - 1]}`]);
      }
    }
    rmSync(directory, { recursive: true });
    expect(i).toBe(programs.length);
    expect(changes).toBeGreaterThan(400);
    expect([...missed].filter(([name]) => !NOT_FOLLOWED.has(name))).toEqual([]);
    // Whoever makes the analysis follow one of them takes it out of the list.
    expect([...NOT_FOLLOWED].filter((name) => !missed.has(name))).toEqual([]);
  });
});

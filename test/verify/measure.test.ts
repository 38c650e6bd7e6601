import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type MeasureOutcome, measure } from '../../src/verify/measure.js';
import type { MeasuredMemory } from '../../src/verify/measured-memory.js';
import { notebookText } from '../cli/run-cli.js';
import { availableCombinations } from '../environments.js';
import { runOptions } from './run-options.js';

const directory = mkdtempSync(path.join(tmpdir(), 'nbslim-measure-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const combinations = availableCombinations();

function measureCells(combination: string, ...cells: string[]): Promise<MeasureOutcome> {
  const found = combinations.find((one) => one === combination) ?? 'E6';
  return measure(path.join(directory, 'in.ipynb'), notebookText(...cells), runOptions(found));
}

async function memoryOf(combination: string, ...cells: string[]): Promise<MeasuredMemory> {
  const outcome = await measureCells(combination, ...cells);
  if (outcome.type === 'failed') throw new Error(outcome.failure.why);
  return outcome.memory;
}

const [newest = 'E6'] = [...combinations].reverse();

describe('a notebook in a real kernel', () => {
  test.each(combinations)('has frames that views, groups and Out keep alive, in %s', async (combination) => {
    const { objects, run } = await memoryOf(
      combination,
      'import numpy as np, pandas as pd',
      // One block of two columns.
      "df = pd.DataFrame(np.ones((1_000_000, 2)), columns=['a', 'b'])",
      "s = df['a']",
      "g = df.groupby('b')",
      'del df',
      '',
      "df2 = pd.DataFrame({'a': np.ones(1_000_000)})\ndf2",
      'del df2, s, g',
    );
    expect(run.stoppedAt).toBeNull();
    const [first, second] = objects.filter(
      ({ type }) => type === 'pandas.core.frame.DataFrame' || type === 'pandas.DataFrame',
    );
    expect(first).toMatchObject({ from: 2, to: 8, heldAtEnd: 0 });
    expect((first?.bytes ?? 0) / 1e6).toBeCloseTo(16, 0);
    expect(first?.pins.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['df', 2, 5],
      ['s', 3, 8],
      ['g', 4, 8],
    ]);
    expect(first?.pins.map(({ through }) => through?.split('.').at(-1))).toEqual([
      undefined,
      'Series',
      'DataFrameGroupBy',
    ]);
    // The blank cell has no number of its own.
    expect(second?.pins.map(({ name, through, to }) => [name, through, to])).toEqual([
      ['df2', null, 8],
      ['Out[6]', null, null],
    ]);
    expect((second?.heldAtEnd ?? 0) / 1e6).toBeCloseTo(8, 0);
  });

  test('has lists and arrays, and what is small is left out', async () => {
    const { objects } = await memoryOf(
      newest,
      'import numpy as np',
      'x = np.zeros(1_000_000)\nsmall = np.zeros(10)',
      'parts = [x, np.ones(500_000)]\nwords = [str(i) for i in range(100_000)]',
      'del x, parts',
    );
    expect(objects.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['numpy.ndarray', 2, 4],
      ['list', 3, null],
      ['list', 3, 4],
    ]);
    expect(objects[0]?.pins.map(({ name, through }) => [name, through])).toEqual([
      ['x', null],
      ['parts', 'list'],
    ]);
    expect(objects.at(-1)?.bytes).toBeCloseTo(4_000_000, -5);
  });

  test('has containers of a million items, of which it looks at some', async () => {
    const { objects } = await memoryOf(
      newest,
      'numbers = list(range(1000, 1_000_000))\nnames = {n: str(n) for n in range(300_000)}',
    );
    const sizes = objects.map(({ bytes, pins }) => [pins[0]?.name, Math.round(bytes / 1e6)]);
    // 8 bytes for the pointer to a number and 28 for the number; 28 for a key, 50 to 55 for a string, and the table.
    expect(sizes).toEqual([
      ['numbers', 36],
      ['names', 35],
    ]);
  });

  test('goes on where an object of its own can not be looked at', async () => {
    const { objects, run } = await memoryOf(
      newest,
      'class Odd:\n    def __sizeof__(self):\n        raise ValueError\n    @property\n    def __dict__(self):\n        raise KeyError',
      'odd = Odd()\nbig = bytearray(1_000_000)',
      'print(odd is not None)',
    );
    expect(run.cells).toHaveLength(3);
    expect(objects.map(({ pins }) => pins[0]?.name)).toEqual(['big']);
  });

  test('stops where it raises, and fails where its kernel dies', async () => {
    const { run } = await memoryOf(newest, 'x = 1', '1 / 0', 'y = 2');
    expect(run.stoppedAt).toEqual({ cell: 2, error: 'ZeroDivisionError: division by zero' });
    const outcome = await measureCells(newest, 'import os', 'os._exit(3)');
    expect(outcome).toMatchObject({ type: 'failed', failure: { cell: 2 } });
  });

  test('leaves nothing behind', async () => {
    writeFileSync(path.join(directory, 'a.txt'), 'a');
    // A place of its own for what is temporary: others may verify at the same time.
    const temporary = mkdtempSync(path.join(tmpdir(), 'nbslim-temporary-'));
    vi.stubEnv('TMPDIR', temporary);
    try {
      await memoryOf(newest, 'open("a.txt", "w").write("b"); open("new.txt", "w").write("c");');
      expect(readdirSync(directory)).toEqual(['a.txt']);
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(temporary, { recursive: true });
    }
  });
});

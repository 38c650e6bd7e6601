import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { availableCombinations, pythonOf } from '../environments.js';
import { findFixtures } from '../transforms/fixtures.js';
import { inspectFile, judgeCell, judgeColumns, traceNotebooks } from './traced.js';

const [combination = 'E6'] = [...availableCombinations()].reverse();

describe(`what the analysis says of the fixtures, against what ${combination} was seen to do`, () => {
  test('says everything that happens', { timeout: 900_000 }, async () => {
    const notebooks = findFixtures()
      .filter(
        ({ environment, needs }) => environment.combinations.includes(combination) && needs.length === 0,
      )
      .map(({ directory }) => path.join(directory, 'in.ipynb'));
    const missed: string[] = [];
    const counts = { notebooks: 0, cells: 0, opaque: 0, exactNames: 0, exactMutates: 0, columns: 0 };
    for await (const { notebook, cells, failure } of traceNotebooks(pythonOf(combination), notebooks)) {
      if (failure !== null) throw new Error(`${notebook}: ${failure}`);
      const inspection = await inspectFile(notebook);
      counts.notebooks += 1;
      const last = cells.at(-1);
      if (last !== undefined && !last.failed) {
        const { known, wrong } = judgeColumns(inspection, last);
        counts.columns += known;
        for (const what of wrong) missed.push(`${path.relative(process.cwd(), notebook)}: ${what}`);
      }
      for (const seen of cells) {
        const said = inspection.cells[seen.index - 1];
        if (said === undefined) throw new Error(`${notebook} has no cell ${seen.index}`);
        const verdict = judgeCell(said, seen, inspection.opaque);
        counts.cells += 1;
        if (verdict.isOpaque) counts.opaque += 1;
        else {
          if (verdict.isExact.names) counts.exactNames += 1;
          if (verdict.isExact.mutates) counts.exactMutates += 1;
        }
        for (const what of verdict.missed)
          missed.push(`${path.relative(process.cwd(), notebook)}, cell ${seen.index}: ${what}`);
      }
    }
    expect(missed).toEqual([]);
    expect(counts.opaque / counts.cells).toBeLessThan(0.05);
    expect(counts.exactNames / counts.cells).toBeGreaterThan(0.9);
    expect(counts.exactMutates / counts.cells).toBeGreaterThan(0.75);
    expect(counts.columns).toBeGreaterThan(100);
    expect(counts.notebooks).toBeGreaterThan(150);
  });
});

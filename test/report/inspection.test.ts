import { expect, it } from 'vitest';
import { analyzeNotebook } from '../../src/analysis/analyze.js';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { loadParser } from '../../src/python/parse.js';
import { formatInspection, inspectProgram } from '../../src/report/inspection.js';

async function inspect(...sources: string[]) {
  const cells = sources.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source }));
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
  const program = analyzeNotebook(readNotebook(text, 'n.ipynb'), await loadParser());
  return inspectProgram(program, UNKNOWN_ENVIRONMENT);
}

it('leaves out what is Python’s own, unless the notebook binds it', async () => {
  const plain = await inspect('print(len([1]))');
  expect(plain.cells[0]).toMatchObject({ reads: [], shows: null, effects: ['prints'] });
  const bound = await inspect('len = 3', 'x = len');
  expect(bound.cells[0]).toMatchObject({ writes: ['len'], liveAfter: ['len'] });
  expect(bound.cells[1]).toMatchObject({ reads: ['len'] });
});

it('says why nothing is known of a cell', async () => {
  const { cells } = await inspect('a = 1', 'a = (', 'a');
  expect(cells.map(({ opaque }) => opaque === null)).toEqual([true, false, true]);
});

it('passes on what is alive through cells without statements', async () => {
  const { cells } = await inspect('a = 1', '# nothing', 'a');
  expect(cells.map(({ liveAfter }) => liveAfter)).toEqual([['a'], ['a'], []]);
});

it('tells people what is there', async () => {
  expect(formatInspection(await inspect('a = [1]\na.append(2)', 'a'))).toBe(
    `n.ipynb: nbformat 4.4, 2 cells
environment: not known

n.ipynb:cell 1
  reads        a
  writes       a
  mutates      a
  alive after  a

n.ipynb:cell 2
  reads        a
  shows        a
  does         displays

at the end
  a            list
`,
  );
});

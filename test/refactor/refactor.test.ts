import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Options, Transform } from '../../src/refactor/contract.js';
import { gather } from '../../src/refactor/gather.js';
import { defaultOptions, refactor } from '../../src/refactor/refactor.js';
import { changeOf, notebookText, sourcesOf } from './notebooks.js';

const folder = mkdtempSync(join(tmpdir(), 'nbslim-refactor-'));
writeFileSync(join(folder, 'x.csv'), `a,b\n${'1,2\n'.repeat(1000)}`);
const path = join(folder, 'notebook.ipynb');

/** Narrows every whole number of a file, whatever is done with it. */
const narrow: Transform = {
  id: 'narrow',
  summary: 'narrow',
  explanation: 'narrow\n',
  needs: (program) => program.reads,
  *find(program, evidence) {
    for (const read of program.reads) {
      const known = evidence.get(read);
      if (known?.type === 'unknown')
        yield { type: 'refusal', code: known.code, why: known.why, at: read.call };
      if (known?.type !== 'profile' || read.arguments.has('dtype')) continue;
      for (const { name, position } of known.profile.columns) {
        const entry = { key: `'${name}'`, value: "'int8'", order: position };
        yield changeOf({
          at: read.call,
          subject: String(name),
          effect: 'types',
          assumes: ['code', 'data'],
          intents: [{ type: 'mergeEntries', call: read.call, name: 'dtype', entries: [entry] }],
          adjustments: [{ type: 'column-dtype', read, column: String(name), dtype: 'int8' }],
        });
      }
    }
  },
};

/** The data are two rows: by default nothing would be worth it. */
const options = (): Options => ({ ...defaultOptions(), minSaving: 0 });

const text = notebookText([
  'import pandas as pd',
  "df = pd.read_csv('x.csv')",
  { type: 'markdown', source: '# Look' },
  "other = pd.read_csv('y.csv')",
  'df.a.max()',
]);

it('reads, gathers, plans, renders and says what it saves', async () => {
  const result = await refactor(text, path, [narrow], options(), gather);
  expect(sourcesOf(result.text)[1]).toBe("df = pd.read_csv('x.csv', dtype={'a': 'int8', 'b': 'int8'})");
  expect(result.text).toBe(
    text.replace("read_csv('x.csv')", "read_csv('x.csv', dtype={'a': 'int8', 'b': 'int8'})"),
  );
  expect(result.changes.map(({ saving, tier, place }) => ({ saving, tier, place }))).toEqual(
    Array.from({ length: 2 }, () => ({
      saving: { peak: 14_000, held: 7000, meanwhile: 14_000 },
      tier: 'safe',
      place: { cell: 2, line: 1, column: 6 },
    })),
  );
  expect(result.refusals.map(({ refusal, place }) => [refusal.code, place.cell])).toEqual([['no-file', 4]]);
  expect(result.timelines?.before.at(-1)?.held).toBe(16_000);
  expect(result.timelines?.after.at(-1)?.held).toBe(2000);
  const ids = result.changes.map(({ id }) => id);
  expect(result.cellMap).toEqual(
    [1, 2, 3, 4, 5].map((cell) => ({ before: [cell], after: [cell], changes: cell === 2 ? ids : [] })),
  );
});

it('plans again where one change is left out', async () => {
  const all = await refactor(text, path, [narrow], options(), gather);
  const [first] = all.changes;
  const without = { ...options(), leaveOut: [first?.id ?? ''] };
  const result = await refactor(text, path, [narrow], without, gather);
  expect(sourcesOf(result.text)[1]).toBe("df = pd.read_csv('x.csv', dtype={'b': 'int8'})");
  expect(result.changes.map(({ id }) => id)).toEqual(all.changes.slice(1).map(({ id }) => id));
});

it('gives back the very text where there is nothing to do, and finds nothing in its own result', async () => {
  const once = await refactor(text, path, [narrow], options(), gather);
  const twice = await refactor(once.text, path, [narrow], options(), gather);
  expect(twice.changes).toEqual([]);
  expect(twice.text).toBe(once.text);
});

it('scans nothing for a notebook that wants to be left alone', async () => {
  const marked = notebookText(['# nbslim: ignore-file', "import pandas as pd\ndf = pd.read_csv('x.csv')"]);
  const result = await refactor(marked, path, [narrow], options(), gather);
  expect(result.evidence.size).toBe(0);
  expect(result.text).toBe(marked);
});

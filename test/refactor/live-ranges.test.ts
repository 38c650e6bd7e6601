import { describe, expect, it } from 'vitest';
import type { Program } from '../../src/analysis/program.js';
import { gather } from '../../src/refactor/gather.js';
import { liveRanges } from '../../src/refactor/memory/live-ranges.js';
import { type CellText, programOf } from './notebooks.js';

/** The repository's example: 2,000 rows of eight columns. */
const READ = "import pandas as pd\ndf = pd.read_csv('examples/btc/btc.csv')";

async function rangesOf(...cells: readonly CellText[]) {
  const program: Program = programOf(...cells);
  const environment = {
    versions: { python: null, pandas: '3.1.1', numpy: '2', pyarrow: false as const },
    origin: null,
    combinations: ['E5' as const],
  };
  const evidence = await gather(program.reads, { path: 'test.ipynb', environment });
  return liveRanges(program, evidence, 'E5').map(({ object, from, to, lastUse, pins }) => ({
    code: program.textOf(object.node),
    range: [from, to],
    lastUse,
    pins: pins.map(({ name, through = 'itself' }) => `${name} ${through}`),
  }));
}

describe('what holds memory', () => {
  it('is nothing where no data are read, or none are known', async () => {
    expect(await rangesOf('x = [1, 2]')).toEqual([]);
    expect(await rangesOf("import pandas as pd\ndf = pd.read_csv('none.csv')")).toEqual([]);
  });

  it('is a frame, by its name, to the end or until something ends it', async () => {
    const [kept] = await rangesOf(READ, 'df.min()', 'x = 1');
    expect(kept).toEqual({
      code: "pd.read_csv('examples/btc/btc.csv')",
      range: [1, null],
      lastUse: 2,
      pins: ['df itself'],
    });
    const [deleted] = await rangesOf(READ, 'm = df.min()', 'del df', 'm');
    expect(deleted).toMatchObject({ range: [1, 3], lastUse: 2 });
    const [rebound] = await rangesOf(READ, 'df = 5', 'df + 1');
    expect(rebound).toMatchObject({ range: [1, 2], lastUse: 1 });
  });

  it('is told by another name, by a view and by what is shown too', async () => {
    const [frame] = await rangesOf(READ, 'other = df', "s = df['Open']", 'df', "df['Close']", 'del df');
    expect(frame).toMatchObject({
      range: [1, null],
      pins: ['df itself', 'other itself', 's Series', 'Out itself', 'Out Series'],
    });
  });

  it('is what lives while its statement runs, pinned by nothing', async () => {
    const ranges = await rangesOf(READ, "print(df[df['Open'] > 1].max())");
    expect(ranges).toHaveLength(2);
    expect(ranges[1]).toMatchObject({ range: [2, 2], pins: [] });
  });

  it('is not what shares the memory of another', async () => {
    expect(await rangesOf(READ, "s = df['Open']")).toHaveLength(1);
  });
});

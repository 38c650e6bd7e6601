import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { profileCsv } from '../../src/data/profile-csv.js';
import { PLAIN_READ } from '../../src/data/read-options.js';
import { withFiles } from './ask-pandas.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/btc/', import.meta.url));

it('examples/btc/btc.csv is what make-data.mjs makes', async () => {
  await withFiles([''], async ([path = '']) => {
    execFileSync(process.execPath, [join(EXAMPLE, 'make-data.mjs'), '--rows', '2000', '--out', path]);
    expect(readFileSync(path).equals(readFileSync(join(EXAMPLE, 'btc.csv')))).toBe(true);
  });
});

it("the article's data has prices that float32 keeps to their digits and volumes that it does not", async () => {
  const profile = await profileCsv(join(EXAMPLE, 'btc.csv'), PLAIN_READ);
  expect(profile).toMatchObject({
    rows: 2000,
    columns: [
      { name: 'Timestamp', kind: 'int', integers: { min: 1325317920n, increasing: true } },
      ...['Open', 'High', 'Low', 'Close'].map((name) => ({
        name,
        kind: 'float',
        floats: { roundTrips: true },
      })),
      ...['Volume_(BTC)', 'Volume_(Currency)'].map((name) => ({ name, floats: { roundTrips: false } })),
      { name: 'Weighted_Price', kind: 'float', floats: { roundTrips: true } },
    ],
  });
});

// Makes the data of the article's example: minutes of Bitcoin's price, in the columns and with the gaps of the file that
// the article reads. The prices are invented; the same number of rows always gives the same bytes.
//
//     node examples/btc/make-data.mjs                       3,405,857 rows into .cache/btc-full.csv
//     node examples/btc/make-data.mjs --rows 2000 --out examples/btc/btc.csv

import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const ARTICLE_ROWS = 3_405_857;

const HEADER = 'Timestamp,Open,High,Low,Close,Volume_(BTC),Volume_(Currency),Weighted_Price\n';
/** 2011-12-31 07:52 UTC, in seconds. */
const FIRST_TIMESTAMP = 1_325_317_920;
const CHUNK_ROWS = 4096;

/**
 * The file in chunks of text, header first.
 * @param {number} rows
 * @returns {Generator<string>}
 */
export function* makeBtc(rows) {
  const random = mulberry32(20_111_231);
  let price = 1204.39;
  let gap = false;
  let text = HEADER;
  for (let row = 0; row < rows; row++) {
    const timestamp = FIRST_TIMESTAMP + 60 * row;
    // Gaps come in runs: of 100 rows 29 lie in one.
    gap = gap ? random() < 0.93 : random() < 0.028;
    if (gap) text += `${timestamp},,,,,,,\n`;
    else {
      const open = price;
      price = step(price, row / ARTICLE_ROWS, random);
      const high = Math.max(open, price) * (1 + 0.001 * random());
      const low = Math.min(open, price) * (1 - 0.001 * random());
      const volume = 0.01 + 40 * random() ** 4;
      const weighted = low + (high - low) * random();
      const prices = `${open.toFixed(2)},${high.toFixed(2)},${low.toFixed(2)},${price.toFixed(2)}`;
      text += `${timestamp},${prices},${volume.toFixed(8)},${(volume * weighted).toFixed(8)},${weighted.toFixed(2)}\n`;
    }
    if (row % CHUNK_ROWS === CHUNK_ROWS - 1) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/**
 * The next price: a random walk that is drawn to a curve from 1,200 to 18,000 dollars, and stays below 19,700.
 * @param {number} price
 * @param {number} progress from 0 at the article's first row to 1 at its last
 * @param {() => number} random
 */
function step(price, progress, random) {
  const trend = 1200 * 15 ** Math.min(progress, 1);
  const next = price * (1 + 0.006 * (random() - 0.5)) + 0.0002 * (trend - price);
  return Math.min(Math.max(next, 900), 19_650);
}

/**
 * Tommy Ettinger's mulberry32: numbers in [0, 1), the same for the same seed everywhere.
 * @param {number} seed
 */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Writes the file as a stream, in constant memory.
 * @param {string} path
 * @param {number} rows
 */
export async function writeBtc(path, rows) {
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path);
  for (const text of makeBtc(rows)) if (!file.write(text)) await once(file, 'drain');
  file.end();
  await finished(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, out: { type: 'string' } } });
  const rows = Number(values.rows ?? ARTICLE_ROWS);
  if (!Number.isSafeInteger(rows) || rows < 0)
    throw new RangeError(`--rows ${values.rows} is no number of rows`);
  await writeBtc(values.out ?? fileURLToPath(new URL('../../.cache/btc-full.csv', import.meta.url)), rows);
}

// Makes the data of the second example: orders with the country that each went to, and exchange rates with gaps. All of
// it is invented; the same number of rows always gives the same bytes.
//
//     node examples/country/make-data.mjs                      20,000 rows each, as committed
//     node examples/country/make-data.mjs --rows 3000000 --out .cache/country

import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const COUNTRIES = ['China', 'USA', 'Italy'];
const CHUNK_ROWS = 4096;

/**
 * @param {number} rows
 * @returns {Generator<string>} lines without their newlines
 */
export function* makeOrders(rows) {
  const random = generator(1);
  yield 'order,country,quantity,amount';
  for (let row = 0; row < rows; row++) {
    const country = COUNTRIES[Math.floor(COUNTRIES.length * random())];
    const quantity = 1 + Math.floor(9 * random());
    yield `${100_000 + row},${country},${quantity},${(quantity * (5 + 90 * random())).toFixed(2)}`;
  }
}

/**
 * A rate for each minute, none while the market is closed: eight hours of each day, the first minute of all excepted.
 * @param {number} rows
 * @returns {Generator<string>} lines without their newlines
 */
export function* makeRates(rows) {
  const random = generator(2);
  let yuan = 7.8;
  let dollar = 1.08;
  yield 'minute,CNY,USD';
  for (let row = 0; row < rows; row++) {
    yuan += 0.002 * (random() - 0.5) + 0.0001 * (7.8 - yuan);
    dollar += 0.0004 * (random() - 0.5) + 0.0001 * (1.08 - dollar);
    const closed = row > 0 && row % 1440 < 480;
    yield closed ? `${row},,` : `${row},${yuan.toFixed(4)},${dollar.toFixed(4)}`;
  }
}

/**
 * A linear congruential generator, as in Numerical Recipes: the same numbers on every machine.
 * @param {number} seed
 */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Lines in chunks, for a stream: a write for each line would take most of the time.
 * @param {Iterable<string>} lines
 */
function* chunks(lines) {
  let count = 0;
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    count += 1;
    if (count % CHUNK_ROWS === 0) {
      yield text;
      text = '';
    }
  }
  yield text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '20000' },
      out: { type: 'string', default: fileURLToPath(new URL('.', import.meta.url)) },
    },
  });
  mkdirSync(values.out, { recursive: true });
  const rows = Number(values.rows);
  await pipeline(Readable.from(chunks(makeOrders(rows))), createWriteStream(join(values.out, 'orders.csv')));
  await pipeline(Readable.from(chunks(makeRates(rows))), createWriteStream(join(values.out, 'rates.csv')));
}

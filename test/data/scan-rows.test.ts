import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowScanner } from '../../src/data/scan-rows.js';
import { ColumnTallies } from '../../src/data/tally-columns.js';

const WIDTH = 3;

/** Scans the text in blocks that end at the cuts, each with what the scan left of the one before, as the reader does. */
function scanInBlocks(text: string, cuts: readonly number[]) {
  const bytes = Buffer.from(`${text}\n`);
  const tallies = new ColumnTallies(WIDTH, 'utf-8', true);
  const scanner = new RowScanner(tallies, ',', WIDTH, [0, 1, 2], null, 1);
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length]) {
    // Behind a block stands a line feed, and whatever is left of other blocks before and after.
    const block = Buffer.concat([Buffer.from('x"'), bytes.subarray(from, to), Buffer.from('\n"y')]);
    from += scanner.scan(block, 2, 2 + to - from) - 2;
  }
  const place = { name: '', position: 0, isIndex: false, declared: null };
  const columns = [0, 1, 2].map((slot) => tallies.toProfile(slot, scanner.rows, place));
  const { rows, refusal } = scanner;
  return refusal ? { refusal } : { rows, columns, left: from < bytes.length };
}

describe('RowScanner', () => {
  it('finds the same wherever blocks end', () => {
    const piece = fc.constantFrom(
      ...[
        '1',
        '-2.5',
        'é',
        '日本',
        '"',
        '""',
        '"a,b"',
        '"x\r\ny"',
        ' ',
        ',',
        ',',
        ',',
        '\n',
        '\r\n',
        '\r',
        'NaN',
        'True',
      ],
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const cuts = fc.array(fc.nat(80), { maxLength: 6 });
    fc.assert(
      fc.property(text, cuts, (some, ends) => {
        expect(scanInBlocks(some, ends)).toEqual(scanInBlocks(some, []));
      }),
      { numRuns: 5000 },
    );
  });
});

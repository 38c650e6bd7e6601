import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileCsv } from '../../src/data/profile-csv.js';
import { PLAIN_READ } from '../../src/data/read-options.js';
import { columnBytes } from '../../src/refactor/memory/column-bytes.js';
import { availableCombinations, pythonOf } from '../environments.js';

const ROWS = 150_000;

/** Prints the bytes that each column takes, a string that is there twice counted once. */
const MEASURE = `
import json, sys
import numpy as np, pandas as pd

def size(series):
    if hasattr(series.array, '_pa_array'):
        return series.array._pa_array.nbytes
    if str(series.dtype) not in ('object', 'str'):
        return series.memory_usage(deep=True, index=False)
    values = np.asarray(series.array, dtype=object)
    strings = {id(value): sys.getsizeof(value) for value in values if isinstance(value, str)}
    return 8 * len(values) + sum(strings.values())

frame = pd.read_csv(sys.argv[1])
narrow = pd.read_csv(sys.argv[1], dtype={'i': 'int32', 'f': 'float32', 'city': 'category', 'umlaut': 'category'})
print(json.dumps({
    'plain': {name: int(size(frame[name])) for name in frame},
    'narrow': {name: int(size(narrow[name])) for name in ['i', 'f', 'city', 'umlaut']},
}))
`;

interface Measured {
  readonly plain: Readonly<Record<string, number>>;
  readonly narrow: Readonly<Record<string, number>>;
}

const folder = mkdtempSync(join(tmpdir(), 'nbslim-memory-'));
const file = join(folder, 'data.csv');
const lines = Array.from({ length: ROWS }, (_, row) => {
  const city = ['Paris', 'Berlin', 'Oslo'][row % 3];
  const gap = row % 3 === 0 ? '' : `x${row}`;
  return `${row},${(row / 7).toFixed(3)},${row % 2 === 0 ? 'True' : 'False'},${city},person ${row},ü${row % 1000},${gap}`;
});
writeFileSync(file, ['i,f,b,city,name,umlaut,gap', ...lines, ''].join('\n'));
const profile = await profileCsv(file, PLAIN_READ);
if (profile.type !== 'csv-profile') throw new Error(profile.why);

describe.each(availableCombinations())('on %s', (combination) => {
  const output = execFileSync(pythonOf(combination), ['-c', MEASURE, file], { encoding: 'utf8' });
  const measured = JSON.parse(output) as Measured;
  const modelled = (name: string, dtype: string | null) => {
    const column = profile.columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw new Error(`no column ${name}`);
    return columnBytes(column, dtype, profile.rows, profile.header.length, combination);
  };

  it.each(Object.entries(measured.plain))('%s as it is takes %i bytes, or nearly', (name, bytes) => {
    const share = modelled(name, null) / bytes;
    // 3.1 reads a larger file in parts, by the machine's cores; the model has fewer, and so never too many bytes.
    if (combination === 'E5' && name === 'umlaut') {
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(1.01);
    } else expect(share).toBeCloseTo(1, 2);
  });

  it.each([
    ['i', 'int32'],
    ['f', 'float32'],
    ['city', 'category'],
    ['umlaut', 'category'],
  ])('%s as %s', (name, dtype) => {
    expect(modelled(name, dtype) / (measured.narrow[name] ?? 0)).toBeCloseTo(1, 2);
  });
});

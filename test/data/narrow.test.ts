import { describe, expect, it } from 'vitest';
import type { FloatProfile } from '../../src/data/column-profile.js';
import { bytesPerValue, float32Fit, narrowIntegers } from '../../src/data/narrow.js';

describe('narrowIntegers', () => {
  it('leaves int64 where nothing narrower holds the range with headroom', () => {
    expect(narrowIntegers(0, 3_000_000_000, 2)).toEqual([]);
    expect(narrowIntegers(0n, 2n ** 62n, 2)).toEqual([]);
    expect(narrowIntegers(-1, 3_000_000_000, 1)).toEqual([]);
  });

  it.each([
    [0, 63, ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32']],
    [0, 64, ['uint8', 'int16', 'uint16', 'int32', 'uint32']],
    [-64, 0, ['int8', 'int16', 'int32']],
    [-65, 0, ['int16', 'int32']],
    [0, 16_383, ['int16', 'uint16', 'int32', 'uint32']],
    [0, 16_384, ['uint16', 'int32', 'uint32']],
    [0, 1_073_741_823, ['int32', 'uint32']],
    [0, 1_073_741_824, ['uint32']],
  ] as const)('doubles the range %d to %d', (min, max, types) => {
    expect(narrowIntegers(min, max, 2)).toEqual(types);
  });

  it('rounds a broken headroom away from zero', () => {
    expect(narrowIntegers(-1, 85, 1.5)[0]).toBe('int16');
    expect(narrowIntegers(-1, 84, 1.5)[0]).toBe('int8');
  });
});

describe('float32Fit', () => {
  const floats: FloatProfile = {
    min: 0,
    max: 1,
    infinite: 0,
    whole: false,
    digits: 7,
    isFloat32: false,
    roundTrips: true,
    float32Error: 5e-8,
    scale: 1,
  };

  it.each([
    [{ digits: 8 }, 'unsafe'],
    [{ roundTrips: false }, 'unsafe'],
    [{}, 'lossy'],
    [{ isFloat32: true, digits: 12 }, 'none'],
  ] as const)('of %j is %s', (given, loss) => {
    expect(float32Fit({ ...floats, ...given }).loss).toBe(loss);
  });
});

it.each([
  ['bool', 1],
  ['int8', 1],
  ['uint32', 4],
  ['float16', 2],
  ['float64', 8],
  ['datetime64[ns]', 8],
  ['Int8', null],
  ['category', null],
  ['object', null],
])('bytesPerValue of %s is %s', (dtype, bytes) => {
  expect(bytesPerValue(dtype)).toBe(bytes);
});

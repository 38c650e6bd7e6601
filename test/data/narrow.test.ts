import { describe, expect, it } from 'vitest';
import type { FloatProfile } from '../../src/data/column-profile.js';
import { bytesPerValue, float32Fit, narrowestInteger } from '../../src/data/narrow.js';

describe('narrowestInteger', () => {
  it('leaves int64 where nothing narrower holds the range with headroom', () => {
    expect(narrowestInteger(0, 1_200_000_000)).toBeNull();
    expect(narrowestInteger(0n, 2n ** 62n)).toBeNull();
    expect(narrowestInteger(-1, 3_000_000_000, { headroom: 1, allowUnsigned: true })).toBeNull();
    expect(narrowestInteger(0, 1, { intermediates: [0, 2n ** 40n] })).toBeNull();
  });

  it('never takes an unsigned type unasked', () => {
    expect(narrowestInteger(0, 255, { headroom: 1 })).toBe('int16');
    expect(narrowestInteger(0, 255, { headroom: 1, allowUnsigned: true })).toBe('uint8');
    expect(narrowestInteger(-1, 254, { headroom: 1, allowUnsigned: true })).toBe('int16');
  });

  it.each([
    [0, 63, 'int8'],
    [0, 64, 'int16'],
    [-64, 0, 'int8'],
    [-65, 0, 'int16'],
    [0, 16_383, 'int16'],
    [0, 16_384, 'int32'],
    [1000, 1100, 'int16'],
    [0, 1_073_741_823, 'int32'],
    [0, 1_073_741_824, null],
  ] as const)('doubles the range %d to %d: %s', (min, max, type) => {
    expect(narrowestInteger(min, max)).toBe(type);
  });

  it('prefers the signed of two types of the same size', () => {
    expect(narrowestInteger(0, 60, { allowUnsigned: true })).toBe('int8');
  });

  it('holds intermediates as they are, without headroom', () => {
    expect(narrowestInteger(0, 10, { intermediates: [-100, 127] })).toBe('int8');
    expect(narrowestInteger(0, 10, { intermediates: [0, 128] })).toBe('int16');
  });

  it('rounds a broken headroom away from zero', () => {
    expect(narrowestInteger(0, 85, { headroom: 1.5 })).toBe('int16');
    expect(narrowestInteger(0, 84, { headroom: 1.5 })).toBe('int8');
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

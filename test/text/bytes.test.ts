import { describe, expect, test } from 'vitest';
import { formatBytes } from '../../src/text/bytes.js';

describe('formatBytes', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1.0 KiB'],
    [1024 * 1024 - 1, '1.0 MiB'],
    [3_405_857 * 8 * 8, '207.9 MiB'],
    [-1536, '-1.5 KiB'],
    [5 * 1024 ** 4, '5.0 TiB'],
    [4096 * 1024 ** 4, '4096.0 TiB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

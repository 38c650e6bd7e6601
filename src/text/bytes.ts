const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * A number of bytes as people read it, with one decimal from KiB on: `12 bytes`, `207.9 MiB`. Units of 1024, as in
 * what pandas' `df.info()` prints (and calls MB).
 */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  // 1023.95 would print as 1024.0.
  while (value >= (unit === 0 ? 1024 : 1023.95) && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const sign = bytes < 0 ? '-' : '';
  return unit === 0
    ? `${sign}${Math.round(value)} ${value === 1 ? 'byte' : 'bytes'}`
    : `${sign}${value.toFixed(1)} ${UNITS[unit]}`;
}

/** `500`, `100 KiB`, `1MB` (1000 times 1000): bytes; null for what is no size. */
export function parseBytes(text: string): number | null {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  if (number === undefined) return null;
  const [, prefix, binary] = /^([kmgt]?)(i?)b?$|^bytes?$/i.exec(unit) ?? ['', null];
  if (prefix === null) return null;
  const power = ' kmgt'.indexOf(prefix?.toLowerCase() || ' ');
  return Math.round(Number(number) * (binary ? 1024 : 1000) ** power);
}

import type { ValueKind } from './kinds.js';

/** What a call gives back and what it does besides. Sound on all supported combinations: the worst of them counts. */
export interface CallEffect {
  /** The result's kind; `'self'`: the receiver; `'unknown'`: anything but None, unless `maybeNone`. */
  readonly result: ValueKind | 'self';
  readonly maybeNone: boolean;
  /** The result has the receiver's values, unchanged: sorted, filtered, renamed. */
  readonly keeps: boolean;
  /** The result may share memory with the receiver (or the arguments), or keep it alive. */
  readonly shares: boolean;
  /** The result has some of the rows only. */
  readonly part: boolean;
  /** Changes its receiver. */
  readonly mutates: boolean;
  /** Changes its arguments. */
  readonly mutatesArguments: boolean;
  /** Keeps its arguments: the receiver or the result holds them afterwards. */
  readonly holds: boolean;
  readonly prints: boolean;
  readonly displays: boolean;
  readonly draws: boolean;
  readonly readsFile: boolean;
  readonly writesFile: boolean;
  readonly random: boolean;
  /** One value, taken from the receiver's: `max`, `iat`. */
  readonly scalar: boolean;
}

/** A call that gives something and does nothing. */
export const EMPTY: CallEffect = {
  result: 'unknown',
  maybeNone: false,
  keeps: false,
  shares: false,
  part: false,
  mutates: false,
  mutatesArguments: false,
  holds: false,
  prints: false,
  displays: false,
  draws: false,
  readsFile: false,
  writesFile: false,
  random: false,
  scalar: false,
};

/** Reads a table of lines `names: result flags`. */
export function parseTable(table: string): Map<string, CallEffect> {
  const entries = new Map<string, CallEffect>();
  for (const line of table.split('\n')) {
    const colon = line.lastIndexOf(':');
    if (colon < 0) continue;
    const [result = 'unknown', ...flags] = line
      .slice(colon + 1)
      .trim()
      .split(' ');
    const effect: Record<string, unknown> = { ...EMPTY, result };
    for (const flag of flags) effect[flag] = true;
    for (const name of line.slice(0, colon).trim().split(/\s+/))
      entries.set(name, effect as unknown as CallEffect);
  }
  return entries;
}

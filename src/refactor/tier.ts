import type { Assumption, Change, Effect, Options, Tier } from './contract.js';

const WIDTH: Readonly<Record<Tier, number>> = { safe: 0, lossy: 1, unsafe: 2 };

/** Assumptions that a person need not agree to one by one. */
const PLAIN: ReadonlySet<Assumption> = new Set(['code', 'data', 'linear', 'version']);

/** Which tier a change of this effect, on these assumptions, belongs to. */
export function tierOf(effect: Effect, assumes: readonly Assumption[]): Tier {
  if (effect === 'different' || assumes.some((assumption) => !PLAIN.has(assumption))) return 'unsafe';
  return effect === 'rounding' ? 'lossy' : 'safe';
}

/** Whether the options let the change in. */
export function isWanted(change: Change, options: Options): boolean {
  if (WIDTH[tierOf(change.effect, change.assumes)] > WIDTH[options.tier]) return false;
  return !options.strict || (change.effect !== 'types' && !change.assumes.includes('data'));
}

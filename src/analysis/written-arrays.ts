import { changesFirst, outPlaceOf } from '../pandas/numpy-out.js';
import type { Arguments } from './arguments.js';
import type { Value } from './value.js';

/** What a call of numpy writes its result into. */
export interface Written {
  readonly arrays: readonly Value[];
  /** What it gives: the array that it was handed as `out`; null where it may give something else. */
  readonly result: Value | null;
}

const NOTHING: Written = { arrays: [], result: null };

/** `np.add(a, b, c)`, `np.add(a, b, out=c)`, `np.add.at(a, rows, b)`, `np.nan_to_num(a, copy=False)`. */
export function writtenByFunction(qualified: string, args: Arguments): Written {
  if (!qualified.startsWith('numpy.')) return NOTHING;
  if (changesFirst(qualified, args.positional.length, (name) => args.keywords.has(name)))
    return { arrays: args.positional.slice(0, 1), result: null };
  return handed(outPlaceOf(qualified), args);
}

/** `a.clip(0, 1, out=b)`, `a.clip(0, 1, b)`: a method's place is one less than the function's. */
export function writtenByMethod(owner: Value, name: string, args: Arguments): Written {
  const place = owner.kind === 'ndarray' ? outPlaceOf(`numpy.${name}`) : null;
  return handed(place === null ? null : place - 1, args);
}

function handed(place: number | null, { positional, keywords }: Arguments): Written {
  const out = keywords.get('out') ?? (place === null ? undefined : positional[place]);
  if (out === undefined || out.none === 'always') return NOTHING;
  return { arrays: [out], result: out.none === 'never' ? out : null };
}

import { readFileSync } from 'node:fs';
import type { Combination } from '../../src/environment/environment.js';

/** One value for all combinations, or by combination: the keys are like `'E1 E2'`. */
export type ByCombination<T> = T | Readonly<Record<string, T>>;

/** What pandas itself says of a member; `scripts/generate-pandas-api.py` tells what each is. */
export interface MeasuredFact {
  readonly is: ByCombination<'method' | 'attribute' | 'expression' | 'function' | 'class'>;
  readonly parameters?: ByCombination<string>;
  /** Kinds with blanks between them. */
  readonly result?: ByCombination<string>;
  readonly inplace?: ByCombination<string>;
  readonly mutates?: ByCombination<true>;
  readonly mutatesArgument?: ByCombination<true>;
  readonly prints?: ByCombination<true>;
  readonly draws?: ByCombination<true>;
  /** `'block(args)'`, `'csv(args)'`, `'text(args)'`: `'pins new peak'` of a call. */
  readonly [memory: `${'block' | 'csv' | 'text'}(${string})`]: ByCombination<string>;
}

export type MeasuredApi = Readonly<Record<string, Readonly<Record<string, MeasuredFact>>>>;

/** test/pandas/pandas-api.json: what scripts/merge-pandas-api.mjs wrote. */
export function measuredApi(): MeasuredApi {
  return JSON.parse(readFileSync(new URL('pandas-api.json', import.meta.url), 'utf8')) as MeasuredApi;
}

/** The different values, over all combinations that have one. */
export function valuesOf<T extends string | true>(value: ByCombination<T> | undefined): T[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? Object.values(value) : [value];
}

/** The value in one combination; undefined where it has none. */
export function valueIn<T extends string | true>(
  value: ByCombination<T> | undefined,
  combination: Combination,
): T | undefined {
  if (typeof value !== 'object') return value;
  const key = Object.keys(value).find((those) => those.split(' ').includes(combination));
  return key === undefined ? undefined : value[key];
}

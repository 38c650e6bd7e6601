import { comparableText, numericDifference, relativeDifference } from './comparable-text.js';
import type { Declared } from './declared.js';

/** One comparison of two runs: what is allowed to differ, and what was let pass or made alike on the way. */
export class Comparing {
  readonly declared: Declared;
  readonly normalised = new Map<string, number>();
  /** The largest relative difference of two numbers that was let pass; null as long as there is none. */
  largestDifference: number | null = null;

  constructor(declared: Declared) {
    this.declared = declared;
  }

  /** Counts what was made alike. */
  readonly count = (what: string, times: number): void => {
    this.normalised.set(what, (this.normalised.get(what) ?? 0) + times);
  };

  /** A shown text without what may differ. */
  textOf(text: string): string {
    return comparableText(text, this.declared, this.count);
  }

  sameText(a: string, b: string): boolean {
    const [text, other] = [this.textOf(a), this.textOf(b)];
    if (text === other) return true;
    const { rounding } = this.declared;
    return rounding !== null && this.#letPass(numericDifference(text, other, rounding));
  }

  /** Two values as `values.py` writes them: `5`, `'a'`, `nan`. */
  sameValue(a: string, b: string): boolean {
    if (a === b) return true;
    const { types, rounding } = this.declared;
    if (types && MISSING.has(a) && MISSING.has(b)) return true;
    return rounding !== null && this.#letPass(numericDifference(a, b, rounding));
  }

  sameNumber(a: number, b: number): boolean {
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
    const { rounding } = this.declared;
    if (rounding === null) return false;
    const difference = relativeDifference(a, b);
    return this.#letPass(difference <= rounding ? difference : null);
  }

  #letPass(difference: number | null): boolean {
    if (difference === null) return false;
    if (difference > 0) this.largestDifference = Math.max(this.largestDifference ?? 0, difference);
    return true;
  }
}

const MISSING = new Set(['nan', 'None', '<NA>', 'NaT']);

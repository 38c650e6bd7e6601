import { COMBINATIONS, type Combination } from '../environment/environment.js';
import { NUMBER_KEYWORDS, NUMBER_USES, STRING_KEYWORDS, STRING_USES } from './narrow-uses-data.js';

/** What a column is read as. `float32` holds each of its values exactly, `float32 lossy` only about seven digits of them. */
export type NarrowType =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'float32'
  /** Exact, with more digits than a float32 is printed with, or so many or large values that their sums are none. */
  | 'float32 large'
  | 'float32 lossy'
  | 'category';

/**
 * What a use of a narrower column gives, measured: `same`, the same values, types and text; `narrow`, the same values in a
 * narrower type, so that what is done next is a use of a narrow value, and a text may name another type; `rounding`, numbers
 * that differ in late digits.
 */
export type NarrowVerdict = 'same' | 'narrow' | 'rounding';

/** The order of the letters' columns in narrow-uses-data.ts. */
const NUMBER_TYPES: readonly NarrowType[] = [
  'int8',
  'int16',
  'int32',
  'uint8',
  'uint32',
  'float32',
  'float32 large',
  'float32 lossy',
];

/**
 * What is done with the values, not only with the column, decides: the function that is given, what stands beside the column
 * in a row, what comes out as an array.
 */
const DEPENDS_ON_MORE: ReadonlySet<string> = new Set(
  `DataFrame.apply DataFrame.agg DataFrame.eval DataFrame.iterrows DataFrame.itertuples DataFrame.values DataFrame.to_numpy
   DataFrame.T DataFrame.transpose DataFrame.stack DataFrame.melt DataFrame.mode DataFrame.replace Series.agg Series.array
   Series.replace Series.where Series.mask Series.clip Series.fillna Series.map~dict Series.combine_first Series.equals
   Series.dot Series.update grouped~agg grouped~apply function~numpy.where function~numpy.array function~numpy.concatenate
   function~numpy.column_stack function~pandas.concat function~pandas.DataFrame function~pandas.Series
   function~pandas.get_dummies function~pandas.cut function~pandas.qcut function~numpy.dot function~numpy.maximum
   function~numpy.clip function~numpy.power`
    .split(/\s+/)
    .map((use) => use.replace('~', ' ')),
);

/**
 * What puts equal values into an order: with 8 and 16 bits it is another one (numpy's radix sort), which depends on the data
 * and on the processor.
 * [facts: dtype/ties-sort-descending-int8 dtype/ties-sort-descending-int16 dtype/ties-sort-descending-int32]
 */
const ORDERS_TIES =
  /^(Series|DataFrame)\.(nlargest|nsmallest|argsort|sort_values|rank|mode|value_counts)\b|^key (sort_values|nlargest|nsmallest|value_counts)|^function numpy\.(argsort|sort|argmax|argmin)/;

/** What is drawn or printed of equal values is the same, however it is to look; `assign` binds other columns. */
const TAKES_ANY_KEYWORD = /\b(plot|hist|boxplot|print|shown)\b|^grouped agg$|\.assign$/;

/**
 * @param use as test/python/facts/narrow_uses.py names it: `'Series.mean'`, `'key sort_values'`, `'DataFrame shown'`. What was
 *   measured in several variants (`'Series.sort_values stable'`) counts as the worst of them.
 * @param keywords of the call. Others than those that the use was measured with are a use of their own,
 *   `'DataFrame.sum(axis)'`: `pivot_table` with `margins=` turns narrower integers into floats.
 * @returns null where it is another result or an error on some combination, or was not measured
 */
export function judgeUse(
  type: NarrowType,
  use: string,
  combinations: readonly Combination[],
  keywords: readonly string[] = [],
): NarrowVerdict | null {
  if (DEPENDS_ON_MORE.has(use) || (/int(8|16)$/.test(type) && ORDERS_TIES.test(use))) return null;
  const uses = type === 'category' ? STRINGS : NUMBERS;
  const plain = uses.get(use);
  const isPlain =
    TAKES_ANY_KEYWORD.test(use) || keywords.every((keyword) => plain?.keywords.has(keyword) === true);
  const measured = isPlain ? plain : uses.get(`${use}(${keywords.toSorted().join(',')})`);
  if (measured === null) return null;
  let worst: NarrowVerdict = 'same';
  for (const letters of measured.variants)
    for (const column of columnsOf(type)) {
      // What failed wherever it was tried needs another receiver, and gives nobody knows what of that one.
      if (/^-*$/.test(letters[column] ?? '')) worst = worst === 'same' ? 'narrow' : worst;
      for (const combination of combinations) {
        const letter = letters[column]?.[COMBINATIONS.indexOf(combination)];
        // `-`: the original raises an error, and so does the rewritten notebook.
        if (letter === 's' || letter === '-') continue;
        if (letter === 't') worst = worst === 'rounding' ? worst : 'narrow';
        else if (letter === 'r') worst = 'rounding';
        else return null;
      }
    }
  return worst;
}

/** Which columns of the table hold for a type: uint16 lies between two that were measured. */
function columnsOf(type: NarrowType): readonly number[] {
  if (type === 'category') return [0];
  if (type === 'uint16') return [NUMBER_TYPES.indexOf('uint8'), NUMBER_TYPES.indexOf('uint32')];
  return [NUMBER_TYPES.indexOf(type)];
}

type Letters = readonly string[];

interface Measured {
  /** Its letters, and those of its variants. */
  readonly variants: readonly Letters[];
  readonly keywords: ReadonlySet<string>;
}

/** What was measured, read when it is first asked for: most runs ask for a few uses, or for none. */
class Uses {
  readonly #uses: string;
  readonly #keywords: string;
  readonly #known = new Map<string, Measured | null>();
  #rows: ReturnType<typeof readRows> | null = null;

  constructor(uses: string, keywords: string) {
    this.#uses = uses;
    this.#keywords = keywords;
  }

  get(use: string): Measured | null {
    const known = this.#known.get(use);
    if (known !== undefined) return known;
    this.#rows ??= readRows(this.#uses);
    const variants = this.#rows.filter(([other]) => other === use || other.startsWith(`${use} `));
    const isMeasured = variants.some(([variant]) => variant === use);
    const measured = isMeasured ? this.#describe(variants) : null;
    this.#known.set(use, measured);
    return measured;
  }

  #describe(variants: ReturnType<typeof readRows>): Measured {
    const given = new Map(readRows(this.#keywords));
    const names = variants.flatMap(([variant]) => given.get(variant) ?? []);
    return { variants: variants.map(([, letters]) => letters), keywords: new Set(names) };
  }
}

/** Lines of `use: word word`. */
function readRows(text: string): readonly (readonly [use: string, words: readonly string[]])[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const at = line.lastIndexOf(': ');
      return [line.slice(0, at), line.slice(at + 2).split(' ')] as const;
    });
}

const NUMBERS = new Uses(NUMBER_USES, NUMBER_KEYWORDS);
const STRINGS = new Uses(STRING_USES, STRING_KEYWORDS);

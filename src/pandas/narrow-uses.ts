/**
 * What may be asked of a column that is read in a narrower type. Held to all six combinations by
 * `test/pandas/narrow-uses.test.ts`, which asks real frames; what is not listed here is not known to be right.
 */

/** What a column becomes: a narrower integer, a float32, a category of strings. */
export type NarrowTarget = 'integer' | 'float' | 'category';

/**
 * `same`: the same values and the same text. `types`: the same values, and the name of a type or the memory is shown.
 * `rounding`: numbers may differ in late digits.
 */
export type NarrowVerdict = 'same' | 'types' | 'rounding';

/** `carrier.what`: verdicts for integer, float, category; `-` where it is different, an error, or not known. */
const TABLE = `
  DataFrame.head             same      same      same
  DataFrame.tail             same      same      same
  DataFrame.copy             same      same      same
  DataFrame.sample           same      same      same
  DataFrame.drop             same      same      same
  DataFrame.dropna           same      same      same
  DataFrame.reset_index      same      same      same
  DataFrame.drop_duplicates  same      same      same
  DataFrame.isna             same      same      same
  DataFrame.isnull           same      same      same
  DataFrame.notna            same      same      same
  DataFrame.notnull          same      same      same
  DataFrame.count            same      same      same
  DataFrame.nunique          same      same      same
  DataFrame.duplicated       same      same      same
  DataFrame.min              same      same      -
  DataFrame.max              same      same      -
  DataFrame.sum              -         rounding  -
  DataFrame.mean             same      rounding  -
  DataFrame.median           same      rounding  -
  DataFrame.std              same      rounding  -
  DataFrame.describe         same      rounding  -
  DataFrame.info             types     types     types
  DataFrame.memory_usage     types     types     types
  Series.head                same      same      same
  Series.tail                same      same      same
  Series.copy                same      same      same
  Series.isna                same      same      same
  Series.isnull              same      same      same
  Series.notna               same      same      same
  Series.notnull             same      same      same
  Series.count               same      same      same
  Series.nunique             same      same      same
  Series.min                 same      same      -
  Series.max                 same      same      -
  Series.sum                 same      rounding  -
  Series.mean                same      rounding  -
  Series.median              same      rounding  -
  Series.std                 same      rounding  -
  Series.var                 same      rounding  -
  Series.quantile            same      rounding  -
  Series.between             same      -         -
  Series.isin                same      -         same
  Series.tolist              same      -         same
  Series.to_list             same      -         same
  grouped.sum                same      rounding  -
  grouped.mean               same      rounding  -
  grouped.median             same      rounding  -
  grouped.std                same      rounding  -
  grouped.count              same      same      -
  grouped.size               same      same      -
  grouped.nunique            same      same      -
  key.drop_duplicates        same      same      same
  key.duplicated             same      same      same
  attribute.shape            same      same      same
  attribute.columns          same      same      same
  attribute.index            same      same      same
  attribute.size             same      same      same
  attribute.empty            same      same      same
  attribute.ndim             same      same      same
  attribute.name             same      same      same
  attribute.dtypes           types     types     types
  attribute.dtype            types     types     types
  shown.DataFrame            same      same      same
  shown.Series               types     types     types
  shown.scalar               types     types     -
  shown.aggregate            types     types     -
  printed.DataFrame          same      same      same
  printed.Series             types     types     types
  printed.scalar             same      same      -
  printed.aggregate          types     types     -
  function.len               same      same      same
  function.int               same      -         -
  function.float             same      same      -
`;

const verdicts = parse(TABLE);

/** @param asked `'Series.mean'`, `'key.sort_values'`, `'shown.DataFrame'`: see the table. Null: not known to be right. */
export function judgeUse(target: NarrowTarget, asked: string): NarrowVerdict | null {
  return verdicts.get(`${target} ${asked}`) ?? null;
}

/** What the table knows, for the test that holds it to pandas. */
export function knownUses(target: NarrowTarget): ReadonlyMap<string, NarrowVerdict> {
  const prefix = `${target} `;
  return new Map(
    [...verdicts]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

function parse(table: string): ReadonlyMap<string, NarrowVerdict> {
  const entries = new Map<string, NarrowVerdict>();
  for (const line of table.trim().split('\n')) {
    const [asked = '', ...cells] = line.trim().split(/\s+/);
    for (const [i, target] of (['integer', 'float', 'category'] as const).entries()) {
      const cell = cells[i];
      if (cell === 'same' || cell === 'types' || cell === 'rounding') entries.set(`${target} ${asked}`, cell);
    }
  }
  return entries;
}

/**
 * The plain options of `pandas.read_csv`: those that the scan knows. Whoever reads the Python call refuses every other
 * keyword by name; `describeUnsupported` gives the sentence.
 */
export interface CsvReadOptions {
  /** `sep` or `delimiter`: one ASCII character that is neither a quote nor a line end. */
  readonly sep: string;
  /** The row that holds the names, blank lines not counted; null where there is none (`header=None`). */
  readonly header: number | null;
  /** `names=`: one for each column of the file. With `header: null` they name the columns, else they replace the header. */
  readonly names: readonly string[] | null;
  /** `usecols=`: names, or positions from 0. Their order does not matter to pandas. */
  readonly usecols: readonly string[] | readonly number[] | null;
  /** `index_col=`: a name, or a position among the columns that `usecols` leaves. */
  readonly indexCol: string | number | null;
  /** `dtype=`: the type's text for each column named, or one text for all. */
  readonly dtype: ReadonlyMap<string | number, string> | string | null;
  readonly nrows: number | null;
  readonly encoding: Encoding;
  /**
   * Whether the field `None` is a missing value: it is from pandas 2.0 on, and is a string before. Null where the version
   * is not known: then a column with such a field is `mixed`.
   */
  readonly noneIsMissing: boolean | null;
}

export type Encoding = 'utf-8' | 'latin-1';

export const PLAIN_READ: CsvReadOptions = {
  sep: ',',
  header: 0,
  names: null,
  usecols: null,
  indexCol: null,
  dtype: null,
  nrows: null,
  encoding: 'utf-8',
  noneIsMissing: null,
};

/** The keywords of `read_csv` that `CsvReadOptions` stands for. */
export const SUPPORTED_KEYWORDS: ReadonlySet<string> = new Set([
  'filepath_or_buffer',
  'sep',
  'delimiter',
  'header',
  'names',
  'usecols',
  'index_col',
  'dtype',
  'nrows',
  'encoding',
]);

/** Python's aliases (Lib/encodings/aliases.py), after lower case and `-` and blanks to `_`. */
const ALIASES: ReadonlyMap<string, Encoding> = new Map([
  ...['utf_8', 'utf8', 'u8', 'utf', 'utf_8_sig', 'utf8_sig', 'cp65001', 'ascii', 'us_ascii', '646'].map(
    (alias): [string, Encoding] => [alias, 'utf-8'],
  ),
  ...['latin_1', 'latin1', 'iso_8859_1', 'iso8859_1', 'iso8859', '8859', 'cp819', 'latin', 'l1'].map(
    (alias): [string, Encoding] => [alias, 'latin-1'],
  ),
]);

/**
 * The encoding that Python's name means; null where the scan does not know it. `utf-8` and `utf-8-sig` are one here,
 * because pandas drops a byte order mark for both. ASCII is read as UTF-8: what is ASCII reads the same, and the rest
 * raises in the original.
 */
export function knownEncoding(name: string): Encoding | null {
  return ALIASES.get(name.toLowerCase().replace(/[-\s]/g, '_')) ?? null;
}

/**
 * Whether the scan can split at this separator: one ASCII character that no number has. pandas takes a longer one for a
 * regular expression, `\s+` among them.
 */
export function isPlainSeparator(sep: string): boolean {
  return sep.length === 1 && sep > '\0' && sep < '\x80' && !/["\r\n\w.+-]/.test(sep);
}

/** Why a keyword that is not in `SUPPORTED_KEYWORDS` stops the scan. */
export function describeUnsupported(keyword: string): string {
  return `read_csv is called with \`${keyword}=\`, which nbslim's scan of the file does not know`;
}

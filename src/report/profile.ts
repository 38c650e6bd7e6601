import type { ColumnProfile, CsvProfile } from '../data/column-profile.js';
import { float32Fit, narrowIntegers, plainType } from '../data/narrow.js';
import { formatBytes } from '../text/bytes.js';
import { printable } from '../text/colour.js';
import { formatTable, type TableColumn } from './table.js';

/** A column of a data file in plain data. Integers beyond 2^53 are text, since JSON's readers round them. */
export interface ReportedColumn {
  readonly name: string | number;
  readonly kind: ColumnProfile['kind'];
  /** Why a mixed column is left alone. */
  readonly why: string | null;
  readonly rows: number;
  readonly missing: number;
  readonly min: number | string | null;
  readonly max: number | string | null;
  /** Most significant digits of any value; null for what is no number. */
  readonly digits: number | null;
  /** Whether every value is a float32; null for what is no float. */
  readonly float32: boolean | null;
  /** How many different strings there are; null for what is no string, and where they are too many to keep. */
  readonly distinct: number | null;
  /** What plain `read_csv` makes of it; null where that depends on the versions. */
  readonly type: string | null;
  /** The narrowest type that holds what is in the file, without headroom; null where `type` is it already. */
  readonly narrowest: string | null;
  /** What the narrower type loses: nothing, late digits, or more. */
  readonly loss: 'none' | 'lossy' | 'unsafe' | null;
}

export interface ReportedProfile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly rows: number;
  readonly columns: readonly ReportedColumn[];
}

export function reportProfile(profile: CsvProfile): ReportedProfile {
  const { path, size, rows, columns } = profile;
  return { path, size, rows, columns: columns.map(reportColumn) };
}

function reportColumn(column: ColumnProfile): ReportedColumn {
  const { name, kind, count, missing, integers, floats, strings } = column;
  const range = kind === 'int' ? integers : kind === 'float' ? floats : null;
  return {
    name,
    kind,
    why: column.mixedBecause,
    rows: count,
    missing,
    min: plainNumber(range?.min),
    max: plainNumber(range?.max),
    digits: range === null ? null : (floats?.digits ?? null),
    float32: kind === 'float' ? (floats?.isFloat32 ?? null) : null,
    distinct: strings?.distinct?.length ?? null,
    type: plainType(column),
    ...narrow(column),
  };
}

function plainNumber(value: bigint | number | undefined): number | string | null {
  if (value === undefined) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : `${value}`;
  }
  return Number.isFinite(value) ? value : `${value}`;
}

function narrow({
  kind,
  integers,
  floats,
  strings,
  count,
}: ColumnProfile): Pick<ReportedColumn, 'narrowest' | 'loss'> {
  if (kind === 'int' && integers !== null) {
    // What stands in the file is asked for, not what a notebook's arithmetic may make of it.
    const [type = null] = narrowIntegers(integers.min, integers.max, 1);
    return { narrowest: type, loss: type === null ? null : 'none' };
  }
  if (kind === 'float' && floats !== null) return { narrowest: 'float32', loss: float32Fit(floats).loss };
  // Codes of one byte or two against a string or a pointer for each row: it pays where values come back.
  if (kind === 'string' && strings?.distinct && strings.distinct.length * 2 <= count)
    return { narrowest: 'category', loss: 'none' };
  return { narrowest: null, loss: null };
}

const TABLE: readonly (TableColumn & { cell(column: ReportedColumn): string })[] = [
  { title: 'name', align: 'left', cell: ({ name }) => printable(String(name)) },
  { title: 'kind', align: 'left', cell: ({ kind, why }) => (why === null ? kind : `${kind} (${why})`) },
  { title: 'missing', align: 'right', cell: ({ missing }) => `${missing}` },
  { title: 'min', align: 'right', cell: ({ min }) => `${min ?? ''}` },
  { title: 'max', align: 'right', cell: ({ max }) => `${max ?? ''}` },
  { title: 'digits', align: 'right', cell: ({ digits }) => `${digits ?? ''}` },
  {
    title: 'float32?',
    align: 'left',
    cell: ({ float32 }) => (float32 === null ? '' : float32 ? 'exact' : 'no'),
  },
  {
    title: 'distinct',
    align: 'right',
    cell: ({ kind, distinct }) => (kind === 'string' ? `${distinct ?? 'many'}` : ''),
  },
  { title: 'type', align: 'left', cell: ({ type }) => type ?? '' },
  {
    title: 'needs',
    align: 'left',
    cell: ({ type, narrowest, loss }) =>
      narrowest === null ? (type ?? '') : loss === 'none' ? narrowest : `${narrowest} (${loss})`,
  },
];

/** For people. Ends with a newline. */
export function formatProfile(profile: ReportedProfile): string {
  const { path, size, rows, columns } = profile;
  const head = `${printable(path)}: ${formatBytes(size)}, ${rows} rows, ${columns.length} columns\n\n`;
  return `${head}${formatTable(
    TABLE,
    columns.map((column) => TABLE.map(({ cell }) => cell(column))),
  )}`;
}

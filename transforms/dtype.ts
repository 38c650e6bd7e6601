import type { ColumnUse } from '../src/analysis/column-use.js';
import { judgeNarrowing, type NarrowingObstacle } from '../src/analysis/judge-narrowing.js';
import type { Program } from '../src/analysis/program.js';
import type { Read } from '../src/analysis/reads.js';
import type { ColumnProfile, CsvProfile, MixedReason } from '../src/data/column-profile.js';
import { FLOAT32_DIGITS, float32Fit, narrowIntegers, staysFloat32 } from '../src/data/narrow.js';
import type { Combination } from '../src/environment/environment.js';
import type { Dict, Expression } from '../src/python/ast.js';
import { literalValue, pythonString } from '../src/python/literals.js';
import type { Change, Effect, Finding, Options, Refusal, Transform } from '../src/refactor/contract.js';
import { columnBytes } from '../src/refactor/memory/column-bytes.js';
import { nearestName } from '../src/text/nearest-name.js';
import { mappedColumns } from './category-map.js';

/** pandas reads so many fields at a time (2 to the 20th bytes of pointers), and infers the types of each part alone. */
const FIELDS_OF_A_CHUNK = 2 ** 18;

/**
 * Adds `dtype=` to a call that reads a file, from a scan of the file and from how each column is used.
 */
export const dtype: Transform = {
  id: 'dtype',
  summary: 'columns of a data file are read in the narrowest type that holds them',
  explanation: `\
Adds \`dtype=\` to \`read_csv\`, from a scan of the whole file and from what the notebook does with each column.

pandas reads every integer into eight bytes and every string into an object of 50 bytes and more. A column of 0 to 100
needs one byte a row; a column of strings that repeat needs one or two, as a category.

    df = pd.read_csv('btc.csv')
    print(df['Timestamp'].max())

becomes

    df = pd.read_csv('btc.csv', dtype={'Timestamp': 'uint32'})
    print(df['Timestamp'].max())

- **Integers** take the narrowest type that holds twice the range seen (\`--headroom\`), because up to pandas 3.0 a
  type too narrow wraps in silence when the file grows. The digits stay; the name of the type is another where it is shown.
- **Decimals** take float32. That is safe where each value is a float32 and the column is only compared, counted, selected
  or asked for its least and greatest; \`--lossy\` where each has at most 7 digits; \`--unsafe\` beyond, and the change says
  how large the error is.
- **Strings** take \`category\`, where everything that is asked of them gives the same on every version.

It refuses a column where the notebook does anything that a narrower type would change, or that nbslim does not know; whole
numbers with missing values as integers; and a call whose \`dtype=\` is not written out as a dict, or that is in a loop. In a
function it must read the same file at each call, and each call must be in sight: not one that a library may make. A
\`dtype=\` that names a column that is not in the file does nothing, and is reported.
`,

  needs: (program) => program.reads.filter((read) => read.unknown === null),

  *find(program, evidence, options) {
    for (const read of program.reads) {
      const known = evidence.get(read);
      if (read.unknown !== null) {
        const why = `nbslim does not know what this call of ${read.function} reads: ${read.unknown}.`;
        yield { type: 'refusal', at: read.call, code: 'unknown-read', why };
      } else if (known?.type === 'unknown') {
        yield { type: 'refusal', at: read.call, code: known.code, why: known.why };
      } else if (known !== undefined) {
        yield* narrowRead(program, read, known.profile, options);
      }
    }
  },
};

function* narrowRead(program: Program, read: Read, profile: CsvProfile, options: Options): Iterable<Finding> {
  const existing = read.arguments.get('dtype');
  if (existing?.kind === 'Dict') yield* reportAbsentColumns(existing, profile);
  if (existing !== undefined && (existing.kind !== 'Dict' || !hasLiteralKeys(existing))) {
    const why =
      'The call has a `dtype=` that is not a dict with its columns written out: what it says is not known.';
    yield { type: 'refusal', at: existing, code: 'existing-dtype', why };
    return;
  }
  const uses = program.usesOf(read);
  const mapped = isChosen('category-map', options)
    ? mappedColumns(program, read, profile, options)
    : new Set();
  const refused: ColumnRefusal[] = [];
  for (const [order, column] of profile.columns.entries()) {
    if (column.isIndex || column.declared !== null) continue;
    if (mapped.has(String(column.name))) continue;
    const own = uses.filter(
      (use) =>
        (use.columns === 'all' || use.columns.includes(String(column.name))) &&
        !(column.kind === 'int' && isFloatAnyway(use, profile)),
    );
    const decision = decide(program, own, column, profile, options);
    if (decision === null) continue;
    if ('code' in decision) refused.push({ ...decision, column });
    else yield narrowColumn(read, column, order, decision);
  }
  yield* gatherRefusals(read, refused);
}

/**
 * `df.min()` of integers and floats together is a Series of float64, whatever the integers were: nothing that is done with it
 * can tell. Only where no other column makes objects of it, or float32 of all. [fact: dtype/min-with-a-float-column]
 */
function isFloatAnyway({ carrier, columns }: ColumnUse, profile: CsvProfile): boolean {
  if (carrier !== 'aggregate') return false;
  const together = profile.columns.filter(
    ({ name, isIndex }) => !isIndex && (columns === 'all' || columns.includes(String(name))),
  );
  return (
    together.every(({ kind, declared }) => declared === null && (kind === 'int' || kind === 'float')) &&
    together.some(({ kind }) => kind === 'float')
  );
}

/** Whether the other transform looks for the same columns; it then goes first. */
function isChosen(id: string, { select, ignore, strict }: Options): boolean {
  return !strict && !ignore.includes(id) && (select === null || select.includes(id));
}

const MIXED: Readonly<Record<MixedReason, string>> = {
  'several-kinds':
    'holds numbers and text side by side, and what pandas makes of it depends on where its parts of the file end',
  'bool-with-missing': 'holds True and False with missing values, which are objects to pandas',
  'integer-beyond-int64': 'holds whole numbers too large for int64',
  'number-by-version': 'holds numbers that the versions of pandas read differently',
  'none-by-version': 'holds the text `None`, which is a missing value from pandas 2.0 on',
};

interface Narrowing {
  readonly dtype: string;
  readonly effect: Effect;
  readonly reason: string;
}

interface Obstacle {
  readonly code: string;
  /** Goes on after "Column 'a' ...". */
  readonly why: string;
  readonly at: Expression | null;
}

/** What becomes of a column; null where there is nothing to gain. */
function decide(
  program: Program,
  uses: readonly ColumnUse[],
  column: ColumnProfile,
  profile: CsvProfile,
  options: Options,
): Narrowing | Obstacle | null {
  switch (column.kind) {
    case 'int':
      return decideInteger(program, uses, column, options);
    case 'float':
      return decideFloat(program, uses, column, options);
    case 'string':
      return decideString(program, uses, column, profile, options);
    case 'mixed':
      return { code: 'mixed-column', why: MIXED[column.mixedBecause ?? 'several-kinds'], at: null };
    default:
      return null;
  }
}

/** The narrowest type for which every use gives the same: where int8 would not do, int32 may. */
function decideInteger(
  program: Program,
  uses: readonly ColumnUse[],
  { integers }: ColumnProfile,
  { headroom, environment }: Options,
): Narrowing | Obstacle | null {
  if (integers === null) return null;
  const { min, max } = integers;
  let obstacle: Obstacle = {
    code: 'range',
    why: `holds ${min} to ${max}: no narrower type has room for ${headroom} times that`,
    at: null,
  };
  for (const type of narrowIntegers(min, max, headroom)) {
    const judged = judgeNarrowing(program, uses, type, environment.combinations);
    if ('use' in judged) obstacle = otherResult(program, judged);
    else if (judged.effect === 'rounding')
      obstacle = {
        code: 'other-result',
        why: `what is computed from it may differ in late digits where it is ${type}`,
        at: null,
      };
    else
      return {
        dtype: type,
        effect: judged.effect,
        reason: `Its values, ${min} to ${max} and none missing, fit ${type} with room for ${headroom} times that. ${REASONS[judged.effect]}`,
      };
  }
  return obstacle;
}

function decideFloat(
  program: Program,
  uses: readonly ColumnUse[],
  { floats, count }: ColumnProfile,
  { environment }: Options,
): Narrowing | Obstacle | null {
  if (floats === null) return null;
  const { loss, error } = float32Fit(floats);
  const isLong = floats.digits > FLOAT32_DIGITS || !staysFloat32(floats, count);
  const type = loss !== 'none' ? 'float32 lossy' : isLong ? 'float32 large' : 'float32';
  const judged = judgeNarrowing(program, uses, type, environment.combinations);
  if ('use' in judged) return otherResult(program, judged);
  if (error === Number.POSITIVE_INFINITY) {
    return { code: 'range', why: `holds values up to ${floats.max}, beyond what a float32 can be`, at: null };
  }
  // What only a float32 answers in the same way (an equality, a key) is refused where the values are not.
  if (loss !== 'none' && judged.exact !== null) {
    const why = `${describeUse(program, judged.exact)} asks for exact values, and not all of its values are float32s`;
    return { code: 'exact-floats', why, at: judged.exact.node };
  }
  switch (loss) {
    case 'none':
      return {
        dtype: 'float32',
        effect: judged.effect,
        reason: `Each of its values is a float32. ${REASONS[judged.effect]}`,
      };
    case 'lossy': {
      const reason = `Its values have at most ${floats.digits} digits, which a float32 keeps; what is computed from them may differ in late digits.`;
      return { dtype: 'float32', effect: 'rounding', reason };
    }
    case 'unsafe': {
      const reason = `Its values have up to ${floats.digits} digits, and a float32 keeps about 7: the relative error is up to ${error.toPrecision(2)}.`;
      return { dtype: 'float32', effect: 'different', reason };
    }
  }
}

function decideString(
  program: Program,
  uses: readonly ColumnUse[],
  column: ColumnProfile,
  profile: CsvProfile,
  { environment }: Options,
): Narrowing | Obstacle | null {
  const { strings, count, missing } = column;
  const distinct = strings?.distinct?.length ?? null;
  if (distinct === null) return null;
  // Each value of a category is held once and can be looked up, with a code for each row: where few repeat it takes more.
  const bytes = (dtype: string | null, combination: Combination) =>
    columnBytes(column, dtype, count, profile.header.length, combination);
  if (environment.combinations.every((one) => bytes('category', one) >= bytes(null, one))) return null;
  const chunks = profile.rows * profile.columns.length > FIELDS_OF_A_CHUNK;
  if (missing > 0 && chunks && environment.combinations.includes('E4')) {
    const why = 'has missing values, and pandas 3.0 raises an error where a part of the file has no other';
    return { code: 'missing-in-a-chunk', why, at: null };
  }
  const judged = judgeNarrowing(program, uses, 'category', environment.combinations);
  if ('use' in judged) return otherResult(program, judged);
  const reason = `Its ${count} values are ${distinct} different strings. ${REASONS[judged.effect]}`;
  return { dtype: 'category', effect: judged.effect, reason };
}

const REASONS = {
  none: 'Everything that is asked of it gives the same.',
  types: 'Everything that is asked of it gives the same values; types that are shown have other names.',
  rounding: 'What is computed from it may differ in late digits.',
} as const;

function otherResult(program: Program, { use }: NarrowingObstacle): Obstacle {
  const isUnknown = use.operation.type === 'unknown';
  const because = use.operation.type === 'unknown' ? `, because ${use.operation.why}` : '';
  const why = `${describeUse(program, use)} may give something else with a narrower type${because}`;
  return { code: isUnknown ? 'unknown-use' : 'other-result', why, at: use.node };
}

function describeUse(program: Program, { node }: ColumnUse): string {
  const [line = '', ...more] = program.textOf(node).split('\n');
  return `\`${line}${more.length > 0 ? ' ...' : ''}\` in cell ${program.cellOf(node).index}`;
}

interface ColumnRefusal extends Obstacle {
  readonly column: ColumnProfile;
}

function narrowColumn(
  read: Read,
  { name }: ColumnProfile,
  order: number,
  { dtype, effect, reason }: Narrowing,
): Change {
  const key = pythonLiteral(name);
  return {
    type: 'change',
    at: read.call,
    subject: String(name),
    summary: `read ${key} as ${dtype}`,
    reason,
    effect,
    assumes: ['code', 'data'],
    intents: [
      {
        type: 'mergeEntries',
        call: read.call,
        name: 'dtype',
        entries: [{ key, value: pythonString(dtype), order }],
      },
    ],
    adjustments: [{ type: 'column-dtype', read, column: String(name), dtype }],
  };
}

/** One refusal for all columns that fail for the same reason at the same place. */
function* gatherRefusals(read: Read, refused: readonly ColumnRefusal[]): Iterable<Refusal> {
  const groups = new Map<string, ColumnRefusal[]>();
  for (const one of refused) {
    const key = JSON.stringify([one.code, one.why, one.at?.source, one.at?.start]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    const names = [first, ...others].map(({ column }) => pythonLiteral(column.name));
    const columns =
      others.length === 0
        ? `Column ${names[0]}`
        : `Columns ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    yield {
      type: 'refusal',
      at: first.at ?? read.call,
      code: first.code,
      why: `${columns}: ${first.why}.`,
      subject: names.join(', '),
    };
  }
}

/** The keys of the call's own `dtype=` that no column of the file has: pandas passes over them in silence. */
function* reportAbsentColumns(existing: Dict, { header }: CsvProfile): Iterable<Refusal> {
  for (const { key } of existing.entries) {
    if (key?.kind !== 'StringLiteral' || key.value === null || header.includes(key.value)) continue;
    const near = nearestName(
      key.value,
      header.filter((name) => typeof name === 'string'),
    );
    const hint = near === null ? '' : `; did you mean ${pythonString(near)}?`;
    yield {
      type: 'refusal',
      at: key,
      code: 'no-such-column',
      why: `\`dtype=\` names a column that the file does not have, and does nothing: no such column ${pythonString(key.value)}${hint || '.'}`,
      subject: key.value,
    };
  }
}

/** Whether each key is a string or a number that is written out. */
function hasLiteralKeys({ entries }: Dict): boolean {
  return entries.every(({ key }) => {
    const value = key === null ? undefined : literalValue(key);
    return value?.type === 'str' || value?.type === 'int';
  });
}

/** A column's name as a key: a number where the file has no header. */
function pythonLiteral(name: string | number): string {
  return typeof name === 'number' ? String(name) : pythonString(name);
}

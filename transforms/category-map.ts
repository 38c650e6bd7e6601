import type { ColumnUse } from '../src/analysis/column-use.js';
import type { Program } from '../src/analysis/program.js';
import type { Read } from '../src/analysis/reads.js';
import type { ColumnProfile, CsvProfile } from '../src/data/column-profile.js';
import type { Call, Expression, Statement, StringLiteral } from '../src/python/ast.js';
import { pythonString } from '../src/python/literals.js';
import type { Change, Finding, Intent, Options, Refusal, Transform } from '../src/refactor/contract.js';

/** A longer map is no help to its reader: there `dtype` writes `category`. */
const MOST_VALUES = 20;

/** What may be asked of a frame without asking what its strings are. `info` and `dtypes` show the new type. */
const BLIND_METHODS: ReadonlySet<string> = new Set(['info', 'memory_usage']);
const BLIND_ATTRIBUTES: ReadonlySet<string> = new Set([
  'columns',
  'dtypes',
  'empty',
  'index',
  'ndim',
  'shape',
  'size',
]);

/**
 * A column of strings that is only compared with literals becomes small integers, by a map that has a name.
 */
export const categoryMap: Transform = {
  id: 'category-map',
  summary: 'a column of strings that is only compared with literals becomes integers, through a named map',
  explanation: `\
A column of strings that the notebook only compares with literals becomes a column of small integers, through a map
that has the column's name.

A string takes 50 bytes and more, a code one byte. The comparisons stay readable, because they name the string still,
and they become faster. The file is read with the column as a category, so that its strings are never held one by one,
at the peak neither.

    import pandas as pd

    df = pd.read_csv('people.csv')
    china = df[df['country'] == 'China']

becomes

    import pandas as pd
    COUNTRY = {'China': 1, 'USA': 2, 'Italy': 3}

    df = pd.read_csv('people.csv', dtype={'country': 'category'})
    df['country'] = df['country'].map(COUNTRY).astype('int8')
    china = df[df['country'] == COUNTRY['China']]

Literals that are not among the file's values get a code of their own, so that they compare false as before. Should the
file get a new value later, the \`astype\` raises an error rather than go wrong in silence.

It refuses where anything else is asked of the column, or of a frame that has it: where it is shown, grouped by, written,
compared with a variable, given to a function. It refuses missing values, more than ${MOST_VALUES} different values, and a read
whose frame is not given a name at once.
`,

  needs(program) {
    return program.reads.filter((read) => read.unknown === null && comparedColumns(program, read).size > 0);
  },

  *find(program, evidence, options) {
    const taken = new Set<string>();
    for (const read of program.reads) {
      if (read.unknown !== null) continue;
      for (const column of comparedColumns(program, read)) {
        const known = evidence.get(read);
        if (known === undefined) continue;
        if (known.type === 'unknown') {
          yield refuse(read.call, column, known.code, known.why);
          continue;
        }
        const profile = known.profile.columns.find(({ name }) => name === column);
        // A column that is not in the file was made by the notebook, and numbers are compared with strings by mistake.
        if (profile?.kind !== 'string' || profile.declared !== null || profile.isIndex) continue;
        yield mapColumn(
          program,
          read,
          column,
          profile,
          known.profile.columns.indexOf(profile),
          taken,
          options,
        );
      }
    }
  },
};

/** The columns that become codes, which `dtype` leaves alone. */
export function mappedColumns(
  program: Program,
  read: Read,
  profile: CsvProfile,
  options: Options,
): ReadonlySet<string> {
  const columns = [...comparedColumns(program, read)].filter((column) => {
    const found = profile.columns.find(({ name }) => name === column);
    if (found?.kind !== 'string' || found.declared !== null || found.isIndex) return false;
    return mapColumn(program, read, column, found, 0, new Set(), options).type === 'change';
  });
  return new Set(columns);
}

/** The columns that are compared with string literals somewhere. */
function comparedColumns(program: Program, read: Read): ReadonlySet<string> {
  const columns = program
    .usesOf(read)
    .flatMap((use) => (literalsOf(use) === null || use.columns === 'all' ? [] : use.columns));
  return new Set(columns);
}

function mapColumn(
  program: Program,
  read: Read,
  column: string,
  profile: ColumnProfile,
  order: number,
  taken: Set<string>,
  options: Options,
): Finding {
  const no = (at: Expression | Call, code: string, why: string) => refuse(at, column, code, why);
  const frame = assignedName(program, read);
  if (frame === null) {
    return no(read.call, 'not-assigned', 'What is read is not given a plain name of its own at once.');
  }
  const imports = importBefore(program, read);
  if (imports === null) {
    return no(
      read.call,
      'no-place',
      'No import stands at the top level before the read, below which the map could stand.',
    );
  }
  if (options.imports === 'inside') {
    return no(read.call, 'no-place', 'With `--imports inside` the map would be out of reach of later cells.');
  }
  const dtype = read.arguments.get('dtype');
  if (dtype !== undefined && dtype.kind !== 'Dict') {
    return no(dtype, 'existing-dtype', 'The call has a `dtype=` that is not written out as a dict.');
  }
  if (profile.missing > 0) {
    return no(read.call, 'missing-values', `The column has ${profile.missing} missing values.`);
  }
  const values = profile.strings?.distinct?.map(({ value }) => value) ?? null;
  if (values === null || values.length > MOST_VALUES) {
    const many = values === null ? 'too many' : String(values.length);
    return no(
      read.call,
      'many-values',
      `The column holds ${many} different strings: a map would not be readable.`,
    );
  }

  const literals: StringLiteral[] = [];
  for (const use of program.usesOf(read)) {
    if (use.columns !== 'all' && !use.columns.includes(column)) continue;
    if (isBlind(use)) continue;
    const compared = use.columns === 'all' ? null : literalsOf(use);
    if (compared === null) {
      return no(
        use.node,
        'other-use',
        isInText(use)
          ? `${describeUse(program, use)} compares the column in a text, which nbslim does not rewrite.`
          : `${describeUse(program, use)} asks more of the column than a comparison with literals.`,
      );
    }
    literals.push(...compared);
  }

  const codes = new Map<string, number>();
  for (const value of [...values, ...literals.map(({ value }) => value ?? '')]) {
    if (!codes.has(value)) codes.set(value, codes.size + 1);
  }
  const name = freshName(program, column, taken);
  const key = pythonString(column);
  const map = [...codes].map(([value, code]) => `${pythonString(value)}: ${code}`).join(', ');
  const cells = [...new Set(literals.map((literal) => program.cellOf(literal).index))];
  const intents: Intent[] = [
    {
      type: 'mergeEntries',
      call: read.call,
      name: 'dtype',
      entries: [{ key, value: "'category'", order }],
    },
    // Not beside the read: where `collapse` makes a function of the read, later cells would not know the name.
    { type: 'insertAfter', statement: imports, code: [`${name} = {${map}}`] },
    {
      type: 'insertAfter',
      statement: program.statementOf(read.call).node,
      code: [
        `${frame}[${key}] = ${frame}[${key}].map(${name}).astype('${codes.size > 127 ? 'int16' : 'int8'}')`,
      ],
    },
    ...literals.map(
      (literal): Intent => ({
        type: 'replaceExpression',
        node: literal,
        code: [`${name}[${program.textOf(literal)}]`],
      }),
    ),
  ];
  return {
    type: 'change',
    at: read.call,
    subject: column,
    summary: `make codes of ${key}, named by ${name}`,
    reason:
      `The column holds ${values.length} different strings, none of them missing, and is only compared with literals ` +
      `(in ${cells.length === 1 ? 'cell' : 'cells'} ${cells.join(', ')}), which name the codes now. ` +
      `Afterwards ${frame}[${key}] holds integers; a string that the file does not have today raises an error.`,
    effect: 'types',
    assumes: ['code', 'data'],
    intents,
    adjustments: [{ type: 'column-dtype', read, column, dtype: 'int8' }],
    maps: [{ column, map: name }],
  } satisfies Change;
}

/** In `df.query('column == "x"')`, where no literal of the notebook is compared. */
const isInText = ({ operation, node }: ColumnUse): boolean =>
  operation.type === 'compare' && node.kind === 'Call';

/** The string literals of a use that only compares a column with literals; null for any other use. */
function literalsOf(use: ColumnUse): readonly StringLiteral[] | null {
  if (use.carrier !== 'Series' || isInText(use)) return null;
  const { operation } = use;
  if (operation.type === 'compare') {
    return operation.op === '==' || operation.op === '!=' ? allStrings([operation.other]) : null;
  }
  if (operation.type !== 'method') return null;
  const [argument, ...others] = operation.call.args;
  if (argument === undefined || others.length > 0 || operation.call.keywords.length > 0) return null;
  if (operation.name === 'isin') {
    const isCollection =
      argument.kind === 'List' || argument.kind === 'Tuple' || argument.kind === 'SetDisplay';
    return isCollection ? allStrings(argument.elements) : null;
  }
  if (operation.name === 'map' && argument.kind === 'Dict') {
    return allStrings(argument.entries.map(({ key, value }) => key ?? value));
  }
  return null;
}

/** The expressions, if each is a string whose value is known and there is one at least. */
function allStrings(expressions: readonly Expression[]): readonly StringLiteral[] | null {
  const strings = expressions.filter(
    (expression) => expression.kind === 'StringLiteral' && !expression.isBytes && expression.value !== null,
  ) as StringLiteral[];
  return strings.length === expressions.length && strings.length > 0 ? strings : null;
}

/** Whether the use asks nothing of the strings. */
function isBlind({ operation }: ColumnUse): boolean {
  switch (operation.type) {
    case 'selected':
    case 'final':
      return true;
    case 'method':
      return BLIND_METHODS.has(operation.name);
    case 'attribute':
      return BLIND_ATTRIBUTES.has(operation.name);
    case 'function':
      return operation.name === 'len';
    default:
      return false;
  }
}

function describeUse(program: Program, use: ColumnUse): string {
  const [line = ''] = program.textOf(use.node).split('\n');
  const cell = `cell ${program.cellOf(use.node).index}`;
  if (use.operation.type === 'unknown')
    return `\`${line}\` in ${cell}, of which nbslim can't say what it does (${use.operation.why}),`;
  return `\`${line}\` in ${cell}`;
}

/** The last import at the top level before the read. */
function importBefore(program: Program, read: Read): Statement | null {
  const { index } = program.statementOf(read.call);
  const found = program.statements
    .slice(0, index)
    .findLast(({ node }) => node.kind === 'Import' || node.kind === 'ImportFrom');
  return found?.node ?? null;
}

/** `x` where the read's statement is `x = pd.read_csv(...)` at the top level. */
function assignedName(program: Program, read: Read): string | null {
  const { node } = program.statementOf(read.call);
  if (node.kind !== 'Assign' || node.value !== read.call) return null;
  const [target, ...others] = node.targets;
  return target?.kind === 'Name' && others.length === 0 ? target.id : null;
}

/** The column's name in capitals, or the first like it that stands nowhere in the notebook. */
function freshName(program: Program, column: string, taken: Set<string>): string {
  const words = column.toUpperCase().match(/[A-Z0-9]+/g) ?? ['COLUMN'];
  const name = words.join('_').replace(/^(?=\d)/, 'CODES_');
  const sources = program.cells.map(({ cell }) => (cell.type === 'code' ? cell.source : ''));
  const isFree = (candidate: string) =>
    !taken.has(candidate) && !sources.some((source) => new RegExp(`\\b${candidate}\\b`).test(source));
  let candidate = name;
  for (let number = 1; !isFree(candidate); number++) {
    candidate = `${name}_CODES${number === 1 ? '' : `_${number}`}`;
  }
  taken.add(candidate);
  return candidate;
}

function refuse(at: Expression, column: string, code: string, why: string): Refusal {
  return { type: 'refusal', code, why, at, subject: column };
}

import type { Call, Expression, Subscript } from '../python/ast.js';
import {
  argumentOf,
  type Columns,
  isOpen,
  type Label,
  WrittenLabels,
  withAll,
  without,
} from './column-labels.js';
import type { Program } from './program.js';
import type { Read } from './reads.js';

/** Methods of a frame whose result has the columns of the frame, in their order, whatever they are called with. */
const KEEP: ReadonlySet<string> = new Set(
  `copy head tail sample sort_values sort_index fillna ffill bfill pad backfill drop_duplicates query replace round where mask
   nlargest nsmallest abs interpolate diff cumsum cumprod cummax cummin isna isnull notna notnull truncate infer_objects
   convert_dtypes astype clip applymap tz_localize tz_convert between_time at_time first last`.split(/\s+/),
);

/** What columns an expression's frame has, as far as that is written out. */
export class ColumnsOfExpression {
  readonly written: WrittenLabels;
  readonly #program: Program;
  readonly #headers: ReadonlyMap<Read, Columns>;
  readonly #named: (name: string) => Columns | null;

  /**
   * @param headers the columns that a read gives, where its file has been looked at
   * @param named the columns of the frame that a name holds where the expression stands
   */
  constructor(
    program: Program,
    headers: ReadonlyMap<Read, Columns>,
    named: (name: string) => Columns | null,
  ) {
    this.#program = program;
    this.written = new WrittenLabels(program);
    this.#headers = headers;
    this.#named = named;
  }

  /** The columns of the frame that the expression gives; null where it gives none, or nobody knows. */
  of(expression: Expression): Columns | null {
    switch (expression.kind) {
      case 'Name':
        return this.#named(expression.id);
      case 'Subscript':
        return this.#selected(expression);
      case 'Call':
        return this.#given(expression);
      default:
        return null;
    }
  }

  #selected({ value, index }: Subscript): Columns | null {
    if (value.kind === 'Attribute' && (value.attr.id === 'loc' || value.attr.id === 'iloc')) {
      const columns = this.of(value.value);
      if (columns === null) return null;
      const [rows, wanted, ...others] = index.kind === 'Tuple' ? index.elements : [index];
      if (others.length > 0 || rows === undefined || !(rows.kind === 'Slice' || this.isMask(rows)))
        return null;
      if (wanted === undefined) return columns;
      const isAll =
        wanted.kind === 'Slice' && wanted.lower === null && wanted.upper === null && wanted.step === null;
      if (isAll) return columns;
      return value.attr.id === 'loc' ? this.written.list(wanted) : null;
    }
    const columns = this.of(value);
    if (columns === null) return null;
    return index.kind === 'Slice' || this.isMask(index) ? columns : this.written.list(index);
  }

  /** Whether the index picks rows by True and False. */
  isMask(index: Expression): boolean {
    if (index.kind === 'Compare') return true;
    if (index.kind === 'UnaryOperation') return index.op === '~' && this.isMask(index.operand);
    if (index.kind === 'BinaryOperation')
      return (index.op === '&' || index.op === '|') && this.isMask(index.left) && this.isMask(index.right);
    return this.#program.kindOf(index) === 'Series';
  }

  #given(call: Call): Columns | null {
    if (isOpen(call)) return null;
    const { func } = call;
    const qualified = this.#qualified(func);
    if (qualified !== '') return this.#givenByFunction(call, qualified);
    const columns = func.kind === 'Attribute' ? this.of(func.value) : null;
    if (func.kind !== 'Attribute' || columns === null || this.isInPlace(call)) return null;
    return this.resultOf(call, func.attr.id, columns);
  }

  #givenByFunction(call: Call, qualified: string): Columns | null {
    switch (qualified) {
      case 'pandas.read_csv':
      case 'pandas.read_table': {
        const read = this.#program.reads.find((one) => one.call === call);
        return read === undefined ? null : (this.#headers.get(read) ?? null);
      }
      case 'pandas.DataFrame': {
        const named = argumentOf(call, 'columns', 2);
        return named === undefined
          ? this.written.keys(argumentOf(call, 'data', 0))
          : this.written.list(named);
      }
      case 'pandas.concat':
        return this.#joined(call);
      case 'pandas.merge': {
        const [left, right] = [argumentOf(call, 'left', 0), argumentOf(call, 'right', 1)];
        const columns = left === undefined ? null : this.of(left);
        return right === undefined || columns === null ? null : this.#merged(call, columns, right, 2);
      }
      default:
        return null;
    }
  }

  /** `pd.concat([a, b])`: the columns of all of them, one below the other; side by side if it is told so. */
  #joined(call: Call): Columns | null {
    const list = argumentOf(call, 'objs', 0);
    const known = call.keywords.every(({ name }) =>
      ['objs', 'ignore_index', 'axis', 'sort'].includes(name?.id ?? ''),
    );
    if (list?.kind !== 'List' || !known || call.args.length > 1) return null;
    const parts = list.elements.map((element) => this.of(element));
    const axis = call.keywords.find(({ name }) => name?.id === 'axis')?.value;
    const isBelow = axis === undefined || this.#program.textOf(axis) === '0';
    const isSorted = call.keywords.some(
      ({ name, value }) => name?.id === 'sort' && this.#program.textOf(value) !== 'False',
    );
    let all: Columns = [];
    for (const columns of parts) {
      if (columns === null || isSorted) return null;
      if (!isBelow && columns.some((label) => all.includes(label))) return null;
      all = withAll(all, columns) ?? all;
    }
    return isBelow || this.#program.textOf(axis) === '1' ? all : null;
  }

  /**
   * What `left.merge(right)` has: the keys, then what is left of both; columns that both have get suffixes.
   *
   * @param place of `how`, which stands before `on`
   */
  #merged(call: Call, left: Columns, right: Expression, place: number): Columns | null {
    const other = this.of(right);
    const known = [
      'left',
      'right',
      'how',
      'on',
      'left_on',
      'right_on',
      'sort',
      'suffixes',
      'copy',
      'validate',
    ];
    if (other === null || !call.keywords.every(({ name }) => known.includes(name?.id ?? ''))) return null;
    if (['cross', 'leftsemi'].includes(String(this.written.one(argumentOf(call, 'how', place))))) return null;
    const on = argumentOf(call, 'on', place + 1);
    const [leftOn, rightOn] = [
      argumentOf(call, 'left_on', place + 2),
      argumentOf(call, 'right_on', place + 3),
    ];
    const suffixes = argumentOf(call, 'suffixes', -1);
    const ends = suffixes === undefined ? ['_x', '_y'] : this.written.pair(suffixes);
    const common = left.filter((label) => other.includes(label));
    let shared: Columns | null = common;
    if (on !== undefined) shared = this.written.some(on);
    else if (leftOn !== undefined || rightOn !== undefined) {
      const [a, b] = [this.written.some(leftOn), this.written.some(rightOn)];
      shared = a === null || b === null ? null : a.filter((label, i) => label === b[i]);
    }
    if (shared === null || ends?.length !== 2) return null;
    const keys = shared;
    const isDouble = (label: Label) => common.includes(label) && !keys.includes(label);
    if (common.some((label) => isDouble(label) && typeof label !== 'string')) return null;
    const result = [
      ...left.map((label) => (isDouble(label) ? `${label}${ends[0]}` : label)),
      ...other.flatMap((label) =>
        keys.includes(label) ? [] : isDouble(label) ? `${label}${ends[1]}` : label,
      ),
    ];
    return new Set(result).size === result.length ? result : null;
  }

  /** The columns of what the method gives, called on a frame with these. */
  resultOf(call: Call, method: string, columns: Columns): Columns | null {
    if (isOpen(call)) return null;
    if (KEEP.has(method))
      return this.#isOfRows(argumentOf(call, 'axis', method === 'sort_index' ? 0 : 2)) ? columns : null;
    const given = (name: string, place = -1) => argumentOf(call, name, place);
    const isOfColumns = (axis: Expression | undefined) =>
      axis !== undefined && ['1', "'columns'", '"columns"'].includes(this.#program.textOf(axis));
    switch (method) {
      case 'dropna':
        return this.#isOfRows(given('axis', 0)) ? columns : null;
      case 'drop': {
        const named = given('columns', 3);
        if (named !== undefined) return without(columns, this.written.some(named));
        if (isOfColumns(given('axis', 1))) return without(columns, this.written.some(given('labels', 0)));
        return this.#isOfRows(given('axis', 1)) ? columns : null;
      }
      case 'rename': {
        const map = given('columns') ?? (isOfColumns(given('axis')) ? given('mapper', 0) : undefined);
        if (map !== undefined) return renamed(columns, this.written.map(map));
        return given('index') !== undefined && call.args.length === 0 ? columns : null;
      }
      case 'assign':
        return call.args.length > 0
          ? null
          : withAll(
              columns,
              call.keywords.map(({ name }) => name?.id ?? ''),
            );
      case 'filter': {
        const items = this.written.list(given('items', 0));
        return items === null ? null : items.filter((label) => columns.includes(label));
      }
      case 'set_index': {
        const keys = this.written.some(given('keys', 0));
        const drop = given('drop', 1);
        if (drop === undefined) return without(columns, keys);
        return this.#program.textOf(drop) === 'False' ? columns : null;
      }
      case 'reset_index': {
        const drop = given('drop');
        return drop !== undefined && this.#program.textOf(drop) === 'True' ? columns : null;
      }
      case 'reindex': {
        const wanted = given('columns');
        return wanted === undefined ? null : this.written.list(wanted);
      }
      case 'merge': {
        const right = given('right', 0);
        return right === undefined ? null : this.#merged(call, columns, right, 1);
      }
      default:
        return null;
    }
  }

  #isOfRows(axis: Expression | undefined): boolean {
    return axis === undefined || ['0', "'index'", '"index"', "'rows'"].includes(this.#program.textOf(axis));
  }

  /** Whether the call may change what it is called on. */
  isInPlace(call: Call): boolean {
    const inplace = call.keywords.find(({ name }) => name?.id === 'inplace')?.value;
    return isOpen(call) || (inplace !== undefined && this.#program.textOf(inplace) !== 'False');
  }

  #qualified(expression: Expression): string {
    return this.#program.notebookNames.qualifiedName(expression) ?? '';
  }
}

const renamed = (columns: Columns, names: ReadonlyMap<Label, Label> | null): Columns | null =>
  names === null ? null : columns.map((label) => names.get(label) ?? label);

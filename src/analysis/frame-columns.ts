import type { Assign, Call, Expression, Statement, Subscript } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import { argumentOf, type Columns, withAll, without } from './column-labels.js';
import { ColumnsOfExpression } from './columns-of-expression.js';
import type { Program, StatementFacts } from './program.js';
import type { Read } from './reads.js';

/** Where a frame is and what its columns are; two names for one frame have the same `id`. */
interface Frame {
  readonly id: number;
  readonly columns: Columns;
}

/** The frame whose columns a statement changes, with what they are then; null for what nobody knows. */
interface Changed {
  readonly id: number;
  readonly columns: Columns | null;
}

/** Values alone are changed. */
const NOTHING: Changed = { id: -1, columns: null };

/**
 * The columns of the frames that the notebook's names hold: from the headers of files and from what is written out, through
 * what is done with them at the top level. What is done in a function or in a block, and whatever else may change a frame, makes its
 * columns unknown.
 */
export class FrameColumns {
  readonly #program: Program;
  readonly #expressions: ColumnsOfExpression;
  readonly #frames = new Map<string, Frame>();
  #count = 0;

  /** @param headers the columns that a read gives, where its file has been looked at */
  constructor(program: Program, headers: ReadonlyMap<Read, Columns>) {
    this.#program = program;
    this.#expressions = new ColumnsOfExpression(program, headers, (name) => this.atEnd(name));
    if (program.opaque === null) for (const statement of program.statements) this.#pass(statement);
  }

  /** The columns of the frame that the name holds at the notebook's end, in their order; null where they are not known. */
  atEnd(name: string): Columns | null {
    return this.#frames.get(name)?.columns ?? null;
  }

  #pass(statement: StatementFacts): void {
    if (statement.opaque !== null) {
      this.#frames.clear();
      return;
    }
    const { node, writes, maybeWrites, deletes, mutates } = statement;
    const isPlain = this.#isPlain(node, statement);
    const made = isPlain ? this.#madeBy(node, mutates) : [];
    const changed = isPlain ? this.#changedBy(node) : null;
    for (const name of [...writes, ...maybeWrites, ...deletes]) this.#frames.delete(name);
    if (changed === null) for (const name of mutates) this.#frames.delete(name);
    else
      for (const [name, frame] of this.#frames) {
        if (changed.id !== frame.id) continue;
        if (changed.columns === null) this.#frames.delete(name);
        else this.#frames.set(name, { id: frame.id, columns: changed.columns });
      }
    for (const [name, frame] of made) this.#frames.set(name, frame);
  }

  /** Whether no function of the notebook runs in the statement, and nothing that nobody knows. */
  #isPlain(node: Statement, { effects }: StatementFacts): boolean {
    if (effects.has('unknown')) return false;
    const isSimple = ['Assign', 'AnnAssign', 'AugAssign', 'Delete', 'ExpressionStatement'].includes(
      node.kind,
    );
    return (
      isSimple &&
      findAll(node, 'NamedExpression').length === 0 &&
      findAll(node, 'Name').every((name) => this.#program.kindOf(name) !== 'function')
    );
  }

  /** The frames that the statement gives names. */
  #madeBy(node: Statement, mutates: ReadonlySet<string>): readonly (readonly [string, Frame])[] {
    if (node.kind !== 'Assign') return [];
    const [target, ...others] = node.targets;
    if (target === undefined || others.length > 0) return [];
    if (target.kind === 'Tuple' && node.value.kind === 'Call')
      return this.#splitInto(target.elements, node.value);
    if (target.kind !== 'Name') return [];
    // What the statement itself changes is not what it was.
    if (findAll(node.value, 'Name').some(({ id }) => mutates.has(id))) return [];
    if (node.value.kind === 'Name') {
      const same = this.#frames.get(node.value.id);
      return same === undefined ? [] : [[target.id, same]];
    }
    const columns = this.#expressions.of(node.value);
    return columns === null ? [] : [[target.id, this.#newFrame(columns)]];
  }

  #newFrame(columns: Columns): Frame {
    this.#count++;
    return { id: this.#count, columns };
  }

  /** `x_train, x_test = train_test_split(x)`: two of each. */
  #splitInto(targets: readonly Expression[], { func, args }: Call): readonly (readonly [string, Frame])[] {
    if (this.#program.notebookNames.qualifiedName(func) !== 'sklearn.model_selection.train_test_split')
      return [];
    return targets.flatMap((target, at): (readonly [string, Frame])[] => {
      const whole = args[Math.floor(at / 2)];
      const columns = whole === undefined ? null : this.#expressions.of(whole);
      return target.kind !== 'Name' || columns === null ? [] : [[target.id, this.#newFrame(columns)]];
    });
  }

  /**
   * The one frame whose columns the statement may change; `NOTHING` where it changes values of frames and no columns; null where
   * that is not known: whatever it changes may have other columns then.
   */
  #changedBy(node: Statement): Changed | null {
    switch (node.kind) {
      case 'Assign':
        return node.targets.length === 1 && node.targets[0] !== undefined
          ? this.#stored(node, node.targets[0])
          : null;
      case 'AugAssign':
        return node.target.kind === 'Subscript' ? NOTHING : null;
      case 'Delete': {
        const [target, ...others] = node.targets;
        if (target?.kind === 'Name' && others.length === 0) return NOTHING;
        const frame =
          target?.kind === 'Subscript' && others.length === 0 ? this.#frameOf(target.value) : null;
        if (frame === null || target?.kind !== 'Subscript') return null;
        return {
          id: frame.id,
          columns: without(frame.columns, this.#expressions.written.some(target.index)),
        };
      }
      case 'ExpressionStatement':
        return node.value.kind === 'Call' ? this.#called(node.value) : NOTHING;
      default:
        return null;
    }
  }

  #stored(node: Assign, target: Expression): Changed | null {
    if (target.kind === 'Name' || target.kind === 'Tuple') return this.#takesOut(node.value);
    if (target.kind === 'Attribute') {
      const frame = this.#frameOf(target.value);
      if (frame === null) return null;
      if (target.attr.id === 'columns')
        return { id: frame.id, columns: this.#expressions.written.list(node.value) };
      return target.attr.id === 'index' ? NOTHING : null;
    }
    if (target.kind !== 'Subscript') return null;
    if (this.#program.kindOf(target.value) === 'Series') return NOTHING;
    const frame = this.#frameOf(target.value);
    if (frame !== null) return { id: frame.id, columns: this.#withStored(frame, target) };
    return this.#storedByLocation(target);
  }

  /** `df['a'] = ...`, `df[['a', 'b']] = ...`; `df[mask] = ...` puts values into columns that are there. */
  #withStored({ columns }: Frame, { index }: Subscript): Columns | null {
    if (this.#expressions.isMask(index)) return columns;
    return withAll(columns, this.#expressions.written.some(index));
  }

  /** `df.loc[rows, 'a'] = ...`, `df.iloc[...] = ...` */
  #storedByLocation({ value, index }: Subscript): Changed | null {
    const frame = value.kind === 'Attribute' ? this.#frameOf(value.value) : null;
    if (value.kind !== 'Attribute' || frame === null) return null;
    const { id, columns } = frame;
    if (value.attr.id === 'iloc' || value.attr.id === 'iat') return { id, columns };
    if (value.attr.id !== 'loc' && value.attr.id !== 'at') return null;
    const column = index.kind === 'Tuple' ? index.elements[1] : undefined;
    if (index.kind !== 'Tuple') return { id, columns };
    if (column?.kind === 'Slice') return { id, columns };
    return { id, columns: withAll(columns, this.#expressions.written.some(column)) };
  }

  /** A call whose value nobody takes. */
  #called(call: Call): Changed | null {
    const { func } = call;
    const frame = func.kind === 'Attribute' ? this.#frameOf(func.value) : null;
    if (func.kind !== 'Attribute') return this.#takesOut(call);
    if (frame === null) {
      // `df['a'].fillna(0, inplace=True)`
      const isOfSeries = this.#program.kindOf(func.value) === 'Series' && this.#expressions.isInPlace(call);
      return isOfSeries ? NOTHING : this.#takesOut(call);
    }
    const { id, columns } = frame;
    if (func.attr.id === 'insert') {
      const label = this.#expressions.written.one(argumentOf(call, 'column', 1));
      const place = this.#expressions.written.one(argumentOf(call, 'loc', 0));
      if (label === null || typeof place !== 'number') return { id, columns: null };
      return { id, columns: columns.toSpliced(place, 0, label) };
    }
    if (func.attr.id === 'update') return { id, columns };
    if (this.#expressions.isInPlace(call))
      return { id, columns: this.#expressions.resultOf(call, func.attr.id, columns) };
    return this.#takesOut(call);
  }

  /** `y = df.pop('y')`: the only expression that changes the columns of a frame and has a value. */
  #takesOut(value: Expression): Changed | null {
    const pops = findAll(value, 'Call').filter(
      ({ func }) => func.kind === 'Attribute' && (func.attr.id === 'pop' || func.attr.id === 'popitem'),
    );
    const [pop, ...others] = pops;
    const frame = pop?.func.kind === 'Attribute' ? this.#frameOf(pop.func.value) : null;
    if (pop === undefined || frame === null || others.length > 0) return null;
    return {
      id: frame.id,
      columns: without(frame.columns, this.#expressions.written.some(argumentOf(pop, 'item', 0))),
    };
  }

  #frameOf(expression: Expression): Frame | null {
    return expression.kind === 'Name' ? (this.#frames.get(expression.id) ?? null) : null;
  }
}

import { PURE_BUILTINS } from '../../analysis/builtins.js';
import { argumentOf, isOpen } from '../../analysis/column-labels.js';
import type { Program, ProgramObject } from '../../analysis/program.js';
import type { Combination } from '../../environment/environment.js';
import { holdsData, isImmutable, type ValueKind } from '../../pandas/kinds.js';
import type {
  Attribute,
  Call,
  Comprehension,
  DictComprehension,
  Expression,
  Name,
  Node,
} from '../../python/ast.js';
import { contains, findAll } from '../../python/walk.js';
import type { Evidence } from '../contract.js';
import { countIn, isShaped, product, sizeOfCall, sum, VALUE } from './call-size.js';
import { givesFew } from './few-values.js';
import { LocalValues } from './local-values.js';
import { OwnExpressions } from './own-expressions.js';
import { objectBytes } from './timeline.js';

/** A letter of a string, which may be split into strings. */
const LETTER = 32;

/** A number in an array. */
const NUMBER = 8;

/** An object is made from an object that is made from an object ...; so far that is followed. */
const MAX_DEPTH = 200;

/** Functions that call functions that call functions: so far that is followed. */
const MAX_FUNCTIONS = 4;

/** Kinds that hold no data of their own, however large what they are made from. */
const HOLDS_NOTHING: ReadonlySet<ValueKind> = new Set<ValueKind>([
  'function',
  'Axes',
  'Figure',
  'Plotter',
  'file',
  'iterator',
  'model',
]);

/**
 * The bounds on each combination on which they may differ: what is written out is as large on one as on another.
 *
 * @param few bytes that an aggregate is taken for where nobody knows how large it is; null: it counts as unknown
 */
export function sizeBoundsOn(
  program: Program,
  evidence: Evidence,
  combinations: readonly Combination[],
  few: number | null = null,
): readonly SizeBounds[] {
  const hasData = [...evidence.values()].some(({ type }) => type === 'profile');
  return (hasData ? combinations : combinations.slice(0, 1)).map(
    (one) => new SizeBounds(program, evidence, one, few),
  );
}

/**
 * How large objects are at most, where their source says so (a frame of literals, `np.zeros(5)`) or the data file that
 * they are made from. For the question whether a change is worth it, and for nothing else: what a callback gives is taken
 * for one value, and a table of groups for no larger than what is grouped.
 */
export class SizeBounds {
  readonly #program: Program;
  readonly #evidence: Evidence;
  readonly #combination: Combination;
  readonly #few: number | null;
  readonly #known = new Map<ProgramObject, number | null>();
  readonly #byNode = new Map<Node, ProgramObject>();
  readonly #locals: LocalValues;
  readonly #expressions: OwnExpressions;
  /** How large the variables of comprehensions are and the parameters of functions whose values are looked at. */
  #given: ReadonlyMap<string, number | null> = new Map();
  /** Functions of the notebook whose values are looked at. */
  readonly #open = new Set<Expression>();
  #depth = 0;

  constructor(program: Program, evidence: Evidence, combination: Combination, few: number | null) {
    this.#program = program;
    this.#evidence = evidence;
    this.#combination = combination;
    this.#few = few;
    this.#locals = new LocalValues(program);
    this.#expressions = new OwnExpressions(program);
    for (const object of program.objects) this.#byNode.set(object.node, object);
  }

  readonly #readValue = (name: Name): Expression | null => {
    const local = this.#locals.of(name);
    if (local !== null) return local.changes === 0 ? local.value : null;
    return this.#program.notebookNames.valueRead(name);
  };

  /** Bytes of the object's own at most; null where nobody knows. */
  ofObject(object: ProgramObject): number | null {
    if (object.data?.extent === 'view') return 0;
    const bytes = this.#sizeOf(object);
    if (bytes === null) return null;
    const end = this.#program.statements.length;
    const times = object.held.map(({ name, from, to }) => this.#growth(name, object, from, to ?? end));
    return times.includes(null) ? null : bytes * Math.max(1, ...times.map(Number));
  }

  #sizeOf(object: ProgramObject): number | null {
    if (holdsNothing(object)) return 0;
    const known = this.#known.get(object);
    if (known !== undefined) return known;
    // Whatever is asked for while it is worked out is made of itself.
    this.#known.set(object, null);
    const bytes =
      this.#measured(object) ??
      this.#deeper(() => this.of(object.node as Expression, object.statement)) ??
      this.#ofReturned(object);
    this.#known.set(object, bytes);
    return bytes;
  }

  /** Of a whole read or some of its rows; what shares memory or is an aggregate counts for nothing there. */
  #measured(object: ProgramObject): number | null {
    const { data } = object;
    if (data === null || data.extent === 'view' || data.extent === 'aggregate') return null;
    return objectBytes(object, this.#evidence, this.#combination, []);
  }

  #deeper(work: () => number | null): number | null {
    if (this.#depth >= MAX_DEPTH) return null;
    this.#depth++;
    const result = work();
    this.#depth--;
    return result;
  }

  /** Bytes of the expression's value at most, where it stands in the statement of this index. */
  of(expression: Expression, statement: number): number | null {
    const inner = (one: Expression) => this.#deeper(() => this.of(one, statement));
    switch (expression.kind) {
      case 'Constant':
      case 'JoinedString':
        return VALUE;
      case 'StringLiteral':
        return VALUE + (expression.value?.length ?? 0) * LETTER;
      case 'Name':
        return this.#given.has(expression.id)
          ? (this.#given.get(expression.id) ?? null)
          : (this.#ofName(expression.id, statement) ??
              this.#ofLocal(expression, statement) ??
              this.#ofPlain(expression) ??
              this.#ofLibrary(expression));
      case 'List':
      case 'Tuple':
      case 'SetDisplay':
        return sum(expression.elements.map(inner));
      case 'Dict':
        return sum(
          expression.entries.flatMap(({ key, value }) => [key === null ? 0 : inner(key), inner(value)]),
        );
      case 'Starred':
      case 'NamedExpression':
        return inner(expression.value);
      case 'UnaryOperation':
        return inner(expression.operand);
      case 'Conditional':
        return sum([inner(expression.body), inner(expression.orelse)]);
      case 'BooleanOperation':
        return sum([inner(expression.left), inner(expression.right)]);
      case 'Compare':
        return sum([expression.left, ...expression.comparators].map(inner));
      case 'BinaryOperation':
        if (isImmutable(this.#program.kindOf(expression))) return this.#ofPlain(expression);
        // `[0] * 1000000`; two matrices.
        if (expression.op === '*' && this.#isSequence(expression.left, expression.right))
          return product([inner(expression.left), countIn(expression.right)]);
        if (expression.op === '@') return product([inner(expression.left), inner(expression.right)]);
        return sum([inner(expression.left), inner(expression.right)]);
      case 'Subscript':
        return this.#ofPlain(expression) ?? this.#ofPart(expression.value, expression.index, statement);
      case 'Attribute':
        return this.#program.kindOf(expression.value) === 'module'
          ? this.#ofLibrary(expression)
          : (this.#ofPlain(expression) ?? inner(expression.value));
      case 'Comprehension':
      case 'DictComprehension':
        return this.#ofComprehension(expression, inner);
      case 'Call':
        return this.#ofCall(expression, inner);
      default:
        return null;
    }
  }

  #ofCall(call: Call, inner: (one: Expression) => number | null): number | null {
    const made = this.#byNode.get(call);
    const measured = made === undefined ? null : this.#measured(made);
    if (measured !== null) return measured;
    return (
      this.#ofPlain(call) ??
      sizeOfCall(this.#program, call, inner, this.#readValue, NUMBER) ??
      this.#ofOwnFunction(call, inner) ??
      (givesFew(this.#program, call) ? this.#few : null)
    );
  }

  /** Of what is made in such a function, which the object's statement calls: no more than what the calls give. */
  #ofReturned({ node, statement }: ProgramObject): number | null {
    const around = this.#program.statements[statement];
    if (around === undefined || contains(around.node, node)) return null;
    const sizes = [...findAll(around.node, 'Call')].flatMap((call) => {
      const found = call.func.kind === 'Name' ? this.#expressions.of(call.func) : null;
      if (found === null || !contains(found.value, node)) return [];
      return [this.#deeper(() => this.#ofOwnFunction(call, (one) => this.of(one, statement)))];
    });
    return sizes.length === 0 ? null : sum(sizes);
  }

  /** What a function of the notebook gives that is no more than an expression of its parameters. */
  #ofOwnFunction(call: Call, inner: (one: Expression) => number | null): number | null {
    const found = call.func.kind === 'Name' ? this.#expressions.of(call.func) : null;
    if (found === null || isOpen(call) || this.#open.has(found.value) || this.#open.size >= MAX_FUNCTIONS)
      return null;
    const given = new Map<string, number | null>();
    for (const [i, { name, type, default: usual }] of found.parameters.entries()) {
      if (type === 'var-positional' || type === 'var-keyword') return null;
      const one = argumentOf(call, name.id, i) ?? usual;
      given.set(name.id, one === null ? null : inner(one));
    }
    this.#open.add(found.value);
    const size = this.#where(given, () => inner(found.value));
    this.#open.delete(found.value);
    return size;
  }

  /** Works something out where these names, and no others but the notebook's, are of certain sizes. */
  #where(given: ReadonlyMap<string, number | null>, work: () => number | null): number | null {
    const before = this.#given;
    this.#given = given;
    const result = work();
    this.#given = before;
    return result;
  }

  #ofName(name: string, statement: number): number | null {
    let all: number | null = null;
    for (const { from, to, objects } of this.#program.heldBy(name)) {
      if (from >= statement || (to !== null && to < statement)) continue;
      for (const object of objects) {
        if (holdsNothing(object)) continue;
        const bytes = grown(this.#sizeOf(object), this.#growth(name, object, from, statement));
        if (bytes === null) return null;
        all = (all ?? 0) + bytes;
      }
    }
    return all;
  }

  /** Of a name of a function, where that is plainly the value it was given last. */
  #ofLocal(name: Name, statement: number): number | null {
    const local = this.#locals.of(name);
    if (local === null) return null;
    return grown(
      this.#deeper(() => this.of(local.value, statement)),
      local.changes + 1,
    );
  }

  /** How many times its first size an object may be by then: each statement that changes a frame adds a column at most. */
  #growth(name: string, object: ProgramObject, from: number, to: number): number | null {
    // An array is filled, and stays as large.
    if (object.kind === 'ndarray' || isShaped(this.#program, object.node, this.#readValue)) return 1;
    let times = 1;
    for (const changed of this.#program.mentionsOf(name)) {
      if (changed.index <= from || changed.index >= to || !changed.mutates.has(name)) continue;
      if (!holdsData(object.kind) || 'body' in changed.node) return null;
      times++;
    }
    return times;
  }

  /** A number, a string: one value. A range is none: what is made of it has as many. */
  #ofPlain(expression: Expression): number | null {
    const kind = this.#program.kindOf(expression);
    return isImmutable(kind) && kind !== 'range' ? VALUE : null;
  }

  /** What a library has anyway (`np.nan`, `np.pi`), and what is built in. */
  #ofLibrary(expression: Name | Attribute): number | null {
    const { notebookNames } = this.#program;
    if (expression.kind === 'Name' && !notebookNames.isBound(expression.id))
      return PURE_BUILTINS.has(expression.id) ? VALUE : null;
    const name = notebookNames.qualifiedName(expression);
    return name !== null && HAS_VALUES.test(name) && !MAKES_ARRAYS.test(name) ? VALUE : null;
  }

  #isSequence(...operands: readonly Expression[]): boolean {
    return operands.some((one) => ['list', 'str', 'tuple', 'unknown'].includes(this.#program.kindOf(one)));
  }

  /** A part is no larger than the whole, unless it is taken by an array of positions. */
  #ofPart(value: Expression, index: Expression, statement: number): number | null {
    const whole = this.#deeper(() => this.of(value, statement));
    const kind = this.#program.kindOf(index);
    if (kind !== 'ndarray' && kind !== 'unknown') return whole;
    return index.kind === 'Slice' || index.kind === 'Compare' || index.kind === 'Tuple' ? whole : null;
  }

  #ofComprehension(
    comprehension: Comprehension | DictComprehension,
    inner: (one: Expression) => number | null,
  ): number | null {
    const { clauses } = comprehension;
    const names = clauses.flatMap(({ target }) => [...findAll(target, 'Name')].map(({ id }) => id));
    // What a frame's or an unknown thing's items are is not known.
    if (!clauses.every(({ iter }) => GIVES_VALUES.has(this.#program.kindOf(iter)) || isRange(iter)))
      return null;
    const rounds = clauses.map(({ iter }) => {
      const bytes = inner(iter);
      return bytes === null ? null : Math.ceil(bytes / NUMBER);
    });
    const items = names.map((name) => [name, VALUE] as const);
    const element = this.#where(new Map([...this.#given, ...items]), () =>
      inner(comprehension.kind === 'Comprehension' ? comprehension.element : comprehension.value),
    );
    return product([element, ...rounds]);
  }
}

/** An object of such a kind, or one that stands for all that a function or generator gives: what that is, it holds. */
const holdsNothing = ({ kind, node }: ProgramObject): boolean =>
  HOLDS_NOTHING.has(kind) ||
  node.kind === 'FunctionDef' ||
  node.kind === 'Lambda' ||
  (node.kind === 'Comprehension' && kind === 'unknown');

/** Libraries whose parts are functions, classes and single values; */
const HAS_VALUES = /^(numpy|pandas|math|datetime)\./;

/** but for these, of which `[0:1000]` makes an array. */
const MAKES_ARRAYS = /^numpy\.(mgrid|ogrid|r_|c_)$/;

/** Kinds whose items are single values, as a rule. */
const GIVES_VALUES: ReadonlySet<ValueKind> = new Set<ValueKind>([
  'Series',
  'Index',
  'str',
  'list',
  'tuple',
  'set',
  'dict',
]);

const isRange = (expression: Expression): boolean =>
  expression.kind === 'Call' && expression.func.kind === 'Name' && expression.func.id === 'range';

function grown(bytes: number | null, times: number | null): number | null {
  return bytes === null || times === null ? null : bytes * times;
}

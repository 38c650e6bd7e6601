import type {
  Assign,
  Call,
  Comprehension,
  Expression,
  For,
  If,
  Name,
  Node,
  Statement,
} from '../python/ast.js';
import { findAll, namesIn } from '../python/walk.js';
import type { Consumers, Consumption, NotOnce } from './consumption.js';
import { type Late, lateOf } from './late.js';
import type { LateEvaluation } from './late-evaluation.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

/** Something that makes a list, value by value, and could make each when it is asked for. */
export type EagerList = {
  /** What a change of it is about. */
  readonly at: Expression;
  readonly late: Late;
} & (
  | { readonly kind: 'comprehension'; readonly node: Comprehension }
  /** `list(inner)`, of what gives its values one by one already. */
  | { readonly kind: 'list'; readonly node: Call; readonly inner: Expression }
  /** `file.readlines()` */
  | { readonly kind: 'readlines'; readonly node: Call; readonly file: Expression }
  /** `file.read().splitlines(keepEnds)` */
  | {
      readonly kind: 'splitlines';
      readonly node: Call;
      readonly file: Expression;
      readonly keepEnds: Expression | null;
    }
  | { readonly kind: 'filled'; readonly filling: Filling }
);

/** `name = []`, and a loop that, inside further loops and conditions, does nothing but append to it. */
export interface Filling {
  readonly name: string;
  readonly start: Assign;
  readonly target: Name;
  readonly receiver: Name;
  readonly loop: For;
  readonly clauses: readonly (For | If)[];
  readonly value: Expression;
  /** What the loops bind, and leave bound. */
  readonly variables: ReadonlySet<string>;
}

const LAZY_BUILTINS: ReadonlySet<string> = new Set(['map', 'filter', 'zip', 'enumerate', 'reversed']);
const LAZY_FUNCTIONS = /^csv\.(reader|DictReader)$|^itertools\./;
const NO_NAMES: ReadonlySet<string> = new Set();

/** Finds what makes lists, and who takes their values. */
export class EagerLists {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly #evaluation: LateEvaluation;
  readonly #consumers: Consumers;

  constructor(
    program: Program,
    tree: NotebookTree,
    effects: SideEffects,
    evaluation: LateEvaluation,
    consumers: Consumers,
  ) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
    this.#evaluation = evaluation;
    this.#consumers = consumers;
  }

  /** What the node makes; null where it makes no list. */
  of(node: Node): EagerList | null {
    if (node.kind === 'Comprehension')
      return node.type === 'list' ? { kind: 'comprehension', at: node, late: lateOf(node), node } : null;
    if (node.kind === 'For') return this.#filledBy(node);
    return node.kind === 'Call' ? this.#madeBy(node) : null;
  }

  /** Who takes the values; null where nobody iterates over them. */
  consumptionOf(list: EagerList): Consumption | NotOnce | null {
    if (list.kind !== 'filled') return this.#consumers.of(list.node);
    const { name, loop, target, receiver } = list.filling;
    return this.#consumers.ofName(name, loop, [target, receiver]);
  }

  #madeBy(call: Call): EagerList | null {
    const { func, args, keywords } = call;
    const [only] = args;
    if (keywords.length > 0 || args.length > 1) return null;
    if (func.kind === 'Name') {
      const isList = func.id === 'list' && !this.#program.notebookNames.isBound('list');
      if (!isList || only === undefined || !this.isLazy(only)) return null;
      const late = only.kind === 'Comprehension' ? lateOf(only) : ofSource(call, only);
      return { kind: 'list', at: call, late, node: call, inner: only };
    }
    if (func.kind !== 'Attribute') return null;
    if (func.attr.id === 'readlines' && only === undefined && this.#isFile(func.value))
      return { kind: 'readlines', at: call, late: ofSource(call, func.value), node: call, file: func.value };
    const read = func.attr.id === 'splitlines' && func.value.kind === 'Call' ? func.value : null;
    if (read?.func.kind !== 'Attribute' || read.func.attr.id !== 'read' || read.args.length > 0) return null;
    const file = read.func.value;
    if (!this.#isFile(file) || (only !== undefined && only.kind !== 'Constant')) return null;
    return {
      kind: 'splitlines',
      at: call,
      late: ofSource(call, file),
      node: call,
      file,
      keepEnds: only ?? null,
    };
  }

  /** Whether it gives its values one by one. */
  isLazy(value: Expression): boolean {
    if (value.kind === 'Comprehension') return value.type === 'generator';
    if (value.kind === 'Name') return this.#evaluation.outside.isFile(value);
    if (value.kind !== 'Call') return false;
    if (this.#effects.opensForReading(value)) return true;
    const names = this.#program.notebookNames;
    const qualified = names.qualifiedName(value.func);
    if (qualified !== null) return LAZY_FUNCTIONS.test(qualified);
    return value.func.kind === 'Name' && LAZY_BUILTINS.has(value.func.id) && !names.isBound(value.func.id);
  }

  #isFile(value: Expression): boolean {
    return this.#effects.opensForReading(value) || this.#evaluation.outside.isFile(value);
  }

  #filledBy(loop: For): EagerList | null {
    const clauses: (For | If)[] = [];
    for (let at: Statement = loop; ; ) {
      if (at.kind === 'ExpressionStatement') {
        const list = this.#appendedBy(loop, clauses, at.value);
        if (list === null) return null;
        return { kind: 'filled', at: at.value, late: lateLoop(list), filling: list };
      }
      if ((at.kind !== 'For' && at.kind !== 'If') || at.orelse.length > 0) return null;
      if (at.kind === 'For' && at.isAsync) return null;
      clauses.push(at);
      const [inner, ...others]: readonly Statement[] = at.body;
      if (inner === undefined || others.length > 0) return null;
      at = inner;
    }
  }

  #appendedBy(loop: For, clauses: readonly (For | If)[], call: Expression): Filling | null {
    if (call.kind !== 'Call' || call.func.kind !== 'Attribute' || call.func.attr.id !== 'append') return null;
    const receiver = call.func.value;
    const [value, ...others] = call.args;
    if (receiver.kind !== 'Name' || value === undefined || others.length > 0) return null;
    if (call.keywords.length > 0 || value.kind === 'Starred') return null;
    const block = this.#tree.blockOf(loop) ?? [];
    const start = block.slice(0, block.indexOf(loop)).findLast((one) => isEmptyList(one, receiver.id));
    const target = start?.kind === 'Assign' ? start.targets[0] : undefined;
    if (start?.kind !== 'Assign' || target?.kind !== 'Name') return null;
    const variables = new Set(
      clauses.flatMap((clause) => (clause.kind === 'For' ? [...namesIn(clause.target)] : [])),
    );
    return { name: receiver.id, start, target, receiver, loop, clauses, value, variables };
  }

  /** A variable of the loops that something else may read: a generator keeps its variables to itself. */
  findVariableInUse({ loop, variables }: Filling): string | null {
    const scope = this.#tree.surroundingsOf(loop);
    for (const name of variables) if (this.#isInUse(name, loop, scope)) return name;
    return null;
  }

  #isInUse(name: string, loop: For, scope: Node | null): boolean {
    if (scope !== null) {
      const isOutside = (one: Node) => one.end <= loop.start || loop.end <= one.start;
      return findAll(scope, 'Name').some((one) => one.id === name && isOutside(one));
    }
    const facts = this.#program.statementOf(loop);
    if (facts.node !== loop || facts.liveAfter.has(name)) return true;
    // What it held before would come to light at the notebook's end.
    const others = this.#program.mentionsOf(name);
    const isBoundLater = others.some(({ index, writes }) => index > facts.index && writes.has(name));
    return !isBoundLater && others.some(({ index }) => index < facts.index);
  }
}

/** What goes through a source and makes nothing of its own. */
function ofSource(made: Node, source: Expression): Late {
  return { made, code: [source], sources: [source], own: NO_NAMES };
}

/** What of the loop is evaluated late when it is a generator: all but what it goes through first. */
function lateLoop({ loop, value, clauses, variables }: Filling): Late {
  const inner = clauses.slice(1).map((clause) => (clause.kind === 'For' ? clause.iter : clause.test));
  return { made: loop, code: [value, ...inner], sources: [loop.iter], own: variables };
}

/** `name = []` or `name = list()`. */
export function isEmptyList(statement: Statement, name: string): boolean {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return false;
  const [target] = statement.targets;
  const { value } = statement;
  if (target?.kind !== 'Name' || target.id !== name) return false;
  if (value.kind === 'Call')
    return value.func.kind === 'Name' && value.func.id === 'list' && value.args.length === 0;
  return value.kind === 'List' && value.elements.length === 0;
}

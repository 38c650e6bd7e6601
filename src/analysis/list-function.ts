import type { ValueKind } from '../pandas/kinds.js';
import type {
  Assign,
  Call,
  Comprehension,
  Expression,
  FunctionDef,
  Name,
  Node,
  Return,
  Statement,
} from '../python/ast.js';
import { findAll, SKIP, walk } from '../python/walk.js';
import type { Consumers, Consumption } from './consumption.js';
import { isEmptyList } from './eager-list.js';
import type { Obstacle } from './late.js';
import { lateOf } from './late.js';
import type { LateEvaluation } from './late-evaluation.js';
import type { NotebookTree } from './notebook-tree.js';
import { isOpen } from './open-calls.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

/** A function that gives back a list which all its callers go through once. */
export type ListFunction = {
  readonly definition: FunctionDef;
  readonly obstacle: Obstacle | null;
} & (
  | { readonly kind: 'returned'; readonly comprehension: Comprehension }
  /** `name = []`, `name.append(value)` wherever, `return name`. */
  | {
      readonly kind: 'filled';
      readonly start: Assign;
      readonly appends: readonly { readonly statement: Statement; readonly value: Expression }[];
      readonly end: Return;
    }
);

const NO_NAMES: ReadonlySet<string> = new Set();

const MAY_BE_LARGE: ReadonlySet<ValueKind> = new Set<ValueKind>([
  'list',
  'dict',
  'set',
  'DataFrame',
  'Series',
  'ndarray',
]);

/** Finds the functions whose lists need not exist. */
export class ListFunctions {
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

  /**
   * @param through what a consumption comes to where its taker becomes a generator itself
   * @returns null for what gives back no list, or one that nobody goes through
   */
  of(definition: FunctionDef, through: (consumption: Consumption) => Consumption): ListFunction | null {
    const { id: name } = definition.name;
    if (this.#effects.functionNamed(name) !== definition || this.#program.opaque !== null) return null;
    const shape = shapeOf(definition);
    const reads = this.#program.notebookNames.readsOf(name);
    if (shape === null || reads.length === 0) return null;
    const calls = reads.map((read) => this.#callOf(read));
    const taken = calls.map((call) => (call === null ? null : this.#consumers.of(call)));
    if (taken.every((one) => one === null)) return null;
    const refused = (obstacle: Obstacle): ListFunction => ({ ...shape, definition, obstacle });
    for (const [at, consumption] of taken.entries()) {
      const call = calls[at];
      if (call === null || call === undefined || consumption === null || 'code' in consumption) {
        const { index } = this.#program.cellOf(reads[at] ?? definition);
        const why = `Cell ${index} does something else with what \`${name}\` gives than go through it once.`;
        return refused({ code: 'another-caller', why });
      }
      const obstacle = this.#obstacle(definition, shape, call, through(consumption));
      if (obstacle !== null) return refused(obstacle);
    }
    return { ...shape, definition, obstacle: null };
  }

  /** A name of the function, besides the list's own, that holds a collection; not one that each round of a loop makes anew. */
  #keptBeside(definition: FunctionDef, start: Assign): string | null {
    for (const assign of definition.body) {
      if (
        assign.kind !== 'Assign' ||
        assign === start ||
        !MAY_BE_LARGE.has(this.#program.kindOf(assign.value))
      )
        continue;
      for (const target of assign.targets) if (target.kind === 'Name') return target.id;
    }
    return null;
  }

  #callOf(read: Name): Call | null {
    const parent = this.#tree.parentOf(read);
    return parent?.kind === 'Call' && parent.func === read ? parent : null;
  }

  #obstacle(definition: FunctionDef, shape: Shape, call: Call, consumption: Consumption): Obstacle | null {
    const { id: name } = definition.name;
    const handed = [...call.args, ...call.keywords.map(({ value }) => value)];
    const late = { made: call, code: [call.func], sources: handed, own: NO_NAMES };
    if (findAll(definition, 'Call').some(({ func }) => func.kind === 'Name' && func.id === 'next'))
      return {
        code: 'stop-iteration',
        why: '`next` may raise StopIteration, which a generator turns into a RuntimeError.',
      };
    if (consumption.how !== 'whole') {
      const kept = shape.kind === 'filled' ? this.#keptBeside(definition, shape.start) : null;
      if (kept !== null)
        return {
          code: 'keeps-more',
          why: `\`${kept}\`, which is gone when \`${name}\` returns its list, would stay alive while somebody goes through the values.`,
        };
      const code = shape.kind === 'returned' ? lateOf(shape.comprehension).code : [];
      const effect =
        shape.kind === 'filled'
          ? this.#effects.ofFunction(definition)
          : (code.map((node) => this.#effects.of(node)).find((why) => why !== null) ?? null);
      if (effect !== null)
        return {
          code: 'side-effect',
          why: `What \`${name}\` does would happen in turns with what is done with its values: ${effect}.`,
        };
      const opens = findAll(definition, 'Call').some((inner) => isOpen(this.#program, inner));
      const quiet = { mayShow: true, mayChange: () => false };
      const other = opens
        ? consumption.meanwhile.find((node) => this.#effects.of(node, quiet) !== null)
        : undefined;
      if (other !== undefined)
        return {
          code: 'writes-files',
          why: `The file that \`${name}\` reads would be open meanwhile, and may change.`,
        };
    }
    return this.#evaluation.obstacle(late, consumption);
  }
}

type Shape =
  | Pick<Extract<ListFunction, { kind: 'returned' }>, 'kind' | 'comprehension'>
  | Pick<Extract<ListFunction, { kind: 'filled' }>, 'kind' | 'start' | 'appends' | 'end'>;

function shapeOf(definition: FunctionDef): Shape | null {
  const end = definition.body.at(-1);
  const own = ownNodes(definition);
  const isPlain = !own.some(
    ({ kind }) => kind === 'Yield' || kind === 'Await' || kind === 'Global' || kind === 'Nonlocal',
  );
  if (end?.kind !== 'Return' || !isPlain || own.filter(({ kind }) => kind === 'Return').length > 1)
    return null;
  const { value } = end;
  if (value?.kind === 'Comprehension' && value.type === 'list')
    return { kind: 'returned', comprehension: value };
  if (value?.kind !== 'Name') return null;
  const name = value.id;
  const start = definition.body.find((one) => isEmptyList(one, name));
  if (start?.kind !== 'Assign') return null;
  const appends = appendsTo(own, name);
  const mentions = findAll(definition, 'Name').filter(({ id }) => id === name);
  // The name stands in its binding, in each `append` and in the `return`, and nowhere else.
  const isAll = appends.length > 0 && mentions.length === appends.length + 2;
  const isTried = own.some(
    (one) =>
      one.kind === 'Try' &&
      appends.some(({ statement }) => one.start <= statement.start && statement.end <= one.end),
  );
  const isFirst = appends.every(({ statement }) => statement.start > start.start);
  return isAll && isFirst && !isTried ? { kind: 'filled', start, appends, end } : null;
}

/** All nodes of the function's own body, without those of functions in it. */
function ownNodes(definition: FunctionDef): readonly Node[] {
  const nodes: Node[] = [];
  for (const statement of definition.body)
    walk(statement, (node) => {
      nodes.push(node);
      return node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef'
        ? SKIP
        : undefined;
    });
  return nodes;
}

function appendsTo(nodes: readonly Node[], name: string) {
  const found: { statement: Statement; value: Expression }[] = [];
  for (const node of nodes) {
    if (node.kind !== 'ExpressionStatement' || node.value.kind !== 'Call') continue;
    const { func, args, keywords } = node.value;
    const [value, ...others] = args;
    const isAppend =
      func.kind === 'Attribute' &&
      func.attr.id === 'append' &&
      func.value.kind === 'Name' &&
      func.value.id === name;
    if (
      isAppend &&
      value !== undefined &&
      value.kind !== 'Starred' &&
      others.length === 0 &&
      keywords.length === 0
    )
      found.push({ statement: node, value });
  }
  return found;
}

import type {
  Call,
  Comprehension,
  ComprehensionFor,
  DictComprehension,
  Expression,
  For,
  Node,
  Statement,
  With,
} from '../python/ast.js';
import { boundByImport } from '../python/identifiers.js';
import { childrenOf, findAll, namesIn, walk } from '../python/walk.js';
import type { NotebookTree } from './notebook-tree.js';
import { isOpen } from './open-calls.js';
import type { Program } from './program.js';

/** How the values of an iterable are taken: in order, each once at most. */
export interface Consumption {
  /**
   * `whole`: all of them, and nothing else runs meanwhile; `part`: perhaps not all; `between`: other code runs between one
   * and the next.
   */
  readonly how: 'whole' | 'part' | 'between';
  /** What runs after the iterable is made and before its last value is taken. */
  readonly meanwhile: readonly Node[];
  /** Names that are bound while it is taken. */
  readonly binds: ReadonlySet<string>;
  /** The call, the loop or the comprehension that takes it. */
  readonly taker: Call | For | Comprehension | DictComprehension;
  /** The name that it has between, with the statement that gives it. */
  readonly named: { readonly name: string; readonly statement: Statement } | null;
}

/** Why an iterable is not consumed once: a code, and a sentence. */
export interface NotOnce {
  readonly code: string;
  readonly why: string;
}

const NO_NAMES: ReadonlySet<string> = new Set();
const COLLECTS: ReadonlySet<string> = new Set(['list', 'tuple', 'sorted']);
const TAKES_ALL: ReadonlySet<string> = new Set(['sum', 'set', 'frozenset', 'dict']);

/** Asks who takes the values of an iterable. */
export class Consumers {
  readonly #program: Program;
  readonly #tree: NotebookTree;

  constructor(program: Program, tree: NotebookTree) {
    this.#program = program;
    this.#tree = tree;
  }

  /** What takes the values of the expression, where they are taken once; null where nothing iterates over them at all. */
  of(made: Expression): Consumption | NotOnce | null {
    return this.direct(made) ?? this.#named(made);
  }

  /** What takes them where the expression itself stands. */
  direct(made: Expression): Consumption | null {
    const parent = this.#tree.parentOf(made);
    if (parent?.kind === 'Call') return this.#byCall(parent, made);
    if (parent?.kind === 'For' && parent.iter === made && !parent.isAsync)
      return {
        how: 'between',
        meanwhile: parent.body,
        binds: namesIn(parent.target),
        taker: parent,
        named: null,
      };
    return parent?.kind === 'ComprehensionFor' && parent.iter === made ? this.#byComprehension(parent) : null;
  }

  #byCall(call: Call, made: Expression): Consumption | null {
    const { func, args, keywords } = call;
    const at = args.indexOf(made);
    if (at < 0 || args.some(({ kind }) => kind === 'Starred') || keywords.some(({ name }) => name === null))
      return null;
    const others = [...args.filter((one) => one !== made), ...keywords.map(({ value }) => value)].filter(
      (one) => one.kind !== 'Constant' && one.kind !== 'Name',
    );
    const taken = (how: Consumption['how'], meanwhile: readonly Node[]): Consumption => ({
      how: how === 'whole' && meanwhile.length > 0 ? 'part' : how,
      meanwhile,
      binds: NO_NAMES,
      taker: call,
      named: null,
    });
    const names = this.#program.notebookNames;
    if (names.qualifiedName(func) === 'collections.Counter' && at === 0) return taken('whole', others);
    if (func.kind !== 'Name' || names.isBound(func.id)) return null;
    if (TAKES_ALL.has(func.id)) return at === 0 ? taken('whole', others) : null;
    if (func.id === 'min' || func.id === 'max') {
      const key = keywords.find(({ name }) => name?.id === 'key');
      return args.length === 1 ? taken('whole', key === undefined ? others : [key.value, ...others]) : null;
    }
    if (func.id === 'any' || func.id === 'all') return taken('part', []);
    if (func.id === 'zip' || (func.id === 'enumerate' && at === 0)) {
      const outer = this.direct(call);
      if (outer === null) return null;
      return {
        ...outer,
        how: outer.how === 'whole' ? 'part' : outer.how,
        meanwhile: [...others, ...outer.meanwhile],
      };
    }
    return null;
  }

  #byComprehension(clause: ComprehensionFor): Consumption | null {
    const taker = this.#tree.parentOf(clause);
    if (clause.isAsync || (taker?.kind !== 'Comprehension' && taker?.kind !== 'DictComprehension'))
      return null;
    let meanwhile: Node[] = [];
    if (taker.kind === 'Comprehension' && taker.type === 'generator') {
      const outer = this.direct(taker);
      if (outer?.how === 'between' || (outer === null && !this.#collects(taker))) return null;
      meanwhile = [...(outer?.meanwhile ?? [])];
    }
    const from = taker.clauses.indexOf(clause);
    const clauses = taker.clauses.slice(from);
    for (const [at, { iter, ifs }] of clauses.entries()) meanwhile.push(...(at === 0 ? [] : [iter]), ...ifs);
    if (taker.kind === 'Comprehension') meanwhile.push(taker.element);
    else meanwhile.push(...(taker.key === null ? [] : [taker.key]), taker.value);
    const binds = new Set(clauses.flatMap(({ target }) => [...namesIn(target)]));
    return { how: 'between', meanwhile, binds, taker, named: null };
  }

  /** Whether a generator is all that a call gets, and the call makes a list of it at once: nothing else runs meanwhile. */
  #collects(generator: Comprehension): boolean {
    const call = this.#tree.parentOf(generator);
    if (call?.kind !== 'Call' || call.args[0] !== generator || call.args.length + call.keywords.length > 1)
      return false;
    const { func } = call;
    if (func.kind === 'Attribute') return func.attr.id === 'join' && func.value.kind === 'StringLiteral';
    return func.kind === 'Name' && COLLECTS.has(func.id) && !this.#program.notebookNames.isBound(func.id);
  }

  /** `name = made`, and one thing that takes what `name` holds, in the same block. */
  #named(made: Expression): Consumption | NotOnce | null {
    const statement = this.#tree.parentOf(made);
    if (statement?.kind !== 'Assign' || statement.value !== made || statement.targets.length !== 1)
      return null;
    const [target] = statement.targets;
    return target?.kind === 'Name' ? this.ofName(target.id, statement, [target]) : null;
  }

  /**
   * What takes the values of what a name holds from the end of a statement on.
   *
   * @param own where else the name stands as a part of the making
   */
  ofName(name: string, statement: Statement, own: readonly Node[]): Consumption | NotOnce | null {
    const surroundings = this.#tree.surroundingsOf(statement);
    if (surroundings !== null && surroundings.kind !== 'FunctionDef') return null;
    const mentions = this.#mentionsAfter(name, statement, surroundings).filter(
      (one) => !own.includes(one) && this.#tree.parentOf(one)?.kind !== 'Delete',
    );
    const takers = mentions.flatMap((one) => {
      const taken = this.direct(one);
      return taken === null ? [] : [{ read: one, taken }];
    });
    const [first] = takers;
    if (first === undefined) return null;
    if (mentions.length > 1) return this.#usedAgain(name, mentions, first.read, takers.length);
    if (this.#isReadByText(name, surroundings)) return readElsewhere(name);
    const text = surroundings === null ? null : this.#tree.textOf(surroundings);
    if (text?.declared.has(name))
      return { code: 'not-local', why: `\`${name}\` belongs to a scope outside the function.` };
    if (surroundings === null) {
      const why = this.#isReadLater(name, statement, first.read);
      if (why !== null) return why;
    }
    const between = this.#between(statement, first.taken.taker);
    if (between === null) {
      const opened = this.#enteredAround(statement, first.taken.taker);
      if (opened !== null)
        return {
          code: 'closed-before',
          why: `\`${name}\` is gone through behind the \`with ${opened}\` in which it is made.`,
        };
      const entered = this.#enteredAround(first.taken.taker, statement);
      if (entered !== null)
        return {
          code: 'inside-a-with',
          why: `\`${name}\` is gone through inside of \`with ${entered}\`, where its values may come out otherwise.`,
        };
      const why = `\`${name}\` is gone through in another block than the one that makes it: perhaps more than once.`;
      return { code: 'may-run-again', why };
    }
    return {
      ...first.taken,
      how: first.taken.how === 'whole' && between.length > 0 ? 'part' : first.taken.how,
      meanwhile: [...between, ...first.taken.meanwhile],
      named: { name, statement },
    };
  }

  /** Where the name stands: in its function; at the top level up to where it is bound anew. */
  #mentionsAfter(name: string, statement: Statement, scope: Node | null): Expression[] {
    const named = (node: Node) => findAll(node, 'Name').filter(({ id }) => id === name);
    if (scope !== null) return named(scope);
    const facts = this.#program.statementOf(statement);
    const found = named(facts.node);
    for (const later of this.#program.mentionsOf(name)) {
      if (later.index <= facts.index) continue;
      const isBoundAnew = later.writes.has(name) && later.node.kind === 'Assign';
      if (!isBoundAnew) {
        found.push(...named(later.node));
        continue;
      }
      found.push(...named(later.node).filter((one) => this.#tree.parentOf(one) !== later.node));
      break;
    }
    return found;
  }

  #usedAgain(name: string, mentions: readonly Expression[], taken: Expression, takers: number): NotOnce {
    const other = mentions.find((one) => one !== taken);
    const parent = other === undefined ? null : this.#tree.parentOf(other);
    const { index } = this.#program.cellOf(other ?? taken);
    if (takers > 1)
      return { code: 'consumed-again', why: `\`${name}\` is gone through again in cell ${index}.` };
    const called = parent?.kind === 'Call' && parent.func.kind === 'Name' ? ` by \`${parent.func.id}\`` : '';
    const how =
      parent?.kind === 'Subscript'
        ? 'indexed'
        : parent?.kind === 'Attribute'
          ? `asked for \`${parent.attr.id}\``
          : `used${called}`;
    return {
      code: 'used-otherwise',
      why: `\`${name}\` is also ${how} in cell ${index}, which needs a list.`,
    };
  }

  #isReadLater(name: string, statement: Statement, read: Expression): NotOnce | null {
    const made = this.#program.statementOf(statement);
    const taken = this.#program.statementOf(read);
    if (made.cell !== taken.cell) {
      const why = `Cell ${taken.cell} goes through \`${name}\`, which cell ${made.cell} makes: run again by itself, it would find nothing.`;
      return { code: 'another-cell', why };
    }
    const run = this.#program.statements.slice(made.index, taken.index + 1);
    const isHidden = run.some(
      ({ inFunctions, reads, node }) =>
        inFunctions.has(name) || (reads.has(name) && !namesIn(node).has(name)),
    );
    const isBoundAnew = taken.node.kind === 'Assign' && taken.writes.has(name);
    const next = this.#program.mentionsOf(name).find(({ index }) => index > taken.index);
    if (next?.node.kind === 'Delete' && !isHidden) return null;
    if (isHidden || (taken.liveAfter.has(name) && !isBoundAnew)) return readElsewhere(name);
    return null;
  }

  /** Whether a magic reads the name, or a string that pandas reads names from in a function. */
  #isReadByText(name: string, scope: Node | null): boolean {
    const isInMagic = this.#program.cells.some(({ magics }) =>
      magics.some(({ uses }) => uses.includes(name)),
    );
    if (isInMagic || scope === null) return isInMagic;
    return findAll(scope, 'StringLiteral').some(({ value }) => value?.includes(`@${name}`) ?? true);
  }

  /** What a `with` enters in which the one stands and the other does not. */
  #enteredAround(one: Node, other: Node): string | null {
    const around = new Set(this.#tree.around(other));
    for (const outer of this.#tree.around(one))
      if (outer.kind === 'With' && !around.has(outer)) {
        const [item] = outer.items;
        return item === undefined ? null : this.#program.textOf(item.context);
      }
    return null;
  }

  /** `with open(path) as f`, whose block runs once, and to its end or to an error. */
  #opensFiles({ items, isAsync }: With): boolean {
    return !isAsync && items.every(({ context }) => isOpen(this.#program, context));
  }

  /** What runs between a statement and what takes its result; null where that may run more than once for one making. */
  #between(statement: Statement, taker: Node): Node[] | null {
    const block = this.#tree.blockOf(statement);
    if (block === null) return null;
    const before: Node[] = [];
    for (let at: Node = taker; ; ) {
      const parent = this.#tree.parentOf(at);
      if (parent === null) return null;
      const index = block.indexOf(at as Statement);
      if (index >= 0)
        return index > block.indexOf(statement)
          ? [...block.slice(block.indexOf(statement) + 1, index), ...before]
          : null;
      if (parent.kind === 'With' ? !this.#opensFiles(parent) : mayRepeat(parent, at)) return null;
      if (parent.kind !== 'If' || at === parent.test) {
        before.push(
          ...childrenOf(parent).filter(({ start }) => start < at.start && parent.kind !== 'Assign'),
        );
      } else {
        before.push(parent.test, ...(this.#tree.blockOf(at) ?? []).filter(({ start }) => start < at.start));
      }
      at = parent;
    }
  }
}

function readElsewhere(name: string): NotOnce {
  const why = `\`${name}\` may also be read by a function, a magic, a string or a later cell.`;
  return { code: 'used-otherwise', why };
}

/** Whether what stands in the node as this child may run more than once, at another time or not to its end. */
function mayRepeat(parent: Node, child: Node): boolean {
  switch (parent.kind) {
    case 'For':
      return child !== parent.iter;
    case 'While':
    case 'FunctionDef':
    case 'ClassDef':
    case 'Lambda':
    case 'Comprehension':
    case 'DictComprehension':
    case 'ComprehensionFor':
    case 'Try':
    case 'Match':
    case 'Module':
      return true;
    default:
      return false;
  }
}

/** All names that the nodes bind, delete or define. */
export function namesBoundIn(nodes: readonly Node[]): Set<string> {
  const bound = new Set<string>();
  const target = (node: Expression): void => {
    if (node.kind === 'Name') bound.add(node.id);
    else if (node.kind === 'Starred') target(node.value);
    else if (node.kind === 'Tuple' || node.kind === 'List') for (const one of node.elements) target(one);
  };
  for (const root of nodes)
    walk(root, (node) => {
      if (node.kind === 'Assign' || node.kind === 'Delete') for (const one of node.targets) target(one);
      else if (node.kind === 'AugAssign' || node.kind === 'AnnAssign' || node.kind === 'For')
        target(node.target);
      else if (node.kind === 'NamedExpression') target(node.target);
      else if (node.kind === 'WithItem' && node.target !== null) target(node.target);
      else if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') bound.add(node.name.id);
      else if (node.kind === 'ExceptHandler' && node.name !== null) bound.add(node.name.id);
      else if (node.kind === 'Pattern') for (const { id } of node.binds) bound.add(id);
      else if (node.kind === 'ImportAlias') bound.add(boundByImport(node));
    });
  return bound;
}

import type {
  Assign,
  Call,
  Comprehension,
  Expression,
  ExpressionStatement,
  FunctionDef,
  Name,
  Node,
  Statement,
} from '../python/ast.js';
import { findAll, namesIn } from '../python/walk.js';
import { namesBoundIn } from './consumption.js';
import { changedBy, isStep, type Loader, readBy, type Step, targetsOf } from './image-loader.js';
import { ImageValues } from './image-values.js';
import type { Obstacle } from './late.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

/** A list of images that are loaded from files, all at once. */
export type ImageList = {
  /** What a change of it is about. */
  readonly at: Expression;
  /** The function in which it is made; null at the top level. */
  readonly scope: FunctionDef | null;
} & (
  | { readonly how: 'comprehension'; readonly node: Comprehension; readonly loader: Loader }
  /** `name = []` and, in a loop or several, `name.append(value)`. */
  | {
      readonly how: 'filled';
      readonly start: EmptyList;
      readonly appends: readonly Append[];
      readonly loader: Loader;
    }
);

/** `name = []`, perhaps together with others: `name, other = [], []`. */
export interface EmptyList {
  readonly statement: Assign;
  readonly target: Name;
  readonly value: Expression;
}

export interface Append {
  readonly statement: ExpressionStatement;
  /** `name` in `name.append(value)`. */
  readonly receiver: Name;
  readonly loader: Loader;
}

/** What could not be understood of an `append`. */
export interface UnclearAppend {
  readonly at: Expression;
  readonly obstacle: Obstacle;
}

/** Finds the lists of images, whether or not they may become lazy. */
export class ImageLists {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly #values: ImageValues;

  constructor(program: Program, tree: NotebookTree, effects: SideEffects) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
    this.#values = new ImageValues(program, effects);
  }

  /** All of the notebook, by where the first image is put into each. */
  *all(): Iterable<ImageList | UnclearAppend> {
    const filled = new Map<Name, Append[]>();
    const starts = new Map<Name, EmptyList>();
    const found: (ImageList | UnclearAppend | Name)[] = [];
    for (const module of this.#tree.modules)
      for (const node of [...findAll(module, 'Comprehension'), ...findAll(module, 'Call')].sort(
        (a, b) => a.start - b.start,
      )) {
        const list = node.kind === 'Comprehension' ? this.#made(node) : this.#filled(node);
        if (list === null) continue;
        if (!('append' in list)) {
          found.push(list);
          continue;
        }
        const { start, append } = list;
        const appends = filled.get(start.target);
        if (appends === undefined) found.push(start.target);
        filled.set(start.target, [...(appends ?? []), append]);
        starts.set(start.target, start);
      }
    for (const one of found) {
      if (!('kind' in one)) yield one;
      else yield* this.#together(starts.get(one), filled.get(one) ?? []);
    }
  }

  *#together(start: EmptyList | undefined, appends: readonly Append[]): Iterable<ImageList> {
    const [first] = appends;
    const scope = first === undefined ? undefined : this.#scopeOf(first.statement);
    if (start === undefined || first === undefined || scope === undefined) return;
    yield { how: 'filled', at: first.statement.value, scope, start, appends, loader: first.loader };
  }

  #made(node: Comprehension): ImageList | null {
    if (node.type !== 'list') return null;
    const found = this.#values.readIn(node.element);
    if (found === null || !this.#values.isImage(node.element, found.read, [])) return null;
    const scope = this.#scopeOf(node);
    if (scope === undefined) return null;
    const loader = { ...found, value: node.element, steps: [], isTried: false };
    return { how: 'comprehension', at: node, scope, loader, node };
  }

  #filled(call: Call): UnclearAppend | { readonly start: EmptyList; readonly append: Append } | null {
    const { func, args, keywords } = call;
    const [value, ...others] = args;
    const statement = this.#tree.parentOf(call);
    if (func.kind !== 'Attribute' || func.attr.id !== 'append' || func.value.kind !== 'Name') return null;
    if (statement?.kind !== 'ExpressionStatement' || value === undefined || others.length > 0) return null;
    if (keywords.length > 0 || !this.#isInLoop(statement) || this.#scopeOf(statement) === undefined)
      return null;
    const loader = this.#loaderOf(statement, value);
    if (loader === null) return null;
    if ('code' in loader) return { at: call, obstacle: loader };
    const receiver = func.value;
    const start = this.#startOf(receiver.id, statement);
    if (start !== null) return { start, append: { statement, receiver, loader } };
    const why = `Where \`${receiver.id}\` is made empty before the loop can't be told.`;
    return { at: call, obstacle: { code: 'not-empty', why } };
  }

  /** The function around, null at the top level; undefined in a class or lambda. */
  #scopeOf(node: Node): FunctionDef | null | undefined {
    const surroundings = this.#tree.surroundingsOf(node);
    return surroundings === null || surroundings.kind === 'FunctionDef' ? surroundings : undefined;
  }

  #isInLoop(statement: Statement): boolean {
    for (const outer of this.#tree.around(statement)) {
      if (outer.kind === 'For' || outer.kind === 'While') return true;
      if (outer.kind === 'FunctionDef') return false;
    }
    return false;
  }

  /** Goes back from the `append` to where the file is read, in the same turn of the loop. */
  #loaderOf(append: ExpressionStatement, value: Expression): Loader | Obstacle | null {
    if (!this.#values.mayBeImage(value)) return null;
    const needed = namesIn(value);
    const steps: Step[] = [];
    const passed: Statement[] = [];
    let found = this.#values.readIn(value);
    for (let at: Node = append; found === null; ) {
      const block = this.#tree.blockOf(at) ?? [];
      for (const one of block.slice(0, block.indexOf(at as Statement)).reverse()) {
        if (![...changedBy(one)].some((name) => needed.has(name))) {
          passed.unshift(one);
          continue;
        }
        if (!isStep(one)) {
          return this.#makesImages(one, needed) ? notPlain(`\`${this.#line(one)}\` makes it`) : null;
        }
        steps.unshift(one);
        for (const name of readBy(one)) needed.add(name);
        found = one.kind === 'If' ? null : this.#values.readIn(one.value);
        if (found !== null) break;
      }
      const parent = this.#tree.parentOf(at);
      if (found !== null || parent === null) break;
      if (parent.kind !== 'Try' && parent.kind !== 'If' && parent.kind !== 'ExceptHandler') break;
      at = parent;
    }
    if (found === null || !this.#values.isImage(value, found.read, steps)) return null;
    const first = steps[0] ?? append;
    const others = passed.filter((one) => one.source === first.source && one.start > first.start);
    const obstacle = this.#passedObstacle(others, steps, found.file);
    return obstacle ?? { ...found, value, steps, isTried: this.#isTried(append) };
  }

  /** Whether a statement reads images and binds, or fills, one of the names. */
  #makesImages(statement: Statement, names: ReadonlySet<string>): boolean {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return false;
    const isFilled = findAll(statement, 'Assign').some(({ targets }) =>
      targets.some((target) => {
        const owner = target.kind === 'Subscript' && this.#values.mayBeImage(target) ? target.value : target;
        return owner.kind === 'Name' && names.has(owner.id);
      }),
    );
    return isFilled && findAll(statement, 'Call').some((call) => this.#values.kindRead(call) !== null);
  }

  #isTried(statement: Statement): boolean {
    for (const outer of this.#tree.around(statement)) {
      if (outer.kind === 'Try') return true;
      if (outer.kind === 'FunctionDef') return false;
    }
    return false;
  }

  /** What stands between the steps and may change the image, or the name of its file. */
  #passedObstacle(others: readonly Statement[], steps: readonly Step[], file: Expression): Obstacle | null {
    const made = new Set(steps.flatMap(targetsOf));
    const bound = namesBoundIn([...others, ...steps]);
    const renamed = [...namesIn(file)].find((name) => bound.has(name));
    if (renamed !== undefined)
      return notPlain(`\`${renamed}\`, which says where the file is, is bound anew before the image is kept`);
    const reads = steps.flatMap((step) => [...readBy(step)]);
    for (const one of others) {
      if (reads.some((name) => bound.has(name) && changedBy(one).has(name) && !made.has(name)))
        return notPlain(`\`${this.#line(one)}\` binds what it is made with`);
      if (![...namesIn(one)].some((name) => made.has(name))) continue;
      const effect = this.#effects.of(one, { mayShow: true, mayChange: (name) => !made.has(name) });
      if (effect !== null) return notPlain(`before it is kept, ${effect}`);
    }
    return null;
  }

  /** Where the name is made an empty list before the statement. */
  #startOf(name: string, statement: Statement): EmptyList | null {
    for (let at: Node | null = statement; at !== null; at = this.#tree.parentOf(at)) {
      const block = this.#tree.blockOf(at);
      if (block === null) continue;
      const before = block.slice(0, block.indexOf(at as Statement));
      const start = before.findLast((one) => namesBoundIn([one]).has(name));
      if (start !== undefined) return emptyList(start, name);
      if (this.#tree.parentOf(at)?.kind === 'FunctionDef') return null;
    }
    const { index } = this.#program.statementOf(statement);
    const start = this.#program.statements
      .slice(0, index)
      .findLast(({ writes, maybeWrites }) => writes.has(name) || maybeWrites.has(name))?.node;
    return start === undefined ? null : emptyList(start, name);
  }

  #line(node: Node): string {
    return this.#program.textOf(node).split('\n')[0] ?? '';
  }
}

function notPlain(how: string): Obstacle {
  return { code: 'not-plain', why: `How an image comes from its file can't be told apart: ${how}.` };
}

function emptyList(statement: Statement, name: string): EmptyList | null {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return null;
  const [target] = statement.targets;
  const { value } = statement;
  const pairs: (readonly [Expression | undefined, Expression])[] =
    target?.kind === 'Tuple' && value.kind === 'Tuple' && target.elements.length === value.elements.length
      ? value.elements.map((one, at) => [target.elements[at], one])
      : [[target, value]];
  for (const [own, made] of pairs) {
    if (own?.kind !== 'Name' || own.id !== name) continue;
    const isCall =
      made.kind === 'Call' && made.func.kind === 'Name' && made.func.id === 'list' && made.args.length === 0;
    const isEmpty = made.kind === 'List' && made.elements.length === 0;
    return isCall || isEmpty ? { statement, target: own, value: made } : null;
  }
  return null;
}

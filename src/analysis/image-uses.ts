import { gathersImages } from '../pandas/image-functions.js';
import type { Call, Expression, Identifier, Keyword, Name, Node, Return } from '../python/ast.js';
import { ElementUses } from './element-uses.js';
import type { ImageList } from './image-lists.js';
import { targetNamesOf } from './image-loader.js';
import type { Obstacle } from './late.js';
import { isTarget, type NameUses } from './name-uses.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';
import { timingMagicOf } from './timed-code.js';

const CHANGES_LIST: ReadonlySet<string> = new Set(
  'append extend insert remove pop clear sort reverse __setitem__'.split(' '),
);
const ITERATES: ReadonlySet<string> = new Set(['iter', 'reversed', 'enumerate', 'zip']);
const SHOWS: ReadonlySet<string> = new Set(['print', 'display', 'str', 'repr', 'IPython.display.display']);
const COPIES: ReadonlySet<string> = new Set(['list', 'tuple', 'sorted']);

/** Arguments of a `DataLoader` that leave it to ask for one image after the other and to put copies of them together. */
const PLAIN_LOADING: ReadonlySet<string> = new Set(['batch_size', 'shuffle', 'drop_last', 'pin_memory']);

/**
 * Where a list of images may be told from a sequence that loads each when it is asked for: where it is changed, where its
 * images are changed or kept, and where it goes to what nobody knows.
 */
export class ImageUses {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly #names: NameUses;
  readonly #elements: ElementUses;
  readonly #list: ImageList;
  /** Where the list's name stands as a part of its making. */
  readonly #own: ReadonlySet<Node>;
  readonly #followed = new Map<string, Obstacle | null>();
  #last = 0;
  /** The global names that it gets. */
  readonly globals = new Set<string>();
  /** Whether it is indexed, gone through or asked for its length at all. */
  isUsed = false;
  /** Whether a function gives it back. */
  isGivenBack = false;

  /** @param replaced uses of the list that a change does away with */
  constructor(
    program: Program,
    tree: NotebookTree,
    effects: SideEffects,
    names: NameUses,
    list: ImageList,
    replaced: readonly Node[] = [],
  ) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
    this.#names = names;
    const appends = list.how === 'filled' ? list.appends : [];
    const making = appends.flatMap(({ statement, loader }) => [statement, ...loader.steps]);
    this.#elements = new ElementUses(program, tree, effects, names, list.loader.kind, making);
    this.#own = new Set([...appends.map(({ receiver }) => receiver), ...replaced]);
    this.#list = list;
  }

  /** The last use of the list or of an image, by the index of its top-level statement. */
  get last(): number {
    return Math.max(this.#last, this.#elements.last);
  }

  /** Whether nothing is asked of an image but what its file's header says. */
  get isHeaderOnly(): boolean {
    return this.#elements.isHeaderOnly;
  }

  /** What the list is used for, and what else is done with an image in the loop that puts it into the list. */
  obstacle(): Obstacle | null {
    if (this.#list.how === 'comprehension') return this.of(this.#list.node);
    const { target, statement } = this.#list.start;
    const found = this.ofName(target, statement);
    if (found !== null) return found;
    for (const { loader } of this.#list.appends)
      for (const step of loader.steps)
        for (const name of targetNamesOf(step)) {
          const other = this.#elements.ofTarget(name, step);
          if (other !== null) return other;
        }
    return null;
  }

  /** What a name of the list is used for, from where it is bound on. */
  ofName(target: Name | Identifier, bound: Node): Obstacle | null {
    const key = `${target.id} ${bound.source}:${bound.start}`;
    const known = this.#followed.get(key);
    if (known !== undefined) return known;
    this.#followed.set(key, null);
    if (this.#program.notebookNames.variableOf(target)?.owner === null) this.globals.add(target.id);
    const found = this.#names.after(target, bound, (use) => this.of(use));
    this.#followed.set(key, found);
    return found;
  }

  /** What is done with the expression, whose value is the list. */
  of(node: Expression): Obstacle | null {
    if (this.#own.has(node)) return null;
    this.#last = Math.max(this.#last, this.#names.lastRunOf(node));
    const parent = this.#tree.parentOf(node);
    switch (parent?.kind) {
      case 'Call':
      case 'Keyword':
        return this.#asArgument(parent, node);
      case 'Subscript':
        if (parent.value !== node) break;
        if (isTarget(this.#tree, parent))
          return this.#changes(node, `\`${this.#line(parent)}\` is bound anew or deleted`);
        this.isUsed = true;
        return parent.index.kind === 'Slice' ? this.of(parent) : this.#elements.of(parent);
      case 'Attribute':
        if (!CHANGES_LIST.has(parent.attr.id)) break;
        return this.#changes(node, `\`${parent.attr.id}\` is called`);
      case 'For':
      case 'ComprehensionFor':
        if (parent.iter !== node || parent.isAsync) break;
        this.isUsed = true;
        return this.#elements.ofTarget(parent.target, parent);
      case 'If':
      case 'While':
      case 'Assert':
      case 'Delete':
        return null;
      case 'UnaryOperation':
        if (parent.op !== 'not') break;
        return null;
      case 'Assign': {
        const [target, ...others] = parent.targets;
        if (others.length > 0 || target?.kind !== 'Name') break;
        return this.ofName(target, parent);
      }
      case 'AugAssign':
        return this.#changes(node, 'something is added to it');
      case 'JoinedString':
        return this.#shown(node);
      case 'ExpressionStatement':
        if (this.#isShown(node)) return this.#shown(node);
        return {
          code: 'not-kept',
          why: `The images are loaded in cell ${this.#cell(node)} for the sake of loading them.`,
        };
      case 'Return':
        return this.#returned(parent, (call) => this.of(call));
      case 'Tuple': {
        const outer = this.#tree.parentOf(parent);
        if (outer?.kind !== 'Return') break;
        const position = parent.elements.indexOf(node);
        return this.#returned(outer, (call) => this.#unpacked(call, position));
      }
      default:
    }
    if (parent?.kind === 'Assign') {
      const why = `\`${this.#line(parent)}\` in cell ${this.#cell(node)} keeps them elsewhere.`;
      return { code: 'kept', why };
    }
    const why = `\`${this.#line(node)}\` is used in cell ${this.#cell(node)} in a way that may need the list itself: \`${this.#line(parent ?? node)}\`.`;
    return { code: 'used-otherwise', why };
  }

  #asArgument(parent: Call | Keyword, node: Expression): Obstacle | null {
    const call = this.#callOf(parent);
    const { func } = call;
    const names = this.#program.notebookNames;
    const qualified =
      names.qualifiedName(func) ?? (func.kind === 'Name' && !names.isBound(func.id) ? func.id : '');
    const called = this.#line(func);
    const position = call.args.indexOf(node);
    if (gathersImages(qualified))
      return {
        code: 'array',
        why: `\`${called}\` in cell ${this.#cell(node)} makes one array of all images, which needs all of them at once: \`tf.data\` or \`torch.utils.data.Dataset\` would load them batch by batch.`,
      };
    if (qualified === 'sklearn.model_selection.train_test_split')
      return {
        code: 'kept',
        why: `\`${called}\` in cell ${this.#cell(node)} makes lists of all images: split the names of the files, and load what is asked for.`,
      };
    if (COPIES.has(qualified))
      return {
        code: 'kept',
        why: `\`${called}\` in cell ${this.#cell(node)} makes another list of all images.`,
      };
    if (SHOWS.has(qualified)) return this.#shown(node);
    if (qualified === 'random.shuffle') return this.#changes(node, 'it is shuffled');
    if (parent.kind === 'Call') {
      if (qualified === 'torch.utils.data.DataLoader') return this.#loads(call, position);
      if (qualified === 'len' || qualified === 'bool') {
        this.isUsed = true;
        return null;
      }
      if (qualified === 'random.choice') return this.#elements.of(call);
      const path = pathThrough(qualified, position, []);
      if (path !== null) return this.#through(call, path);
    }
    const own = func.kind === 'Name' ? this.#effects.functionNamed(func.id) : null;
    if (own?.kind === 'FunctionDef') {
      const parameter = this.#names.parameterOf(own, call, parent, position);
      if (parameter !== null) return this.ofName(parameter, own);
    }
    return {
      code: 'unknown-call',
      why: `\`${called}\` in cell ${this.#cell(node)} is given \`${this.#line(node)}\`, and may do with it what only a list allows.`,
    };
  }

  #loads(call: Call, position: number): Obstacle | null {
    this.isUsed = true;
    const strange = call.keywords.find(
      ({ name, value }) =>
        !PLAIN_LOADING.has(name?.id ?? '') &&
        !(name?.id === 'num_workers' && this.#program.textOf(value) === '0'),
    );
    if (position === 0 && strange === undefined && call.args.length <= 3) return null;
    const why = `The \`DataLoader\` in cell ${this.#cell(call)} is given \`${strange?.name?.id ?? '**'}\`, with which it may do something else with the images.`;
    return { code: 'unknown-call', why };
  }

  /** Who takes what an iterator gives of the list; the path leads to the image in that. */
  #through(made: Call, path: readonly number[]): Obstacle | null {
    this.isUsed = true;
    const parent = this.#tree.parentOf(made);
    if (parent?.kind === 'For' || parent?.kind === 'ComprehensionFor')
      return this.#elements.ofTarget(parent.target, parent, path);
    if (parent?.kind === 'Call') {
      const { func } = parent;
      const names = this.#program.notebookNames;
      const qualified =
        names.qualifiedName(func) ?? (func.kind === 'Name' && !names.isBound(func.id) ? func.id : '');
      const outer = pathThrough(qualified, parent.args.indexOf(made), path);
      if (outer !== null) return this.#through(parent, outer);
    }
    const why = `\`${this.#line(made)}\` in cell ${this.#cell(made)} may be kept with all its images.`;
    return { code: 'kept', why };
  }

  /** What the callers do with what a function gives back. */
  #returned(statement: Return, ofCall: (call: Call) => Obstacle | null): Obstacle | null {
    this.isGivenBack = true;
    const key = `return ${statement.source}:${statement.start}`;
    if (this.#followed.has(key)) return this.#followed.get(key) ?? null;
    this.#followed.set(key, null);
    const calls = this.#names.callersOf(statement);
    if (calls === null) {
      const why = `The list is given back in cell ${this.#cell(statement)}, and who is given it can't be told.`;
      return { code: 'kept', why };
    }
    for (const call of calls) {
      const found = ofCall(call);
      if (found === null) continue;
      this.#followed.set(key, found);
      return found;
    }
    return null;
  }

  /** A list that is one of several values which a call gives. */
  #unpacked(call: Call, position: number): Obstacle | null {
    const parent = this.#tree.parentOf(call);
    if (parent?.kind === 'Assign' && parent.targets.length === 1) {
      const [target] = parent.targets;
      const isPlain = target?.kind === 'Tuple' && target.elements.every(({ kind }) => kind !== 'Starred');
      const own = isPlain ? target.elements[position] : undefined;
      if (own?.kind === 'Name') return this.ofName(own, parent);
    }
    if (parent?.kind === 'Subscript' && this.#program.textOf(parent.index) === String(position))
      return this.of(parent);
    if (parent?.kind === 'ExpressionStatement') return this.#shown(call);
    const why = `What \`${this.#line(call.func)}\` gives in cell ${this.#cell(call)} is kept with all its images.`;
    return { code: 'kept', why };
  }

  #callOf(parent: Call | Keyword): Call {
    if (parent.kind === 'Call') return parent;
    const call = this.#tree.parentOf(parent);
    if (call?.kind !== 'Call') throw new Error('a keyword of no call');
    return call;
  }

  #shown(node: Node): Obstacle {
    return { code: 'shown', why: `\`${this.#line(node)}\` is shown as a list in cell ${this.#cell(node)}.` };
  }

  /** Whether the cell shows it: not what a magic measures. */
  #isShown(node: Expression): boolean {
    const { shown } = this.#program.cellOf(node);
    return shown === node && timingMagicOf(this.#program, node) === undefined;
  }

  #changes(node: Node, how: string): Obstacle {
    return {
      code: 'list-changes',
      why: `\`${this.#line(node)}\` is changed in cell ${this.#cell(node)}: ${how}.`,
    };
  }

  #cell(node: Node): number {
    return this.#program.cellOf(node).index;
  }

  #line(node: Node): string {
    return this.#program.textOf(node).split('\n')[0] ?? '';
  }
}

/** Where an image stands in what the iterator gives that is made of one with such a path; null for what is no iterator. */
function pathThrough(qualified: string, position: number, path: readonly number[]): readonly number[] | null {
  if (/^tqdm(\.|$)/.test(qualified)) return position === 0 ? path : null;
  if (!ITERATES.has(qualified) || position < 0) return null;
  if (qualified === 'zip') return [position, ...path];
  if (position > 0) return null;
  return qualified === 'enumerate' ? [1, ...path] : path;
}

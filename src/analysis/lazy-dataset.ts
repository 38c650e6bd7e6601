import type { Call, Expression, Name, Node, Statement } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { ImageList } from './image-lists.js';
import type { Loader } from './image-loader.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';

/**
 * An array of all images that goes to a `TensorDataset` and nowhere else, and that to `DataLoader`s:
 *
 *     pixels = torch.tensor(np.array(images)) / 255
 *     dataset = TensorDataset(pixels, labels)
 *     loader = DataLoader(dataset, batch_size=32)
 */
export interface ImageDataset {
  /** The list, where the array is made of it. */
  readonly use: Expression;
  /** What is computed of the list; each image's part of it depends on that image alone. */
  readonly tensor: Expression;
  /** The statement that gives the tensor a name which nothing but the data set reads; null where it has none. */
  readonly named: Statement | null;
  /** The call of `TensorDataset`. */
  readonly made: Call;
  /** Names that hold the data set, or a loader of it. */
  readonly holders: readonly string[];
}

const GATHERS: ReadonlySet<string> = new Set(['numpy.array', 'numpy.asarray', 'numpy.stack']);
const TENSORS: ReadonlySet<string> = new Set([
  'torch.tensor',
  'torch.from_numpy',
  'torch.as_tensor',
  'torch.FloatTensor',
]);

/** Methods that treat each image by itself, as long as the first axis stays the first. */
const OF_EACH: ReadonlySet<string> = new Set([
  'float',
  'double',
  'long',
  'astype',
  'div',
  'mul',
  'sub',
  'add',
  'to',
]);

/** OpenCV's flags that give other than bytes: `IMREAD_UNCHANGED`, `IMREAD_ANYDEPTH` and what is computed. */
const PLAIN_FLAG = /^(0|1|cv2\.IMREAD_(COLOR|GRAYSCALE))$/;

/** Finds data sets that could load their images themselves. */
export class ImageDatasets {
  readonly #program: Program;
  readonly #tree: NotebookTree;

  constructor(program: Program, tree: NotebookTree) {
    this.#program = program;
    this.#tree = tree;
  }

  /** The data set that the list's images go to, as the only array that is made of them; null where there is none. */
  of(list: ImageList): ImageDataset | null {
    const uses = this.#usesOf(list);
    const gathered = uses.flatMap((use) => {
      const parent = this.#tree.parentOf(use);
      const isGathered =
        parent?.kind === 'Call' &&
        GATHERS.has(this.#qualified(parent.func)) &&
        parent.args.length === 1 &&
        parent.keywords.length === 0;
      return isGathered ? [{ use, call: parent }] : [];
    });
    const [only, ...others] = gathered;
    if (only === undefined || others.length > 0 || !this.#hasOneType(list.loader)) return null;
    const tensor = this.#wholeOf(only.call);
    if (tensor === null) return null;
    const parent = this.#tree.parentOf(tensor);
    if (parent?.kind === 'Call') return this.#dataset(parent, tensor, { use: only.use, tensor, named: null });
    const [target, ...more] = parent?.kind === 'Assign' ? parent.targets : [];
    if (parent?.kind !== 'Assign' || target?.kind !== 'Name' || more.length > 0) return null;
    const variable = this.#program.notebookNames.variableOf(target);
    const [read, ...reads] = variable?.reads ?? [];
    const made = read === undefined ? null : this.#tree.parentOf(read);
    if (read === undefined || made?.kind !== 'Call' || reads.length > 0) return null;
    if (variable?.bindings.length !== 1 || this.#program.statementOf(parent).node !== parent) return null;
    return this.#dataset(made, read, { use: only.use, tensor, named: parent });
  }

  #usesOf(list: ImageList): readonly Expression[] {
    const names = this.#program.notebookNames;
    if (list.how === 'filled') return names.variableOf(list.start.target)?.reads ?? [];
    const parent = this.#tree.parentOf(list.node);
    const target = parent?.kind === 'Assign' && parent.targets.length === 1 ? parent.targets[0] : undefined;
    return target?.kind === 'Name' ? (names.variableOf(target)?.reads ?? []) : [list.node];
  }

  /** What is computed of the array before anything else is done with it; null where no tensor comes of it. */
  #wholeOf(array: Expression): Expression | null {
    let at = array;
    let isTensor = false;
    for (;;) {
      const parent = this.#tree.parentOf(at);
      const next = this.#next(parent, at);
      if (next === null) return isTensor ? at : null;
      isTensor ||= next.kind === 'Call' && TENSORS.has(this.#qualified(next.func));
      at = next;
    }
  }

  /** The expression around, where it treats each image by itself. */
  #next(parent: Node | null, at: Expression): Expression | null {
    if (parent?.kind === 'BinaryOperation') {
      const other = parent.left === at ? parent.right : parent.left;
      return other.kind === 'Constant' && ['+', '-', '*', '/'].includes(parent.op) ? parent : null;
    }
    if (parent?.kind === 'Call' && parent.args[0] === at && TENSORS.has(this.#qualified(parent.func))) {
      const isPlain = parent.keywords.every(({ name, value }) => name?.id === 'dtype' && this.#isType(value));
      return parent.args.length === 1 && isPlain ? parent : null;
    }
    const call = parent?.kind === 'Attribute' ? this.#tree.parentOf(parent) : null;
    if (parent?.kind !== 'Attribute' || call?.kind !== 'Call' || call.func !== parent) return null;
    if (call.keywords.length > 0) return null;
    const isFixed = call.args.every((one) => one.kind === 'Constant' || this.#isType(one));
    if (parent.attr.id === 'permute') {
      const [first] = call.args;
      return isFixed && first !== undefined && this.#program.textOf(first) === '0' ? call : null;
    }
    return OF_EACH.has(parent.attr.id) && isFixed ? call : null;
  }

  #isType(value: Expression): boolean {
    return value.kind === 'StringLiteral' || /^(torch|numpy)\.(u?int|float)\d+$/.test(this.#qualified(value));
  }

  #dataset(
    made: Call,
    given: Expression,
    found: Omit<ImageDataset, 'made' | 'holders'>,
  ): ImageDataset | null {
    if (this.#qualified(made.func) !== 'torch.utils.data.TensorDataset' || made.args[0] !== given)
      return null;
    if (made.keywords.length > 0 || made.args.some(({ kind }) => kind === 'Starred')) return null;
    const parent = this.#tree.parentOf(made);
    if (parent?.kind === 'Call')
      return this.#isLoaded(parent, made) ? { ...found, made, holders: this.#holdersOf([parent]) } : null;
    const target = parent?.kind === 'Assign' && parent.targets.length === 1 ? parent.targets[0] : undefined;
    if (target?.kind !== 'Name') return null;
    const variable = this.#program.notebookNames.variableOf(target);
    const calls = (variable?.reads ?? []).map((read: Name) => {
      const call = this.#tree.parentOf(read);
      return call?.kind === 'Call' && this.#isLoaded(call, read) ? call : null;
    });
    const loaders = calls.filter((call) => call !== null);
    if (loaders.length < calls.length || variable?.bindings.length !== 1) return null;
    return { ...found, made, holders: [target.id, ...this.#holdersOf(loaders)] };
  }

  /** The names that are bound to the calls. */
  #holdersOf(calls: readonly Call[]): readonly string[] {
    return calls.flatMap((call) => {
      const parent = this.#tree.parentOf(call);
      const targets = parent?.kind === 'Assign' ? parent.targets : [];
      return targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []));
    });
  }

  /** `DataLoader(dataset, ...)` with what puts the samples together in its own way, and `len(dataset)`. */
  #isLoaded({ func, args, keywords }: Call, dataset: Expression): boolean {
    if (args[0] !== dataset) return false;
    if (func.kind === 'Name' && func.id === 'len') return !this.#program.notebookNames.isBound('len');
    if (this.#qualified(func) !== 'torch.utils.data.DataLoader' || args.length > 3) return false;
    return keywords.every(
      ({ name, value }) =>
        ['batch_size', 'shuffle', 'drop_last', 'generator'].includes(name?.id ?? '') ||
        (name?.id === 'num_workers' && this.#program.textOf(value) === '0'),
    );
  }

  /** Whether all images have one type: an array of bytes and floats would be one of floats. */
  #hasOneType({ value, steps, read }: Loader): boolean {
    const last = value.kind === 'Name' ? steps.at(-1) : undefined;
    const end = last?.kind === 'Assign' ? last.value : value;
    if (end.kind === 'Call' && end.func.kind === 'Attribute' && end.func.attr.id === 'astype') return true;
    if (steps.some(({ kind }) => kind === 'If')) return false;
    const isOpenCv = [end, ...steps].every((one) =>
      findAll(one, 'Call').every((call) => /^cv2\./.test(this.#qualified(call.func))),
    );
    const flag = read.args[1];
    const isPlain = flag === undefined || PLAIN_FLAG.test(this.#program.textOf(flag));
    return this.#qualified(read.func) === 'cv2.imread' && isOpenCv && isPlain && read.keywords.length === 0;
  }

  #qualified(expression: Expression): string {
    return this.#program.notebookNames.qualifiedName(expression) ?? '';
  }
}

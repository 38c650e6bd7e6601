import type { Assign, Expression, Node } from '../python/ast.js';
import { contains, findAll } from '../python/walk.js';
import type { ImageList } from './image-lists.js';
import type { Loader } from './image-loader.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';

/** The only array that is made of all images of a list, and where it goes. */
export interface ImageArray {
  /** The list, where the array is made of it. */
  readonly use: Expression;
  /** What is computed of the array before anything else is done with it; each image's part of it depends on that image alone. */
  readonly whole: Expression;
  /** Whether it is a tensor of PyTorch by then. */
  readonly isTensor: boolean;
  /** The statement that gives it a name of its own; null where it has none. */
  readonly named: Assign | null;
  /** Every place that has it: `whole` itself, or where its name is read. */
  readonly places: readonly Expression[];
  /** Whether the list's name may be deleted, or become another list, before the array is asked for. */
  readonly outlivesList: boolean;
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

/** Keras' own array of an image: float32, unless it is told otherwise. */
const TO_ARRAY = /^(tensorflow\.)?keras\.(preprocessing\.image|utils)\.img_to_array$/;

/** Finds arrays of which a batch can be made of the images of that batch. */
export class ImageArrays {
  readonly #program: Program;
  readonly #tree: NotebookTree;

  constructor(program: Program, tree: NotebookTree) {
    this.#program = program;
    this.#tree = tree;
  }

  /** The array that the list's images go to; null where there is none, or several. */
  of(list: ImageList): ImageArray | null {
    const gathered = this.#usesOf(list).flatMap((use) => {
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
    const { whole, isTensor } = this.#wholeOf(only.call);
    const found = { use: only.use, whole, isTensor, outlivesList: this.#isRebound(only.use) };
    const parent = this.#tree.parentOf(whole);
    if (parent?.kind !== 'Assign') return { ...found, named: null, places: [whole] };
    const [target, ...more] = parent.targets;
    if (target?.kind !== 'Name' || more.length > 0) return null;
    const variable = this.#program.notebookNames.variableOf(target);
    const isOnly =
      variable?.bindings.length === 1 && this.#program.statementOf(parent).node === (parent as Node);
    return isOnly && !this.#isReadInText(target.id, variable.reads)
      ? { ...found, named: parent, places: variable.reads }
      : null;
  }

  #isRebound(use: Expression): boolean {
    return use.kind === 'Name' && this.#program.notebookNames.variableOf(use)?.bindings.length !== 1;
  }

  /** Whether a magic, a shell line or a string of code reads the name, which no node says. */
  #isReadInText(name: string, reads: readonly Expression[]): boolean {
    const said = new Set(reads.map((read) => this.#program.statementOf(read)));
    return (
      this.#program.statements.some((one) => one.reads.has(name) && !said.has(one)) ||
      this.#program.cells.some(({ magics }) => magics.some(({ uses }) => uses.includes(name)))
    );
  }

  #usesOf(list: ImageList): readonly Expression[] {
    const names = this.#program.notebookNames;
    if (list.how === 'filled') return names.variableOf(list.start.target)?.reads ?? [];
    const parent = this.#tree.parentOf(list.node);
    const target = parent?.kind === 'Assign' && parent.targets.length === 1 ? parent.targets[0] : undefined;
    return target?.kind === 'Name' ? (names.variableOf(target)?.reads ?? []) : [list.node];
  }

  #wholeOf(array: Expression): { readonly whole: Expression; readonly isTensor: boolean } {
    let whole = array;
    let isTensor = false;
    for (;;) {
      const next = this.#next(this.#tree.parentOf(whole), whole);
      if (next === null) return { whole, isTensor };
      isTensor ||= next.kind === 'Call' && TENSORS.has(this.#qualified(next.func));
      whole = next;
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

  /** Whether all images have one type: an array of bytes and floats would be one of floats. */
  #hasOneType({ value, steps, read, file }: Loader): boolean {
    const last = value.kind === 'Name' ? steps.at(-1) : undefined;
    const end = last?.kind === 'Assign' ? last.value : value;
    if (end.kind === 'Call' && end.func.kind === 'Attribute' && end.func.attr.id === 'astype') return true;
    if (end.kind === 'Call' && end.keywords.length === 0 && TO_ARRAY.test(this.#qualified(end.func)))
      return true;
    if (steps.some(({ kind }) => kind === 'If')) return false;
    const isOpenCv = [end, ...steps].every((one) =>
      findAll(one, 'Call').every((call) => contains(file, call) || /^cv2\./.test(this.#qualified(call.func))),
    );
    const flag = read.args[1];
    const isPlain = flag === undefined || PLAIN_FLAG.test(this.#program.textOf(flag));
    return this.#qualified(read.func) === 'cv2.imread' && isOpenCv && isPlain && read.keywords.length === 0;
  }

  #qualified(expression: Expression): string {
    return this.#program.notebookNames.qualifiedName(expression) ?? '';
  }
}

import type { Call, Expression, Name } from '../python/ast.js';
import type { ImageArray } from './image-arrays.js';
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
  readonly array: ImageArray;
  /** The call of `TensorDataset`. */
  readonly made: Call;
  /** Names that hold the data set, or a loader of it. */
  readonly holders: readonly string[];
}

/** Finds data sets that could load their images themselves. */
export class ImageDatasets {
  readonly #program: Program;
  readonly #tree: NotebookTree;

  constructor(program: Program, tree: NotebookTree) {
    this.#program = program;
    this.#tree = tree;
  }

  /** The data set that is all that the array goes to; null where there is none. */
  of(array: ImageArray): ImageDataset | null {
    const { isTensor, places } = array;
    const [given, ...others] = places;
    if (!isTensor || given === undefined || others.length > 0) return null;
    const made = this.#tree.parentOf(given);
    if (made?.kind !== 'Call') return null;
    if (this.#qualified(made.func) !== 'torch.utils.data.TensorDataset' || made.args[0] !== given)
      return null;
    if (made.keywords.length > 0 || made.args.some(({ kind }) => kind === 'Starred')) return null;
    const holders = this.#loadersOf(made);
    return holders === null ? null : { array, made, holders };
  }

  /** The names that hold the data set or its loaders, where it goes to nothing else; null where it does. */
  #loadersOf(made: Call): readonly string[] | null {
    const parent = this.#tree.parentOf(made);
    if (parent?.kind === 'Call') return this.#isLoaded(parent, made) ? this.#holdersOf([parent]) : null;
    const target = parent?.kind === 'Assign' && parent.targets.length === 1 ? parent.targets[0] : undefined;
    if (target?.kind !== 'Name') return null;
    const variable = this.#program.notebookNames.variableOf(target);
    const calls = (variable?.reads ?? []).map((read: Name) => {
      const call = this.#tree.parentOf(read);
      return call?.kind === 'Call' && this.#isLoaded(call, read) ? call : null;
    });
    const loaders = calls.filter((call) => call !== null);
    if (loaders.length < calls.length || variable?.bindings.length !== 1) return null;
    return [target.id, ...this.#holdersOf(loaders)];
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

  #qualified(expression: Expression): string {
    return this.#program.notebookNames.qualifiedName(expression) ?? '';
  }
}

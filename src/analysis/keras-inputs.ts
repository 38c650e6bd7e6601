import type { Call, Expression, Keyword, Node, Tuple } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { ImageArray } from './image-arrays.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { Variables } from './variables.js';

/**
 * An array of all images that nothing but models of Keras get, as their inputs:
 *
 *     pixels = np.array(images) / 255
 *     model.fit(pixels, labels, epochs=5, shuffle=False)
 *     model.predict(pixels)
 */
export interface KerasInputs {
  readonly array: ImageArray;
  readonly uses: readonly InputUse[];
  /** Where Keras is: `'keras'`, or `'tensorflow.keras'`. */
  readonly library: string;
  /** Whether a call draws the order of the samples, and draws another for a data set. */
  readonly isShuffled: boolean;
}

/** A call that gets the array: as its first argument, or among the data that a fit is tried on after each epoch. */
export type InputUse =
  | {
      readonly type: 'inputs';
      readonly call: Call;
      readonly targets: Expression | null;
      readonly batchSize: Expression | null;
      readonly isShuffled: boolean;
      /** The call's other arguments. */
      readonly others: readonly Keyword[];
    }
  | {
      readonly type: 'validation';
      readonly pair: Tuple;
      readonly targets: Expression;
      readonly batchSize: Expression | null;
    };

/** What the methods take besides inputs, targets and `batch_size`, and treat alike where a data set gives the batches. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  fit: ['epochs', 'verbose', 'callbacks', 'shuffle', 'initial_epoch', 'validation_data', 'validation_freq'],
  evaluate: ['verbose', 'callbacks', 'return_dict'],
  predict: ['verbose', 'callbacks'],
};

const MODEL =
  /^((?:tensorflow\.)?keras)\.((?:models\.)?(?:Sequential|Model)|models\.load_model|applications\.\w+(?:\.\w+)?)$/;

/** What gives an array, one row for each sample. */
const ARRAY =
  /^(numpy\.(array|asarray|zeros|ones|eye|arange)|(tensorflow\.)?keras\.utils\.(np_utils\.)?to_categorical)$/;

/** How far functions are followed to the model that they give. */
const MAX_CALLS = 4;

interface FoundUse {
  readonly use: InputUse;
  readonly library: string;
}

/** Finds arrays of images that could be given batch by batch. */
export class KerasInputsFinder {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;

  constructor(program: Program, tree: NotebookTree, variables: Variables) {
    this.#program = program;
    this.#tree = tree;
    this.#variables = variables;
  }

  /** The calls that the array goes to; null where it goes to anything else. */
  of(array: ImageArray): KerasInputs | null {
    const { isTensor, places } = array;
    if (isTensor || places.length === 0) return null;
    const libraries = new Set<string>();
    const uses: InputUse[] = [];
    for (const place of places) {
      const found = this.#useOf(place);
      if (found === null || this.#tree.surroundingsOf(place) !== null) return null;
      libraries.add(found.library);
      uses.push(found.use);
    }
    const [library, ...others] = libraries;
    const calls = new Set(uses.map((one) => (one.type === 'inputs' ? one.call : one.pair)));
    // The model gets the same array twice: as what it is to find, too.
    if (library === undefined || others.length > 0 || calls.size < uses.length) return null;
    const isShuffled = uses.some((one) => one.type === 'inputs' && one.isShuffled);
    return { array, uses, library, isShuffled };
  }

  #useOf(place: Expression): FoundUse | null {
    const parent = this.#tree.parentOf(place);
    if (parent?.kind === 'Tuple') return this.#validation(parent, place);
    const call = parent?.kind === 'Keyword' && parent.name?.id === 'x' ? this.#tree.parentOf(parent) : parent;
    if (call?.kind !== 'Call') return null;
    const model = this.#modelOf(call);
    const isFirst = call.args.length === 0 ? parent?.kind === 'Keyword' : call.args[0] === place;
    if (model === null || !isFirst || call.args.length > 2 || this.#hasComment(call)) return null;
    const given = new Map(call.keywords.map((keyword) => [keyword.name?.id ?? '**', keyword]));
    const targets = call.args[1] ?? given.get('y')?.value ?? null;
    if (model.method === 'predict' ? targets !== null : targets === null || !this.#isArray(targets))
      return null;
    const others = call.keywords.filter(({ name }) => !['x', 'y', 'batch_size'].includes(name?.id ?? '**'));
    if (!others.every(({ name }) => OTHERS[model.method]?.includes(name?.id ?? '**'))) return null;
    const shuffle = given.get('shuffle')?.value;
    const order = shuffle === undefined ? 'True' : this.#program.textOf(shuffle);
    if (order !== 'True' && order !== 'False') return null;
    const batchSize = given.get('batch_size')?.value ?? null;
    const isShuffled = model.method === 'fit' && order === 'True';
    return {
      use: { type: 'inputs', call, targets, batchSize, isShuffled, others },
      library: model.library,
    };
  }

  /** `validation_data=(images, labels)` */
  #validation(pair: Tuple, place: Expression): FoundUse | null {
    const [inputs, targets, ...others] = pair.elements;
    const keyword = this.#tree.parentOf(pair);
    const call = keyword === null ? null : this.#tree.parentOf(keyword);
    if (inputs !== place || targets === undefined || others.length > 0 || !this.#isArray(targets))
      return null;
    if (keyword?.kind !== 'Keyword' || keyword.name?.id !== 'validation_data' || call?.kind !== 'Call')
      return null;
    const model = this.#modelOf(call);
    const given = (name: string) => call.keywords.find((one) => one.name?.id === name)?.value;
    if (model?.method !== 'fit' || given('validation_steps') !== undefined) return null;
    if (given('validation_batch_size') !== undefined) return null;
    const batchSize = given('batch_size') ?? null;
    // It is evaluated twice then: for the fit, and for what the fit is tried on.
    if (batchSize !== null && batchSize.kind !== 'Name' && batchSize.kind !== 'Constant') return null;
    return { use: { type: 'validation', pair, targets, batchSize }, library: model.library };
  }

  /** Comments among the arguments would be lost. */
  #hasComment(call: Call): boolean {
    const { start, end } = call.argumentSpan;
    return this.#program.cellOf(call).comments.some((one) => start <= one.start && one.end <= end);
  }

  #modelOf({ func }: Call): { readonly method: string; readonly library: string } | null {
    if (func.kind !== 'Attribute' || !Object.hasOwn(OTHERS, func.attr.id)) return null;
    const library = this.#libraryOf(func.value, MAX_CALLS);
    return library === null ? null : { method: func.attr.id, library };
  }

  /** The library whose own model the expression is for certain; null where it may be anything else. */
  #libraryOf(expression: Expression, calls: number): string | null {
    const libraries = new Set<string | null>();
    if (expression.kind === 'Name')
      for (const value of this.#variables.valuesOf(expression) ?? [])
        libraries.add(this.#libraryOf(value, calls));
    else if (expression.kind === 'Call') {
      const known = MODEL.exec(this.#program.notebookNames.qualifiedName(expression.func) ?? '');
      const defined = known === null ? this.#variables.definitionOf(expression.func) : null;
      if (known !== null) libraries.add(known[1] ?? null);
      else if (defined?.kind === 'FunctionDef' && calls > 0 && defined.decorators.length === 0)
        for (const { value } of this.#returnsOf(defined))
          libraries.add(value === null ? null : this.#libraryOf(value, calls - 1));
    }
    const [library = null, ...others] = libraries;
    return others.length > 0 ? null : library;
  }

  #returnsOf(definition: Node) {
    return [...findAll(definition, 'Return')].filter((one) => this.#tree.surroundingsOf(one) === definition);
  }

  /** Whether it has one row for each sample, which a slice takes out. */
  #isArray(value: Expression): boolean {
    if (this.#program.kindOf(value) === 'ndarray') return true;
    const values = value.kind === 'Name' ? (this.#variables.valuesOf(value) ?? []) : [value];
    const isMade = (one: Expression) =>
      one.kind === 'Call' && ARRAY.test(this.#program.notebookNames.qualifiedName(one.func) ?? '');
    return values.length > 0 && values.every(isMade);
  }
}

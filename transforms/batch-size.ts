import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program } from '../src/analysis/program.js';
import { findTrainingLoop, hasLength, type TrainingLoop } from '../src/analysis/training-loop.js';
import { type Variable, Variables } from '../src/analysis/variables.js';
import type { Call, Constant, Expression, Keyword } from '../src/python/ast.js';
import { literalValue } from '../src/python/literals.js';
import { findAll } from '../src/python/walk.js';
import type { Effect, Finding, Intent, Options, Refusal, Transform } from '../src/refactor/contract.js';

/** A smaller `batch_size`, where one is asked for. */
export const batchSize: Transform = {
  id: 'batch-size',
  summary: 'a smaller `batch_size`, with `--max-batch-size` or `--batch-factor`',
  explanation: `\
Makes the batches smaller in which a neural network is trained or asked: \`--max-batch-size 32\`, or \`--batch-factor 0.5\` for
half. What a step holds (the batch, every layer's activations and their gradients) is in proportion to the batch.

    model.predict(images, batch_size=256)

becomes with \`--max-batch-size 32 --lossy\`

    model.predict(images, batch_size=32)

- **Asking** (\`predict\`, \`evaluate\`) gives the same but for the last digits: matrices of another shape are multiplied in
  another order. Measured with TensorFlow 2.21 on a small net: up to 1.2e-7. That is \`--lossy\`.
- **Training** (\`fit\`, \`flow*\`, \`*_dataset_from_directory\`, \`DataLoader\`, \`TrainingArguments\`) takes more and other steps:
  another result, \`--unsafe\`, and often another learning rate.
- **A plain PyTorch loop** goes on taking the steps of the large batch, from gradients that are added up over small ones: equal
  up to rounding where the loss is a mean over the samples and each sample stands for itself (no batch norm, no dropout). That
  is \`--lossy\`. Every other loop is left with the smaller batches and the reason.

A size that has a name is followed to wherever the name is bound, and to what is handed over for a parameter. It is refused where the size can't be told, and where it comes
from outside (a cell tagged \`parameters\`, a Colab form). \`MiniBatchKMeans\`, \`IncrementalPCA\` and spaCy's \`pipe\` have a
\`batch_size\` that is another thing, and are left alone. \`--batch-factor\` is a fraction of what is there, each time that it
is asked for; \`--max-batch-size\` a second time changes nothing.
`,
  optIn: true,
  isTextual: true,
  isAskedFor: ({ maxBatchSize, batchFactor }) => maxBatchSize !== null || batchFactor !== null,

  *find(program, _evidence, options) {
    const sizes = new Map<Expression, Size>();
    const tree = NotebookTree.of(program);
    const names = { tree, variables: Variables.of(tree) };
    for (const { module } of program.cells) {
      if (module === null) continue;
      for (const call of findAll(module, 'Call'))
        for (const use of usesOf(program, call)) {
          const found = followSizes(program, names, use.value);
          if ('code' in found) {
            yield { type: 'refusal', at: use.value, ...found };
            continue;
          }
          for (const one of found) {
            const known = sizes.get(one.literal);
            if (known === undefined) sizes.set(one.literal, { ...one, uses: [use] });
            else known.uses.push(use);
          }
        }
    }
    for (const size of sizes.values()) yield* makeSmaller(program, size, options);
  },
};

type Purpose = 'training' | 'inference' | 'loader' | 'trainer';

/** A `batch_size` that a call is given. */
interface SizeUse {
  readonly call: Call;
  readonly value: Expression;
  readonly purpose: Purpose;
}

/** A size that is written out, and all calls that it goes to. */
interface Size {
  readonly literal: Constant;
  readonly size: number;
  /** The name that it is known by. */
  readonly name: string | null;
  /** Whether the name, or the parameter, is never another size. */
  readonly isOnly: boolean;
  readonly uses: SizeUse[];
}

const FRAMEWORKS: ReadonlySet<string> = new Set(['keras', 'tensorflow', 'tf_keras']);

/** Functions of Keras that read a data set in batches. */
const DATASETS =
  /^(keras|tf_keras|tensorflow)\..*\.(image|text|audio)_dataset_from_directory$|^(keras|tf_keras|tensorflow)\..*\.timeseries_dataset_from_array$/;

/** Methods of Keras' models and image generators. */
const METHODS: Readonly<Record<string, Purpose>> = {
  fit: 'training',
  flow: 'training',
  flow_from_directory: 'training',
  flow_from_dataframe: 'training',
  predict: 'inference',
  evaluate: 'inference',
};

function* usesOf(program: Program, call: Call): Iterable<SizeUse> {
  const qualified = program.notebookNames.qualifiedName(call.func);
  const given = (name: string): Keyword | undefined =>
    call.keywords.find((keyword) => keyword.name?.id === name);
  const size = given('batch_size')?.value;
  if (qualified === 'torch.utils.data.DataLoader') {
    const value = size ?? call.args[1];
    if (value !== undefined) yield { call, value, purpose: 'loader' };
  } else if (qualified === 'transformers.TrainingArguments') {
    const training = given('per_device_train_batch_size')?.value;
    if (training !== undefined) yield { call, value: training, purpose: 'trainer' };
    const evaluation = given('per_device_eval_batch_size')?.value;
    if (evaluation !== undefined) yield { call, value: evaluation, purpose: 'inference' };
  } else if (size !== undefined) {
    if (qualified !== null && DATASETS.test(qualified)) yield { call, value: size, purpose: 'training' };
    const method = call.func.kind === 'Attribute' && qualified === null ? call.func : null;
    const purpose = Object.hasOwn(METHODS, method?.attr.id ?? '')
      ? METHODS[method?.attr.id ?? '']
      : undefined;
    // Estimators of scikit-learn take no batch_size in their methods, and are known.
    if (
      method !== null &&
      purpose !== undefined &&
      usesKeras(program) &&
      program.kindOf(method.value) !== 'model'
    )
      yield { call, value: size, purpose };
  }
}

function usesKeras({ statements }: Program): boolean {
  return statements.some(
    ({ node }) =>
      (node.kind === 'Import' && node.names.some(({ name }) => FRAMEWORKS.has(name.split('.')[0] ?? ''))) ||
      (node.kind === 'ImportFrom' && FRAMEWORKS.has(node.module.split('.')[0] ?? '')),
  );
}

type Obstacle = Pick<Refusal, 'code' | 'why'>;

interface Names {
  readonly tree: NotebookTree;
  readonly variables: Variables;
}

/** The numbers that an expression may stand for, each where it is written out; none for `None`, which is no size. */
function followSizes(
  program: Program,
  names: Names,
  value: Expression,
): readonly Omit<Size, 'uses'>[] | Obstacle {
  const literals = program.opaque === null || value.kind !== 'Name' ? literalsOf(names, value) : null;
  const text = program.textOf(value).split('\n')[0] ?? '';
  if (literals === null)
    return { code: 'unknown-size', why: `How many \`${text}\` is can't be told from the notebook.` };
  const name = value.kind === 'Name' ? value.id : null;
  for (const literal of name === null ? [] : literals) {
    const { cell, markers, index } = program.cellOf(literal);
    if (cell.tags.includes('parameters') || markers.parameters.length > 0) {
      const why = `\`${name}\` is a parameter of the notebook (cell ${index}): who runs it says how many.`;
      return { code: 'parameter', why };
    }
  }
  const isOnly = literals.length === 1;
  return literals.flatMap((literal) => {
    const size = sizeOf(literal);
    return size === null ? [] : { ...size, name, isOnly };
  });
}

/** The literals that the value may be, by way of names and parameters; null where it may be anything else. */
function literalsOf(
  { tree, variables }: Names,
  value: Expression,
  seen = new Set<Variable>(),
): readonly Constant[] | null {
  if (value.kind === 'Constant') return value.type === 'None' || sizeOf(value) !== null ? [value] : null;
  const variable = value.kind === 'Name' ? variables.of(value) : null;
  if (value.kind !== 'Name' || variable === null) return null;
  if (seen.has(variable)) return [];
  seen.add(variable);
  if (variable.bindings.some((binding) => tree.parentOf(binding)?.kind === 'AugAssign')) return null;
  const values = variables.valuesOf(value);
  if (values === null || values.length === 0) return null;
  const found = values.map((one) => literalsOf({ tree, variables }, one, seen));
  return found.includes(null) ? null : [...new Set(found.flatMap((one) => one ?? []))];
}

function sizeOf(value: Expression): { readonly literal: Constant; readonly size: number } | null {
  const literal = value.kind === 'Constant' ? literalValue(value) : undefined;
  if (value.kind !== 'Constant' || literal?.type !== 'int') return null;
  const size = Number(literal.value);
  return Number.isSafeInteger(size) && size > 0 ? { literal: value, size } : null;
}

function limitOf(size: number, { maxBatchSize, batchFactor }: Options): number {
  if (maxBatchSize !== null) return Math.min(size, maxBatchSize);
  return Math.max(1, Math.floor(size * (batchFactor ?? 0.5)));
}

function* makeSmaller(program: Program, size: Size, options: Options): Iterable<Finding> {
  const limit = limitOf(size.size, options);
  if (limit >= size.size) return;
  const accumulation = accumulate(program, size, limit);
  const smaller = 'intents' in accumulation ? accumulation.smaller : limit;
  const { intents, effect, reason } =
    'intents' in accumulation ? accumulation : plainly(program, size, smaller, accumulation.why);
  const replaced: Intent = { type: 'replaceExpression', node: size.literal, code: [String(smaller)] };
  const subject = size.name ?? undefined;
  yield {
    type: 'change',
    at: size.literal,
    ...(subject === undefined ? {} : { subject }),
    summary: `batches of ${smaller} instead of ${size.size}`,
    reason,
    effect,
    assumes: ['code'],
    intents: [replaced, ...intents],
    adjustments: [],
  };
}

interface Rewrite {
  readonly intents: readonly Intent[];
  readonly effect: Effect;
  readonly reason: string;
}

/** The size alone, with what that means. */
function plainly(program: Program, size: Size, smaller: number, notAccumulated: string | null): Rewrite {
  const trains = size.uses.some(({ purpose }) => purpose !== 'inference');
  const elsewhere = otherCells(program, size);
  const also = elsewhere === '' ? '' : ` \`${size.name}\` is also read in ${elsewhere}.`;
  if (!trains && elsewhere === '') {
    const reason =
      'What a model answers does not depend on the batch, but for the last digits (measured with TensorFlow 2.21: up to 1.2e-7).';
    return { intents: [], effect: 'rounding', reason };
  }
  const times = Number((size.size / smaller).toPrecision(3));
  const learning = `Training takes about ${times} times as many steps, and comes to another result: a learning rate that suits ${size.size} may be too large for ${smaller} (in proportion, it is divided by ${times}).`;
  const why =
    notAccumulated === null ? '' : ` The gradients are not added up over several batches: ${notAccumulated}.`;
  return { intents: [], effect: 'different', reason: `${learning}${why}${also}` };
}

/** The cells in which the size's name is read for something else. */
function otherCells(program: Program, { name, uses }: Size): string {
  if (name === null) return '';
  const values = new Set(uses.map(({ value }) => value));
  const others = program.notebookNames.readsOf(name).filter((read) => !values.has(read));
  const cells = [...new Set(others.map(({ source }) => source))].sort((a, b) => a - b);
  return cells.length === 0 ? '' : `cell ${cells.join(', ')}`;
}

/** Steps of the large batch from the gradients of small ones; or why not (null where nobody would expect it). */
function accumulate(
  program: Program,
  size: Size,
  limit: number,
): (Rewrite & { readonly smaller: number }) | { readonly why: string | null } {
  const [use, ...others] = size.uses;
  if (use === undefined || others.length > 0) return { why: null };
  if (!size.isOnly) return { why: `\`${size.name}\` is another size elsewhere` };
  if (use.purpose !== 'loader') return { why: null };
  if (otherCells(program, size) !== '') return { why: `\`${size.name}\` is read for something else, too` };
  const smaller = largestDivisor(size.size, limit);
  if (smaller === null) return { why: `${size.size} is not a multiple of a size up to ${limit} but 1` };
  const loader = loaderName(program, use.call);
  if (loader === null) return { why: 'the loader has no name of its own' };
  const strange = use.call.keywords.find(
    ({ name, value }) => !isPlainArgument(name?.id, program.textOf(value)),
  );
  if (strange !== undefined || use.call.args.length > 2)
    return { why: `the loader is given \`${strange?.name?.id ?? 'more than a size'}\`` };
  const dataset = use.call.args[0] ?? use.call.keywords.find(({ name }) => name?.id === 'dataset')?.value;
  if (dataset === undefined || !hasLength(program, dataset))
    return { why: 'it is not known how many samples the data set has' };
  const loop = findTrainingLoop(program, loader);
  if ('why' in loop) return { why: `the loop is not plain enough, because ${loop.why}` };
  const times = size.size / smaller;
  return {
    smaller,
    intents: accumulationIntents(program, loop, loader, size.size, times),
    effect: 'rounding',
    reason: `The optimizer goes on taking a step for each ${size.size} samples, from gradients that are added up over ${times} batches of ${smaller}. The loss is a mean and the model treats each sample by itself, so the weights are the same up to rounding.`,
  };
}

/** What does not change which samples stand in a batch, or in which order. */
function isPlainArgument(name: string | undefined, text: string): boolean {
  return (
    name === 'batch_size' ||
    name === 'dataset' ||
    name === 'shuffle' ||
    name === 'pin_memory' ||
    (name === 'num_workers' && text === '0') ||
    (name === 'drop_last' && text === 'False')
  );
}

function largestDivisor(size: number, limit: number): number | null {
  for (let divisor = limit; divisor > 1; divisor -= 1) if (size % divisor === 0) return divisor;
  return null;
}

/** `loader` of `loader = DataLoader(...)`, where nothing else binds it. */
function loaderName(program: Program, call: Call): string | null {
  const { node } = program.statementOf(call);
  if (node.kind !== 'Assign' || node.value !== call) return null;
  const [target, ...others] = node.targets;
  if (target?.kind !== 'Name' || others.length > 0) return null;
  return program.notebookNames.onlyBinding(target.id) === target ? target.id : null;
}

function accumulationIntents(
  program: Program,
  { loop, zeroGrad, backward, step, loss, samples }: TrainingLoop,
  loader: string,
  size: number,
  times: number,
): Intent[] {
  const index = freshName(program);
  const last = `${index} % ${times} == ${times - 1} or ${index} == len(${loader}) - 1`;
  const share = `len(${samples.id}) / min(${size}, len(${loader}.dataset) - ${index} // ${times} * ${size})`;
  const when = zeroGrad.start < step.start ? `${index} % ${times} == 0` : last;
  const guarded = (condition: string, statement: typeof step): Intent => ({
    type: 'replaceStatements',
    statements: [statement],
    code: [`if ${condition}:\n    `, { node: statement }],
  });
  return [
    { type: 'replaceExpression', node: loop.target, code: [`${index}, (`, { node: loop.target }, ')'] },
    { type: 'replaceExpression', node: loop.iter, code: ['enumerate(', { node: loop.iter }, ')'] },
    guarded(when, zeroGrad),
    {
      type: 'replaceStatements',
      statements: [backward],
      code: [
        `# The mean over ${size} samples is made of those over the parts.\n(${loss.id} * (${share})).backward()`,
      ],
    },
    guarded(last, step),
  ];
}

/** A name for the number of a batch that nothing in the notebook has. */
function freshName(program: Program): string {
  const names = program.notebookNames;
  const isFree = (name: string) => !names.isBound(name) && names.readsOf(name).length === 0;
  for (let at = 1; ; at += 1) {
    const name = at === 1 ? 'batch_index' : `batch_index_${at}`;
    if (isFree(name)) return name;
  }
}

import type { Call, ClassDef, Expression, For, Name, Node, Statement } from '../python/ast.js';
import { literalValue } from '../python/literals.js';
import { findAll, walk } from '../python/walk.js';
import type { NotebookNames } from './notebook-names.js';
import type { Program } from './program.js';

/**
 * A PyTorch loop over batches that takes one step of the optimizer for each, and does nothing else:
 *
 *     for inputs, targets in loader:
 *         optimizer.zero_grad()
 *         outputs = model(inputs)
 *         loss = criterion(outputs, targets)
 *         loss.backward()
 *         optimizer.step()
 */
export interface TrainingLoop {
  readonly loop: For;
  readonly zeroGrad: Statement;
  readonly backward: Statement;
  /** What `.backward()` is called on. */
  readonly loss: Name;
  readonly step: Statement;
  /** A name that holds the batch, its first axis the samples, where `.backward()` is called. */
  readonly samples: Name;
}

/** Why a loop is not one of those: the end of a sentence. */
export interface NotPlain {
  readonly why: string;
}

/** Losses that are the mean over the samples, where nothing but the outputs and the targets is given (PyTorch 1.13 to 2.9). */
const MEAN_LOSSES: ReadonlySet<string> = new Set(
  `nn.MSELoss nn.L1Loss nn.CrossEntropyLoss nn.NLLLoss nn.BCELoss nn.BCEWithLogitsLoss nn.SmoothL1Loss nn.HuberLoss
   nn.functional.mse_loss nn.functional.l1_loss nn.functional.cross_entropy nn.functional.nll_loss
   nn.functional.binary_cross_entropy nn.functional.binary_cross_entropy_with_logits nn.functional.smooth_l1_loss
   nn.functional.huber_loss`
    .split(/\s+/)
    .map((name) => `torch.${name}`),
);

/** What a model may be made of so that each sample's output depends on that sample alone, and on no random number. */
const PER_SAMPLE: ReadonlySet<string> = new Set(
  `super __init__ Sequential Linear Bilinear Conv1d Conv2d Conv3d ConvTranspose2d MaxPool1d MaxPool2d AvgPool2d
   AdaptiveAvgPool2d AdaptiveMaxPool2d Flatten ReLU LeakyReLU ELU GELU SiLU Sigmoid Tanh Softplus Identity Embedding
   LayerNorm GroupNorm Upsample ZeroPad2d relu leaky_relu elu gelu silu sigmoid tanh max_pool2d avg_pool2d flatten
   ModuleList range len`.split(/\s+/),
);

/** Methods that give the same samples in another place or type. */
const SAME_SAMPLES: ReadonlySet<string> = new Set(['to', 'cuda', 'cpu', 'float', 'double', 'long']);

/** Attributes and methods of a model that leave its layers as they are. */
const LEAVES_LAYERS: ReadonlySet<string> = new Set(
  'parameters named_parameters state_dict train eval to cuda cpu zero_grad weight bias'.split(' '),
);

const TRANSPOSES: ReadonlySet<string> = new Set(['T', 'mT', 'H', 'mH']);

/** The one loop that goes over the loader of this name. */
export function findTrainingLoop(program: Program, loader: string): TrainingLoop | NotPlain {
  if (program.opaque !== null) return { why: program.opaque };
  const names = program.notebookNames;
  const [read, ...others] = names.readsOf(loader);
  if (read === undefined || others.length > 0) return { why: `\`${loader}\` is not read in one place alone` };
  const loop = program.cells
    .flatMap(({ module }) => (module === null ? [] : findAll(module, 'For')))
    .find(({ iter }) => iter === read);
  if (loop === undefined || loop.isAsync || loop.orelse.length > 0)
    return { why: `\`${loader}\` is not what a plain \`for\` goes over` };
  return readLoop(program, loop);
}

/** Whether `len(...)` works on a data set: it does not on an `IterableDataset`. */
export function hasLength(program: Program, dataset: Expression): boolean {
  const names = program.notebookNames;
  const made = dataset.kind === 'Name' ? names.onlyValue(dataset.id) : dataset;
  if (made?.kind !== 'Call') return false;
  const qualified = names.qualifiedName(made.func) ?? '';
  return qualified === 'torch.utils.data.TensorDataset' || qualified.startsWith('torchvision.datasets.');
}

function readLoop(program: Program, loop: For): TrainingLoop | NotPlain {
  const found: { zeroGrad?: Statement; backward?: Statement; step?: Statement; loss?: Name } = {};
  const optimizers = new Set<string>();
  const assigned = new Map<string, Expression[]>();
  for (const statement of loop.body) {
    const call = methodCall(statement);
    if (call?.method === 'zero_grad' && found.zeroGrad === undefined) {
      found.zeroGrad = statement;
      optimizers.add(call.receiver.id);
    } else if (call?.method === 'backward' && call.isBare && found.backward === undefined) {
      found.backward = statement;
      found.loss = call.receiver;
    } else if (call?.method === 'step' && call.isBare && found.step === undefined) {
      found.step = statement;
      optimizers.add(call.receiver.id);
    } else {
      const pairs = assignments(statement);
      if (pairs === null) {
        const [line = ''] = program.textOf(statement).split('\n');
        return { why: `\`${line}\` stands in it` };
      }
      for (const [name, value] of pairs) assigned.set(name, [...(assigned.get(name) ?? []), value]);
    }
  }
  const { zeroGrad, backward, step, loss } = found;
  if (zeroGrad === undefined || backward === undefined || step === undefined || loss === undefined)
    return { why: 'it does not call `zero_grad()`, `backward()` and `step()` once each' };
  if (optimizers.size !== 1) return { why: '`zero_grad()` and `step()` are called on two names' };
  if (!(backward.start < step.start && (zeroGrad.start < backward.start || zeroGrad.start > step.start)))
    return { why: '`zero_grad()`, `backward()` and `step()` stand in another order' };
  const why =
    lossObstacle(program, loss, assigned) ??
    forwardObstacle(program, loop, loss, assigned) ??
    escapeObstacle(program.notebookNames, loop, assigned);
  if (why !== null) return { why };
  const samples = targetsOf(loop).find(({ id }) =>
    (assigned.get(id) ?? []).every((value) => keepsSamples(value, id)),
  );
  if (samples === undefined) return { why: 'the batch itself is bound anew in it' };
  return { loop, zeroGrad, backward, step, loss, samples };
}

/** `name.method(...)` as a statement. */
function methodCall(statement: Statement): { receiver: Name; method: string; isBare: boolean } | null {
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return null;
  const { func, args, keywords } = statement.value;
  if (func.kind !== 'Attribute' || func.value.kind !== 'Name' || args.length > 0) return null;
  return { receiver: func.value, method: func.attr.id, isBare: keywords.length === 0 };
}

/** The names that an assignment binds, each with its value; null for what is no plain assignment. */
function assignments(statement: Statement): [name: string, value: Expression][] | null {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return null;
  const [target] = statement.targets;
  const { value } = statement;
  if (target?.kind === 'Name') return [[target.id, value]];
  if (target?.kind !== 'Tuple' || value.kind !== 'Tuple' || target.elements.length !== value.elements.length)
    return null;
  const pairs: [string, Expression][] = [];
  for (const [at, element] of target.elements.entries()) {
    const own = value.elements[at];
    if (element.kind !== 'Name' || own === undefined) return null;
    pairs.push([element.id, own]);
  }
  return pairs;
}

function targetsOf({ target }: For): readonly Name[] {
  const elements = target.kind === 'Tuple' ? target.elements : [target];
  return elements.filter((element) => element.kind === 'Name');
}

/** `name.to(device)` and its like, of the name itself. */
function keepsSamples(value: Expression, name: string): boolean {
  let inner = value;
  while (inner.kind === 'Call' && inner.func.kind === 'Attribute' && SAME_SAMPLES.has(inner.func.attr.id))
    inner = inner.func.value;
  return inner.kind === 'Name' && inner.id === name;
}

function lossObstacle(
  program: Program,
  loss: Name,
  assigned: ReadonlyMap<string, readonly Expression[]>,
): string | null {
  const names = program.notebookNames;
  const [value, ...others] = assigned.get(loss.id) ?? [];
  if (value?.kind !== 'Call' || others.length > 0) return `\`${loss.id}\` is not made by one call`;
  if (value.keywords.length > 0 || value.args.length !== 2)
    return 'the loss is given more than outputs and targets';
  const made = value.func.kind === 'Name' ? names.onlyValue(value.func.id) : null;
  const qualified =
    made?.kind === 'Call' && made.args.length === 0 && made.keywords.length === 0
      ? names.qualifiedName(made.func)
      : names.qualifiedName(value.func);
  if (qualified === null || !MEAN_LOSSES.has(qualified))
    return 'the loss is not known to be a mean over the samples';
  return firstOf(value.args, (argument) =>
    argument.kind === 'Name' ? null : outputObstacle(program, argument, loss.id),
  );
}

/** Whether every other assignment is the model's output, or the batch in another place. */
function forwardObstacle(
  program: Program,
  loop: For,
  loss: Name,
  assigned: ReadonlyMap<string, readonly Expression[]>,
): string | null {
  const batch = new Set(targetsOf(loop).map(({ id }) => id));
  const others = [...assigned].flatMap(([name, values]) =>
    name === loss.id ? [] : values.map((value) => ({ name, value })),
  );
  return firstOf(others, ({ name, value }) =>
    batch.has(name) && keepsSamples(value, name) ? null : outputObstacle(program, value, name),
  );
}

/** Why the value is not `model(names)`, of a model that treats each sample by itself. */
function outputObstacle(program: Program, value: Expression, name: string): string | null {
  const isPlain =
    value.kind === 'Call' &&
    value.func.kind === 'Name' &&
    value.keywords.length === 0 &&
    value.args.every((argument) => argument.kind === 'Name');
  if (!isPlain || value.func.kind !== 'Name')
    return `it is not plain that \`${name}\` comes from the output of a model`;
  return modelObstacle(program, value.func);
}

/** Why the samples of a batch may not be independent in the model. */
function modelObstacle(program: Program, model: Name): string | null {
  const names = program.notebookNames;
  const usedOtherwise = names.readsOf(model.id).some((read) => !plainUses(program).has(read));
  if (usedOtherwise) return `\`${model.id}\` is also used for something that may change it`;
  let made = names.onlyValue(model.id);
  while (made?.kind === 'Call' && made.func.kind === 'Attribute' && SAME_SAMPLES.has(made.func.attr.id))
    made = made.func.value;
  if (made?.kind !== 'Call') return `it is not known what \`${model.id}\` is`;
  const qualified = names.qualifiedName(made.func);
  if (qualified === 'torch.nn.Sequential' || qualified === 'torch.nn.Linear') return strangePart(made);
  const own = made.func.kind === 'Name' && qualified === null ? moduleClass(program, made.func.id) : null;
  const isGivenLiterals =
    made.args.every((argument) => literalValue(argument) !== undefined) &&
    made.keywords.every(({ name, value }) => name !== null && literalValue(value) !== undefined);
  return own === null || !isGivenLiterals
    ? `it is not known what \`${model.id}\` is made of`
    : strangePart(own);
}

/** Where names are called, or asked for something that leaves a model's layers as they are. */
function plainUses({ cells }: Program): ReadonlySet<Expression> {
  const uses = new Set<Expression>();
  for (const { module } of cells) {
    if (module === null) continue;
    walk(module, (node) => {
      if (node.kind === 'Call') uses.add(node.func);
      if (node.kind === 'Attribute' && LEAVES_LAYERS.has(node.attr.id)) uses.add(node.value);
    });
  }
  return uses;
}

function firstOf<Item>(items: readonly Item[], why: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = why(item);
    if (found !== null) return found;
  }
  return null;
}

/** The first thing in a model that is not known to treat each sample by itself. */
function strangePart(model: ClassDef | Call): string | null {
  let strange: string | null = null;
  walk(model, (node) => {
    const what = strangeness(node, model.kind === 'ClassDef');
    if (what !== null)
      strange ??= `${what} in the model may treat a sample by what else is in its batch, or at random`;
  });
  return strange;
}

function strangeness(node: Node, isOwnClass: boolean): string | null {
  if (node.kind === 'Subscript') return 'an index';
  if (node.kind === 'BinaryOperation' && node.op === '@') return '`@`';
  if (node.kind === 'Attribute' && TRANSPOSES.has(node.attr.id)) return `\`${node.attr.id}\``;
  if (node.kind !== 'Call') return null;
  const { func } = node;
  if (func.kind === 'Name') return PER_SAMPLE.has(func.id) ? null : `\`${func.id}\``;
  if (func.kind !== 'Attribute') return 'a call';
  const isOwnLayer = isOwnClass && func.value.kind === 'Name' && func.value.id === 'self';
  return isOwnLayer || PER_SAMPLE.has(func.attr.id) ? null : `\`${func.attr.id}\``;
}

/** Why what the loop binds matters outside: with smaller batches it is something else. */
function escapeObstacle(
  names: NotebookNames,
  loop: For,
  assigned: ReadonlyMap<string, readonly Expression[]>,
): string | null {
  for (const name of [...assigned.keys(), ...targetsOf(loop).map(({ id }) => id)]) {
    const outside = names
      .readsOf(name)
      .some(({ source, start }) => source !== loop.source || start < loop.start || start > loop.end);
    if (outside) return `\`${name}\`, which it binds, is read elsewhere`;
  }
  return null;
}

/** The only class of this name, where it is a plain `torch.nn.Module`. */
function moduleClass(program: Program, name: string): ClassDef | null {
  const names = program.notebookNames;
  const binding = names.onlyBinding(name);
  for (const { node } of program.statements) {
    if (node.kind !== 'ClassDef' || node.name !== binding) continue;
    const [base, ...others] = node.bases;
    const isPlain =
      base !== undefined && others.length === 0 && node.keywords.length === 0 && node.decorators.length === 0;
    return isPlain && names.qualifiedName(base) === 'torch.nn.Module' ? node : null;
  }
  return null;
}

import type { Call, Expression, For, FunctionDef, Node } from '../python/ast.js';
import { findAll, walk } from '../python/walk.js';
import type { GradientMode } from './gradient-mode.js';
import type { GraphUses } from './graph-uses.js';
import type { Obstacle } from './late.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { ModuleMaker, TorchValues } from './torch-values.js';
import type { Variables } from './variables.js';

/** A loop in which models are asked and not trained, with the graphs of their answers built for nobody. */
export interface EvaluationLoop {
  readonly loop: For;
  /** Why its values must keep their graph; null where none has to. */
  readonly obstacle: Obstacle | null;
  /** Whether all layers of the models were seen to give the same without a graph to the last bit. */
  readonly isExact: boolean;
}

/** What belongs to training, whoever it is called on. */
const TRAINS =
  /^(backward|step|zero_grad|requires_grad_?|autograd|enable_grad|grad|retain_grad|optimize|minimize)$/;

/**
 * Layers and functions that give the same bits with and without a graph in PyTorch 1.13 and 2.15: test/python/torch_layers.py
 * asks it. An LSTM of several layers does not in 2.15.
 */
export const EXACT_LAYERS: readonly string[] =
  `Linear Conv1d Conv2d Conv3d ConvTranspose2d MaxPool1d MaxPool2d AvgPool2d AdaptiveAvgPool2d AdaptiveMaxPool2d BatchNorm1d
   BatchNorm2d LayerNorm GroupNorm Flatten ReLU LeakyReLU ELU GELU SiLU Sigmoid Tanh Softmax LogSoftmax Softplus Identity
   Embedding Dropout Dropout2d RNN GRU relu leaky_relu elu gelu sigmoid tanh softmax log_softmax max_pool2d avg_pool2d
   dropout flatten view reshape squeeze unsqueeze mean sum cat permute transpose contiguous unflatten`.split(
    /\s+/,
  );

/** And what computes nothing. */
const EXACT: ReadonlySet<string> = new Set([
  ...EXACT_LAYERS,
  ...['super', '__init__', 'Sequential', 'ModuleList', 'size', 'range', 'len', 'to'],
]);

/** Layers with a faster way of their own for when no graph is wanted, which rounds otherwise and leaves out padding. */
const FAST_PATH = /^(Transformer|TransformerEncoder(Layer)?|TransformerDecoder(Layer)?|MultiheadAttention)$/;

/** Finds loops over which `with torch.no_grad():` changes nothing but the memory. */
export class EvaluationLoops {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;
  readonly #values: TorchValues;
  readonly #uses: GraphUses;
  readonly #mode: GradientMode;
  /** What is put into evaluation mode in a function; null: outside of all. */
  readonly #evaluated = new Map<Node | null, ReadonlySet<string>>();

  constructor(
    program: Program,
    tree: NotebookTree,
    variables: Variables,
    values: TorchValues,
    uses: GraphUses,
    mode: GradientMode,
  ) {
    this.#program = program;
    this.#tree = tree;
    this.#variables = variables;
    this.#values = values;
    this.#uses = uses;
    this.#mode = mode;
  }

  /** Null for a loop that asks no model, or trains one, or has no graphs. */
  of(loop: For): EvaluationLoop | null {
    if (loop.isAsync || this.#isMethod(loop)) return null;
    const region = this.#regionOf(loop);
    const calls = region.flatMap((node) => findAll(node, 'Call'));
    const makers = calls.flatMap((call) =>
      this.#values.isLoss(call.func) || this.#mode.isOff(call)
        ? []
        : (this.#values.makersOf(call.func) ?? []),
    );
    const unknown = makers.length === 0 ? this.#unknownModel(loop, calls) : null;
    if (makers.length === 0 && unknown === null) return null;
    if (
      this.#trains([...region, ...makers.flatMap((maker) => this.#rootsOf(maker))]) ||
      this.#mode.isOff(loop)
    )
      return null;
    const obstacle = unknown ?? this.#modelObstacle(makers) ?? this.#obstacle(region, calls);
    // Who asks for gradients later is training.
    if (obstacle?.code === 'needs-graph' && !this.#isEvaluated(loop)) return null;
    return { loop, obstacle, isExact: makers.every((maker) => this.#isExact(maker)) };
  }

  #isMethod(loop: For): boolean {
    return [...this.#tree.around(loop)].some(({ kind }) => kind === 'ClassDef');
  }

  /** The loop, and the functions of the notebook that run in it. */
  #regionOf(loop: For): readonly Node[] {
    const region = new Set<Node>([loop]);
    for (const node of region)
      for (const { func } of findAll(node, 'Call')) {
        const own = func.kind === 'Name' ? this.#variables.definitionOf(func) : null;
        if (own?.kind === 'FunctionDef') region.add(own);
      }
    return [...region];
  }

  #trains(nodes: readonly Node[]): boolean {
    return nodes.some((root) => {
      let trains = false;
      walk(root, (node) => {
        if (node.kind === 'Attribute' && TRAINS.test(node.attr.id)) trains = true;
        if (node.kind === 'Name' && /^(grad|autograd)$/.test(node.id)) trains = true;
      });
      return trains;
    });
  }

  /** Something that is asked in the loop and put into evaluation mode around it, and not known to be a model. */
  #unknownModel(loop: For, calls: readonly Call[]): Obstacle | null {
    const evaluated = this.#evaluatedNames(loop);
    const asked = calls.find(
      (call) => call.func.kind === 'Name' && evaluated.has(call.func.id) && !this.#mode.isOff(call),
    )?.func;
    if (asked?.kind !== 'Name') return null;
    return {
      code: 'unknown-model',
      why: `What \`${asked.id}\` is can't be told from the notebook: its \`forward\` might do more than compute.`,
    };
  }

  #isEvaluated(loop: For): boolean {
    return this.#evaluatedNames(loop).size > 0;
  }

  /** `model` of `model.eval()`, in the loop's function. */
  #evaluatedNames(loop: For): ReadonlySet<string> {
    const scope = this.#tree.surroundingsOf(loop);
    const known = this.#evaluated.get(scope);
    if (known !== undefined) return known;
    const roots: readonly Node[] = scope === null ? this.#tree.modules : [scope];
    const names = new Set(
      roots
        .flatMap((root) => findAll(root, 'Call'))
        .flatMap(({ func }) =>
          func.kind === 'Attribute' && func.attr.id === 'eval' && func.value.kind === 'Name'
            ? [func.value.id]
            : [],
        ),
    );
    this.#evaluated.set(scope, names);
    return names;
  }

  #modelObstacle(makers: readonly ModuleMaker[]): Obstacle | null {
    const hook = this.#tree.modules
      .flatMap((module) => findAll(module, 'Attribute'))
      .find(({ attr }) => /^register_\w*hook$/.test(attr.id));
    if (hook !== undefined) {
      const { index } = this.#program.cellOf(hook);
      return { code: 'hook', why: `A hook in cell ${index} sees what the model computes, and may keep it.` };
    }
    for (const maker of makers) {
      const fast = this.#partsOf(maker).find((name) => FAST_PATH.test(name));
      if (fast !== undefined)
        return {
          code: 'fast-path',
          why: `\`${fast}\` takes another way without gradients, which rounds otherwise and may leave out padding.`,
        };
      if (maker.type === 'own' && !this.#values.isQuiet(maker.definition))
        return {
          code: 'keeps-values',
          why: `\`${maker.definition.name.id}\` shows or keeps what it computes, or asks for gradients itself.`,
        };
    }
    return null;
  }

  /** What a model is made of, in the notebook. */
  #rootsOf(maker: ModuleMaker): readonly Node[] {
    return maker.type === 'own' ? this.#values.definitionsOf(maker.definition) : [maker.call];
  }

  /** The names of all that a model calls which the notebook does not define. */
  #partsOf(maker: ModuleMaker): readonly string[] {
    return this.#rootsOf(maker)
      .flatMap((root) => findAll(root, 'Call'))
      .flatMap(({ func }) => {
        if (func.kind === 'Name') return this.#variables.definitionOf(func) === null ? [func.id] : [];
        return func.kind === 'Attribute' ? [func.attr.id] : [];
      });
  }

  #isExact(maker: ModuleMaker): boolean {
    const own = new Set(
      this.#rootsOf(maker).flatMap((root) => (root.kind === 'ClassDef' ? [...ownLayers(root.body)] : [])),
    );
    return this.#partsOf(maker).every((name) => EXACT.has(name) || own.has(name));
  }

  #obstacle(region: readonly Node[], calls: readonly Call[]): Obstacle | null {
    for (const call of calls) {
      const { func } = call;
      const isKnown =
        func.kind !== 'Name' ||
        this.#program.notebookNames.qualifiedName(func) !== null ||
        (this.#variables.of(func)?.bindings.length ?? 0) === 0 ||
        this.#variables.definitionOf(func) !== null ||
        this.#values.makersOf(func) !== null;
      if (!isKnown)
        return {
          code: 'unknown-call',
          why: `What \`${this.#program.textOf(func)}\` does in the loop can't be told from the notebook.`,
        };
    }
    const bearing = region.flatMap((node) => this.#bearingIn(node));
    return this.#uses.obstacleOf(bearing, new Set(calls));
  }

  #bearingIn(root: Node): readonly Expression[] {
    const found: Expression[] = [];
    const bodies = root.kind === 'For' || root.kind === 'FunctionDef' ? root.body : [root];
    for (const statement of bodies)
      walk(statement, (node) => {
        if (isValue(node) && this.#values.mayBear(node)) found.push(node);
      });
    return found;
  }
}

/** Kinds of expressions that may give a tensor. */
function isValue(node: Node): node is Expression {
  return /^(Name|Call|Attribute|BinaryOperation|UnaryOperation|Subscript)$/.test(node.kind);
}

/** `fc1` of `self.fc1 = nn.Linear(...)`. */
function ownLayers(body: readonly Node[]): ReadonlySet<string> {
  const layers = new Set<string>();
  for (const method of body.filter((one): one is FunctionDef => one.kind === 'FunctionDef')) {
    if (method.name.id !== '__init__') continue;
    for (const { targets } of findAll(method, 'Assign'))
      for (const target of targets) if (target.kind === 'Attribute') layers.add(target.attr.id);
  }
  return layers;
}

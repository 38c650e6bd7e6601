import type { Call, ClassDef, Expression, FunctionDef, Name, Node } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { GradientMode } from './gradient-mode.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import {
  ASKS_FOR_GRAPH,
  FUNCTIONS_WITHOUT_GRAPH,
  KEEPS_GRAPH,
  SAME_MODULE,
  SHOWS,
  WITHOUT_GRAPH,
} from './torch-names.js';
import type { Variables } from './variables.js';

/** What builds a module: a class of a library, or one of the notebook. */
export type ModuleMaker =
  | { readonly type: 'library'; readonly name: string; readonly call: Call }
  | { readonly type: 'own'; readonly definition: ClassDef; readonly call: Call };

const LIBRARY_MODULE =
  /^torch\.nn\.(modules\.\w+\.)?[A-Z]\w*$|^torchvision\.models\.\w+(\.\w+)?$|^transformers\.\w+\.from_pretrained$/;

const TENSOR_FUNCTION = /^torch\.(nn\.functional\.)?[a-z_0-9]+$/;

/** Calls whose values are plain data: numbers, arrays, batches of a data set. */
const PLAIN_DATA =
  /^(numpy|matplotlib|seaborn|sklearn|PIL|math|random|time|os|pandas|torchvision\.(datasets|transforms)|torch\.utils\.data|torch\.optim|tqdm|itertools|collections)\b/;

const PLAIN_BUILTINS: ReadonlySet<string> = new Set(
  'len int float bool str range round input open print isinstance type id'.split(' '),
);

/** Tells tensors, modules and graphs from the text of a notebook. */
export class TorchValues {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;
  readonly #mode: GradientMode;
  readonly #makers = new Map<Expression, readonly ModuleMaker[] | null>();
  readonly #tensors = new Map<Expression, boolean>();
  readonly #scalars = new Map<Expression, boolean>();
  readonly #bearing = new Set<Expression>();
  readonly #bare = new Set<Expression>();
  #round = new Set<Expression>();

  constructor(program: Program, tree: NotebookTree, variables: Variables, mode: GradientMode) {
    this.#program = program;
    this.#tree = tree;
    this.#variables = variables;
    this.#mode = mode;
  }

  /** Everything that may have made the modules that an expression stands for; null where it may be anything else. */
  makersOf(expression: Expression): readonly ModuleMaker[] | null {
    const known = this.#makers.get(expression);
    if (known !== undefined) return known;
    // What is made of itself is not known while it is asked.
    this.#makers.set(expression, null);
    const makers = this.#findMakers(expression);
    this.#makers.set(expression, makers);
    return makers;
  }

  #findMakers(expression: Expression): readonly ModuleMaker[] | null {
    if (expression.kind === 'Name') {
      const values = this.#variables.valuesOf(expression);
      if (values === null || values.length === 0) return null;
      const makers = values
        // `model = model.to(device)` makes nothing.
        .filter((value) => !this.#isItself(value, expression))
        .map((value) => this.makersOf(value));
      return makers.every((one) => one !== null) && makers.length > 0 ? makers.flat() : null;
    }
    if (expression.kind !== 'Call') return null;
    const { func } = expression;
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null)
      return LIBRARY_MODULE.test(qualified) ? [{ type: 'library', name: qualified, call: expression }] : null;
    if (func.kind === 'Attribute') return SAME_MODULE.has(func.attr.id) ? this.makersOf(func.value) : null;
    const own = func.kind === 'Name' ? this.#variables.definitionOf(func) : null;
    if (own?.kind === 'ClassDef')
      return this.isModuleClass(own) ? [{ type: 'own', definition: own, call: expression }] : null;
    return own === null ? null : this.#returnedMakers(own);
  }

  #returnedMakers(own: Node): readonly ModuleMaker[] | null {
    const makers = returnsOf(own, this.#tree).map((value) => this.makersOf(value));
    return makers.length > 0 && makers.every((one) => one !== null) ? makers.flat() : null;
  }

  #isItself(value: Expression, name: Name): boolean {
    let inner = value;
    while (inner.kind === 'Call' && inner.func.kind === 'Attribute' && SAME_MODULE.has(inner.func.attr.id))
      inner = inner.func.value;
    return inner !== value && inner.kind === 'Name' && inner.id === name.id;
  }

  /** Whether the notebook's class derives from `torch.nn.Module`, by way of its other classes too. */
  isModuleClass({ bases }: ClassDef, depth = 0): boolean {
    const [base, ...others] = bases;
    if (base === undefined || others.length > 0 || depth > 8) return false;
    const qualified = this.#program.notebookNames.qualifiedName(base);
    if (qualified !== null) return /^torch\.nn\.(\w+\.)*\w*(Module|Sequential|Linear)$/.test(qualified);
    const own = base.kind === 'Name' ? this.#variables.definitionOf(base) : null;
    return own?.kind === 'ClassDef' && this.isModuleClass(own);
  }

  /** The classes and functions of the notebook that a model is made of, its bases among them. */
  definitionsOf(definition: ClassDef): readonly (ClassDef | FunctionDef)[] {
    const found = new Set<ClassDef | FunctionDef>([definition]);
    for (const one of found)
      for (const name of findAll(one, 'Name')) {
        const used = this.#variables.definitionOf(name);
        if (used !== null) found.add(used);
      }
    return [...found];
  }

  /** Whether a model of the notebook only computes: it shows nothing, keeps nothing but what `__init__` makes, asks for no gradients. */
  isQuiet(definition: ClassDef): boolean {
    return this.definitionsOf(definition).every((one) => this.#onlyComputes(one));
  }

  #onlyComputes(definition: ClassDef | FunctionDef): boolean {
    const setUp = definition.body.filter((one) => one.kind === 'FunctionDef' && one.name.id === '__init__');
    const keeps = findAll(definition, 'Attribute').some((attribute) => {
      const parent = this.#tree.parentOf(attribute);
      const isTarget =
        (parent?.kind === 'Assign' && parent.targets.includes(attribute)) ||
        (parent?.kind === 'AugAssign' && parent.target === attribute);
      if (setUp.some((one) => one.start <= attribute.start && attribute.end <= one.end)) return false;
      return isTarget || ASKS_FOR_GRAPH.has(attribute.attr.id) || attribute.attr.id === 'append';
    });
    const shows = findAll(definition, 'Call').some(
      ({ func }) =>
        (func.kind === 'Name' && SHOWS.has(func.id)) ||
        /^torch\.autograd\b|_grad(_enabled)?$/.test(this.#program.notebookNames.qualifiedName(func) ?? ''),
    );
    return !keeps && !shows && findAll(definition, 'Global').length === 0;
  }

  /** Whether the expression is a tensor for certain. */
  isTensor(expression: Expression): boolean {
    const known = this.#tensors.get(expression);
    if (known !== undefined) return known;
    this.#tensors.set(expression, false);
    const isTensor = this.#findTensor(expression);
    this.#tensors.set(expression, isTensor);
    return isTensor;
  }

  #findTensor(expression: Expression): boolean {
    switch (expression.kind) {
      case 'Name': {
        const values = this.#variables.valuesOf(expression);
        return values !== null && values.length > 0 && values.every((value) => this.isTensor(value));
      }
      case 'BinaryOperation':
        return this.isTensor(expression.left) || this.isTensor(expression.right);
      case 'UnaryOperation':
        return expression.op !== 'not' && this.isTensor(expression.operand);
      case 'Call':
        return this.#givesTensor(expression);
      default:
        return false;
    }
  }

  #givesTensor(call: Call): boolean {
    const { func } = call;
    if (this.isLoss(func)) return true;
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null) return /^torch\.(mean|sum|sqrt|square|abs|exp|log|norm|dot)$/.test(qualified);
    if (func.kind === 'Attribute') return KEEPS_GRAPH.has(func.attr.id) && this.isTensor(func.value);
    const own = func.kind === 'Name' ? this.#variables.definitionOf(func) : null;
    if (own?.kind !== 'FunctionDef') return false;
    const returned = returnsOf(own, this.#tree);
    return returned.length > 0 && returned.every((value) => this.isTensor(value));
  }

  /** Whether what is called is a loss of PyTorch's own: a function, or an object of `nn.*Loss`. */
  isLoss(func: Expression): boolean {
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null)
      return /^torch\.nn\.functional\.(\w+_loss|cross_entropy|binary_cross_entropy(_with_logits)?|kl_div)$/.test(
        qualified,
      );
    const makers = this.makersOf(func);
    return makers?.every((maker) => maker.type === 'library' && /Loss$/.test(maker.name)) ?? false;
  }

  /** Whether it is a number or a tensor without dimensions for certain: formatted, such a tensor shows its number alone. */
  isScalar(expression: Expression): boolean {
    const known = this.#scalars.get(expression);
    if (known !== undefined) return known;
    this.#scalars.set(expression, false);
    const isScalar = this.#findScalar(expression);
    this.#scalars.set(expression, isScalar);
    return isScalar;
  }

  #findScalar(expression: Expression): boolean {
    const inner = (part: Expression) => this.isScalar(part);
    switch (expression.kind) {
      case 'Constant':
        return true;
      case 'Name':
        return this.#isScalarName(expression, inner);
      case 'BinaryOperation':
        return inner(expression.left) && inner(expression.right);
      case 'UnaryOperation':
        return inner(expression.operand);
      case 'Call': {
        const { func, args, keywords } = expression;
        if (func.kind === 'Name' && func.id === 'len') return true;
        if (this.isLoss(func)) return this.#isReduced(expression);
        const isMethod = func.kind === 'Attribute' && /^(item|mean|sum)$/.test(func.attr.id);
        return isMethod && args.length + keywords.length === 0;
      }
      default:
        return false;
    }
  }

  #isScalarName(name: Name, inner: (part: Expression) => boolean): boolean {
    const values = this.#variables.valuesOf(name);
    const added = (this.#variables.of(name)?.bindings ?? []).flatMap((binding) => {
      const parent = this.#tree.parentOf(binding);
      return parent?.kind === 'AugAssign' ? [parent.value] : [];
    });
    return values !== null && values.length > 0 && [...values, ...added].every(inner);
  }

  #isReduced(loss: Call): boolean {
    const makers = this.makersOf(loss.func) ?? [];
    return [loss, ...makers.map(({ call }) => call)].every(({ keywords }) =>
      keywords.every(({ name }) => name !== null && !/^(reduction|reduce|size_average)$/.test(name.id)),
    );
  }

  /** Whether the value may have a graph: it comes from a model, from parameters, or from nobody knows where. */
  mayBear(expression: Expression): boolean {
    if (this.#bearing.has(expression) || this.#bare.has(expression)) return this.#bearing.has(expression);
    // Names may be made of each other: nothing is taken to bear one until a round finds no more that do.
    for (let before = -1; before !== this.#bearing.size; ) {
      before = this.#bearing.size;
      this.#round = new Set();
      this.#mayBear(expression);
    }
    for (const one of this.#round) if (!this.#bearing.has(one)) this.#bare.add(one);
    return this.#bearing.has(expression);
  }

  #mayBear(expression: Expression): boolean {
    if (this.#bearing.has(expression)) return true;
    if (this.#bare.has(expression) || this.#round.has(expression)) return false;
    this.#round.add(expression);
    const bears = this.#bears(expression);
    if (bears) this.#bearing.add(expression);
    return bears;
  }

  #bears(expression: Expression): boolean {
    const any = (parts: readonly Expression[]) => parts.some((part) => this.#mayBear(part));
    switch (expression.kind) {
      case 'Constant':
      case 'StringLiteral':
      case 'JoinedString':
      case 'Compare':
      case 'Lambda':
      case 'Slice':
        return false;
      case 'Name':
        return this.#nameBears(expression);
      case 'Attribute':
        if (WITHOUT_GRAPH.has(expression.attr.id)) return false;
        return (
          this.#program.notebookNames.qualifiedName(expression) === null && this.#mayBear(expression.value)
        );
      case 'BinaryOperation':
      case 'BooleanOperation':
        return any([expression.left, expression.right]);
      case 'UnaryOperation':
        return expression.op !== 'not' && this.#mayBear(expression.operand);
      case 'Subscript':
        return this.#mayBear(expression.value);
      case 'Conditional':
        return any([expression.body, expression.orelse]);
      case 'Tuple':
      case 'List':
      case 'SetDisplay':
        return any(expression.elements);
      case 'Comprehension':
        return this.#mayBear(expression.element);
      case 'Dict':
        return any(expression.entries.map(({ value }) => value));
      case 'DictComprehension':
      case 'NamedExpression':
      case 'Starred':
        return this.#mayBear(expression.value);
      case 'Call':
        return this.#callBears(expression);
      default:
        return true;
    }
  }

  #nameBears(name: Name): boolean {
    if (this.makersOf(name) !== null) return false;
    const variable = this.#variables.of(name);
    if (variable === null || variable.bindings.length === 0) return false;
    return variable.bindings.some((binding) => {
      const parent = this.#tree.parentOf(binding);
      switch (parent?.kind) {
        case 'Assign':
          return this.#mayBear(parent.value);
        case 'AugAssign':
          return this.#mayBear(parent.value);
        case 'Tuple':
        case 'List':
          return this.#partBears(parent, binding);
        case 'For':
        case 'ComprehensionFor':
          return this.#mayBear(parent.iter);
        case 'Parameter':
          return this.#variables.valuesOf(name)?.some((value) => this.#mayBear(value)) ?? true;
        case 'FunctionDef':
        case 'ClassDef':
        case 'Import':
        case 'ImportFrom':
        case 'ExceptHandler':
          return false;
        default:
          return parent !== null && binding.kind !== 'ImportAlias';
      }
    });
  }

  /** A name among the targets of an assignment or a loop. */
  #partBears(targets: Extract<Expression, { kind: 'Tuple' | 'List' }>, binding: Node): boolean {
    const parent = this.#tree.parentOf(targets);
    const at = targets.elements.indexOf(binding as Name);
    if (parent?.kind === 'For' || parent?.kind === 'ComprehensionFor') return this.#mayBear(parent.iter);
    if (parent?.kind === 'Tuple') return this.#partBears(parent, targets);
    if (parent?.kind !== 'Assign') return true;
    const { value } = parent;
    if (value.kind === 'Tuple' && value.elements.length === targets.elements.length) {
      const own = value.elements[at];
      return own === undefined || this.#mayBear(own);
    }
    // Of the values and their places only the values have a graph.
    if (at === 1 && value.kind === 'Call' && this.#givesPlaces(value)) return false;
    return this.#mayBear(value);
  }

  #givesPlaces({ func, args, keywords }: Call): boolean {
    const qualified = this.#program.notebookNames.qualifiedName(func) ?? '';
    if (/^torch\.(max|min|sort|topk|median|mode)$/.test(qualified)) return true;
    const isMethod = func.kind === 'Attribute' && /^(max|min|sort|topk|median|mode)$/.test(func.attr.id);
    return isMethod && args.length + keywords.length > 0;
  }

  #callBears(call: Call): boolean {
    if (this.#mode.isOff(call)) return false;
    const { func, args, keywords } = call;
    const handed = [...args, ...keywords.map(({ value }) => value)];
    const any = () => handed.some((part) => this.#mayBear(part));
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null) {
      const name = /^torch\.(\w+)$/.exec(qualified)?.[1];
      const isAsked = keywords.some((one) => one.name?.id === 'requires_grad');
      if (name !== undefined && FUNCTIONS_WITHOUT_GRAPH.has(name)) return isAsked;
      if (PLAIN_DATA.test(qualified)) return /^(tqdm|itertools)/.test(qualified) && any();
      return TENSOR_FUNCTION.test(qualified) ? any() : true;
    }
    if (func.kind === 'Attribute') {
      if (WITHOUT_GRAPH.has(func.attr.id)) return false;
      if (func.value.kind === 'StringLiteral') return false;
      if (!KEEPS_GRAPH.has(func.attr.id) && !/^(items|values|keys|get|copy|numpy)$/.test(func.attr.id))
        return true;
      return this.#mayBear(func.value) || any();
    }
    if (func.kind !== 'Name') return true;
    const own = this.#variables.definitionOf(func);
    if (own?.kind === 'FunctionDef') return returnsOf(own, this.#tree).some((value) => this.#mayBear(value));
    if (own !== null && this.isModuleClass(own)) return false;
    if (this.#variables.of(func)?.bindings.length) return true;
    return PLAIN_BUILTINS.has(func.id) ? false : any();
  }
}

/** What a function gives back, without what functions in it do. */
function returnsOf(own: Node, tree: NotebookTree): readonly Expression[] {
  return findAll(own, 'Return').flatMap((one) =>
    one.value !== null && tree.surroundingsOf(one) === own ? [one.value] : [],
  );
}

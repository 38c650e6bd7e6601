import type { Attribute, Call, Expression, JoinedString, Node, Statement } from '../python/ast.js';
import { keyOf, makesContainer } from './containers.js';
import { howFieldsFormat, howFormatted, leftmost, percentShows } from './formatting.js';
import type { Obstacle } from './late.js';
import { readsAfter } from './later-reads.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import * as torch from './torch-names.js';
import type { TorchValues } from './torch-values.js';
import type { Variable, Variables } from './variables.js';

/** What is asked about a notebook that uses PyTorch. */
export interface TorchFacts {
  readonly program: Program;
  readonly tree: NotebookTree;
  readonly variables: Variables;
  readonly values: TorchValues;
}

/**
 * Follows a tensor through a notebook, and all that is made of it, to tell whether anybody would notice that it has no graph
 * (autograd's): asks it for gradients, shows it with its `grad_fn`, or hands it to what raises as long as it has one.
 */
export class GraphUses {
  readonly #facts: TorchFacts;

  constructor(facts: TorchFacts) {
    this.#facts = facts;
  }

  /**
   * Who would notice; null where nobody does.
   *
   * @param callers the calls in the code in question: a function that is called there is followed to those alone
   */
  obstacleOf(values: Iterable<Expression>, callers: ReadonlySet<Call> | null = null): Obstacle | null {
    const following = new Following(this.#facts, callers);
    for (const value of values) following.follow(value);
    return following.run();
  }

  /** The same of what an assignment or `+=` gives a target, or a call puts into it. */
  obstacleOfTarget(target: Expression, statement: Statement): Obstacle | null {
    const following = new Following(this.#facts, null);
    const isFilled = statement.kind === 'ExpressionStatement';
    return (
      (isFilled ? following.putInto(target, statement) : following.bind(target, statement)) ?? following.run()
    );
  }
}

class Following {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #variables: Variables;
  readonly #values: TorchValues;
  readonly #callers: ReadonlySet<Call> | null;
  readonly #seen = new Set<Node>();
  readonly #pending: Expression[] = [];
  /** By which keys something has been put into a variable's object; null for any. */
  readonly #filled = new Map<Variable, Set<string | null>>();
  #obstacle: Obstacle | null = null;

  constructor({ program, tree, variables, values }: TorchFacts, callers: ReadonlySet<Call> | null) {
    this.#program = program;
    this.#tree = tree;
    this.#variables = variables;
    this.#values = values;
    this.#callers = callers;
  }

  run(): Obstacle | null {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      const parent = this.#tree.parentOf(next);
      if (parent !== null) this.#obstacle ??= this.#use(next, parent);
      if (this.#obstacle !== null) return this.#obstacle;
    }
    return this.#obstacle;
  }

  follow(value: Expression): null {
    if (this.#seen.has(value)) return null;
    this.#seen.add(value);
    this.#pending.push(value);
    return null;
  }

  followAll({ reads, name }: Variable): null {
    for (const read of reads) this.follow(read);
    this.#noteMagics(name);
    return null;
  }

  followFrom(variable: Variable, statement: Statement): null {
    for (const read of readsAfter(statement, variable, this.#tree, this.#variables)) this.follow(read);
    this.#noteMagics(variable.name);
    return null;
  }

  #noteMagics(name: string): void {
    const inMagic = this.#program.cells.find(({ magics }) => magics.some(({ uses }) => uses.includes(name)));
    if (inMagic === undefined) return;
    this.#obstacle ??= { code: 'shown', why: `A magic in cell ${inMagic.index} uses \`${name}\`.` };
  }

  #use(value: Expression, parent: Node): Obstacle | null {
    switch (parent.kind) {
      case 'Call':
        if (parent.func !== value) return this.#handed(parent, value);
        // A method is a question of what it is called on.
        return value.kind === 'Attribute' ? null : this.#unknown(value);
      case 'Keyword': {
        const call = this.#tree.parentOf(parent);
        return call?.kind === 'Call' ? this.#handed(call, value) : this.#unknown(value);
      }
      case 'Attribute':
        return this.#attribute(parent);
      case 'BinaryOperation':
        return this.#operation(parent, value);
      case 'UnaryOperation':
        return parent.op === 'not' ? null : this.follow(parent);
      case 'Subscript':
        return parent.value === value ? this.follow(parent) : null;
      case 'Conditional':
        return parent.test === value ? null : this.follow(parent);
      case 'BooleanOperation':
      case 'Tuple':
      case 'List':
      case 'SetDisplay':
      case 'Starred':
      case 'DictComprehension':
        return this.follow(parent);
      case 'DictEntry': {
        const dict = this.#tree.parentOf(parent);
        return dict?.kind === 'Dict' && parent.value === value ? this.follow(dict) : null;
      }
      case 'Comprehension':
        return this.follow(parent);
      case 'ComprehensionFor':
        return parent.iter === value ? this.bind(parent.target, null) : null;
      case 'JoinedString':
        return this.#formatted(parent, value);
      case 'Assign':
        return parent.targets.includes(value) ? null : this.#assigned(parent.targets, value, parent);
      case 'AnnAssign':
        return parent.value === value ? this.bind(parent.target, parent) : null;
      case 'AugAssign':
        return this.bind(parent.target, parent);
      case 'NamedExpression':
        this.bind(parent.target, this.#tree.statementOf(parent));
        return this.follow(parent);
      case 'For':
        return parent.iter === value ? this.bind(parent.target, null) : null;
      case 'Return':
        return this.#returned(parent);
      case 'Slice':
      case 'Compare':
      case 'If':
      case 'While':
      case 'Assert':
      case 'Delete':
        return null;
      case 'ExpressionStatement':
        return this.#isShown(value) ? this.#shows(value) : null;
      default:
        return this.#unknown(value);
    }
  }

  #isShown(value: Expression): boolean {
    return this.#program.cells.some(({ shown }) => shown === value);
  }

  #shows(value: Node): Obstacle {
    const { index } = this.#program.cellOf(value);
    return {
      code: 'shown',
      why: `\`${this.#line(value)}\` in cell ${index} is shown, with its \`grad_fn\`.`,
    };
  }

  #unknown(value: Node): Obstacle {
    const { index } = this.#program.cellOf(value);
    const around = this.#tree.parentOf(value) ?? value;
    return {
      code: 'unknown-use',
      why: `Whether \`${this.#line(around)}\` in cell ${index} needs the graph can't be told.`,
    };
  }

  #line(node: Node): string {
    return this.#program.textOf(node).split('\n')[0]?.trim() ?? '';
  }

  #operation(parent: Extract<Expression, { kind: 'BinaryOperation' }>, value: Expression): Obstacle | null {
    const template = parent.op === '%' && parent.left !== value ? leftmost(parent) : null;
    if (template?.kind !== 'StringLiteral') return this.follow(parent);
    return percentShows(template) ? this.#shows(parent) : null;
  }

  #formatted(joined: JoinedString, value: Expression): Obstacle | null {
    const how = howFormatted(this.#program.textOf(joined).slice(value.end - joined.start));
    const isNumber = how === 'as-number' || (how === 'by-itself' && this.#values.isScalar(value));
    return isNumber ? null : this.#shows(joined);
  }

  #attribute(attribute: Attribute): Obstacle | null {
    const { id } = attribute.attr;
    const call = this.#tree.parentOf(attribute);
    const isCalled = call?.kind === 'Call' && call.func === attribute;
    if (torch.ASKS_FOR_GRAPH.has(id)) return this.#asksForGraph(attribute);
    if (torch.WITHOUT_GRAPH.has(id) || torch.EMPTIES.has(id)) return null;
    if (id === 'numpy' || id === '__array__') return this.#raises(attribute);
    if (!isCalled) return id === 'append' ? this.#unknown(attribute) : this.follow(attribute);
    if (torch.FILLS.has(id)) return id === 'setdefault' || id === 'add' ? this.follow(call) : null;
    return torch.KEEPS_GRAPH.has(id) || torch.TAKES_OUT.has(id)
      ? this.follow(call)
      : this.#unknown(attribute);
  }

  #asksForGraph(node: Node): Obstacle {
    const { index } = this.#program.cellOf(node);
    return { code: 'needs-graph', why: `\`${this.#line(node)}\` in cell ${index} asks for the graph.` };
  }

  #raises(node: Node): Obstacle {
    const { index } = this.#program.cellOf(node);
    return {
      code: 'raises-now',
      why: `\`${this.#line(node)}\` in cell ${index} raises an error where it gets a tensor with a graph: the notebook would do something else.`,
    };
  }

  /** The value is an argument of the call. */
  #handed(call: Call, value: Expression): Obstacle | null {
    const { func } = call;
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null) return this.#handedToLibrary(call, qualified);
    if (func.kind === 'Name') {
      const own = this.#variables.definitionOf(func);
      if (own?.kind === 'FunctionDef') {
        const parameter = this.#variables.parameterFor(call, own, value);
        const variable = parameter === null ? null : this.#variables.of(parameter);
        const isPlain = !own.isAsync && own.decorators.every((one) => this.#turnsGradientsOff(one));
        return variable === null || !isPlain ? this.#unknown(value) : this.followAll(variable);
      }
      if ((this.#variables.of(func)?.bindings.length ?? 0) === 0)
        return this.#handedToBuiltin(call, func.id, value);
    }
    if (this.#values.isLoss(func) || this.#isQuietModule(func)) return this.follow(call);
    return func.kind === 'Attribute' ? this.#handedToMethod(call, func, value) : this.#unknown(value);
  }

  #turnsGradientsOff(decorator: Expression): boolean {
    const func = decorator.kind === 'Call' ? decorator.func : decorator;
    return torch.NO_GRAD.test(this.#program.notebookNames.qualifiedName(func) ?? '');
  }

  #handedToBuiltin(call: Call, name: string, value: Expression): Obstacle | null {
    if (torch.MAKES_NUMBERS.has(name)) return null;
    if (torch.SHOWS.has(name)) return this.#shows(call);
    const place = name === 'enumerate' ? 1 : name === 'zip' ? call.args.indexOf(value) : -1;
    const target = place < 0 ? null : this.#variableAt(call, place);
    if (target !== null) return this.bind(target, null);
    if (torch.PASSES_ON.has(name) && call.keywords.every((one) => one.name?.id !== 'key'))
      return this.follow(call);
    if (name === 'format') return call.args.length === 2 ? null : this.#shows(call);
    return this.#unknown(call.args[0] ?? call);
  }

  /** What a loop over the call binds its values' part to that stands at this place. */
  #variableAt(call: Call, place: number): Expression | null {
    const loop = this.#tree.parentOf(call);
    if ((loop?.kind !== 'For' && loop?.kind !== 'ComprehensionFor') || loop.iter !== call) return null;
    return loop.target.kind === 'Tuple' ? (loop.target.elements[place] ?? null) : null;
  }

  #handedToLibrary(call: Call, qualified: string): Obstacle | null {
    const [root, ...path] = qualified.split('.');
    const name = path.at(-1) ?? '';
    if (root === 'math') return null;
    if (/^(numpy|matplotlib|pandas|seaborn|sklearn|scipy|plotly|PIL|torchvision\.utils)$/.test(root ?? ''))
      return this.#raises(call);
    if (root === 'tqdm' || root === 'itertools') return this.follow(call);
    if (root !== 'torch' || path[0] === 'autograd') return this.#unknown(call.args[0] ?? call);
    const isFunction = path.length === 1 || qualified.startsWith('torch.nn.functional.');
    if (!isFunction || name.endsWith('_') || torch.FUNCTIONS_TO_LEAVE.has(name))
      return this.#unknown(call.args[0] ?? call);
    return torch.FUNCTIONS_WITHOUT_GRAPH.has(name) ? null : this.follow(call);
  }

  #handedToMethod(call: Call, func: Attribute, value: Expression): Obstacle | null {
    const { id } = func.attr;
    if (func.value.kind === 'StringLiteral') {
      if (id !== 'format') return this.#unknown(value);
      const how = howFieldsFormat(func.value);
      const isNumber = how === 'as-number' || (how === 'by-itself' && this.#values.isScalar(value));
      return isNumber ? null : this.#shows(call);
    }
    if (torch.FILLS.has(id)) return this.putInto(func.value, call);
    if (id === 'add_scalar') return null;
    if (torch.COMPARES.has(id)) return null;
    if (torch.COMBINES.has(id) && !this.#isModule(func.value)) return this.follow(call);
    return this.#unknown(value);
  }

  #isModule(owner: Expression): boolean {
    return this.#values.makersOf(owner) !== null;
  }

  #isQuietModule(func: Expression): boolean {
    const makers = this.#values.makersOf(func);
    return (
      makers?.every((maker) => maker.type === 'library' || this.#values.isQuiet(maker.definition)) ?? false
    );
  }

  #assigned(targets: readonly Expression[], value: Expression, statement: Statement): Obstacle | null {
    for (const target of targets) {
      const obstacle = this.bind(target, statement);
      if (obstacle !== null) return obstacle;
    }
    return value.kind === 'Await' ? this.#unknown(value) : null;
  }

  /** @param statement from whose end on names hold it; null for the variables of a loop, which hold it wherever they are read */
  bind(target: Expression, statement: Statement | null): Obstacle | null {
    switch (target.kind) {
      case 'Name': {
        const variable = this.#variables.of(target);
        if (variable === null) return this.#unknown(target);
        return statement === null ? this.followAll(variable) : this.followFrom(variable, statement);
      }
      case 'Tuple':
      case 'List':
        for (const element of target.elements) {
          const obstacle = this.bind(element, statement);
          if (obstacle !== null) return obstacle;
        }
        return null;
      case 'Starred':
        return this.bind(target.value, statement);
      case 'Subscript':
        return this.putInto(target.value, target);
      default:
        return {
          code: 'in-an-object',
          why: `\`${this.#line(target)}\` keeps it: who reads that can't be told.`,
        };
    }
  }

  /** What the value is put into, and every other way to it. */
  putInto(holder: Expression, at: Node): Obstacle | null {
    let base = holder;
    let key: string | null = null;
    for (; base.kind === 'Subscript'; base = base.value) key = keyOf(base);
    if (base.kind !== 'Name')
      return { code: 'in-an-object', why: `\`${this.#line(at)}\` keeps it: who reads that can't be told.` };
    const variable = this.#variables.of(base);
    if (variable === null) return this.#unknown(at);
    const keys = this.#filled.get(variable) ?? new Set();
    this.#filled.set(variable, keys);
    if (keys.has(key)) return null;
    keys.add(key);
    // `kept = losses = []` gives it another name.
    const isShared = variable.bindings.some((binding) => {
      const made = this.#tree.parentOf(binding);
      return made?.kind === 'Assign' && made.targets.length > 1;
    });
    for (const value of (isShared ? null : this.#variables.valuesOf(base)) ?? [null]) {
      // An array of numpy's takes the number alone.
      if (value?.kind === 'Call' && this.#isArray(value)) return null;
      if (value?.kind === 'Name') {
        key = null;
        const obstacle = this.putInto(value, at);
        if (obstacle !== null) return obstacle;
      } else if (value === null || !makesContainer(value))
        return {
          code: 'in-an-object',
          why: `It is put into \`${base.id}\`, which may have other names.`,
        };
    }
    for (const read of variable.reads) {
      const part = this.#tree.parentOf(read);
      const other = part?.kind === 'Subscript' && part.value === read ? keyOf(part) : null;
      if (key === null || other === null || other === key) this.follow(read);
    }
    this.#noteMagics(variable.name);
    return null;
  }

  #isArray({ func }: Call): boolean {
    return this.#program.notebookNames.qualifiedName(func)?.startsWith('numpy.') === true;
  }

  #returned(node: Node): Obstacle | null {
    const own = this.#tree.surroundingsOf(node);
    if (own?.kind !== 'FunctionDef' || own.isAsync) return this.#unknown(node);
    // What a model's `forward` gives back is the value of its call, which is followed by itself.
    const owner = this.#tree.surroundingsOf(own);
    if (owner?.kind === 'ClassDef' && own.name.id === 'forward' && this.#values.isModuleClass(owner))
      return null;
    const calls = this.#variables.callsOf(own);
    if (calls === null)
      return {
        code: 'unknown-use',
        why: `\`${own.name.id}\` gives it back, and not all that call it can be told.`,
      };
    const inside = calls.filter((call) => this.#callers?.has(call));
    for (const call of inside.length > 0 ? inside : calls) this.follow(call);
    return null;
  }
}

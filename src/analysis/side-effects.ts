import { functionEffect } from '../pandas/function-effects.js';
import { isMethodOfImages, makesImage } from '../pandas/image-functions.js';
import { methodEffect } from '../pandas/method-effects.js';
import type { Call, Expression, FunctionDef, Lambda, Node } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { findAll, namesIn, SKIP, walk } from '../python/walk.js';
import { PURE_BUILTINS } from './builtins.js';
import { writesIntoArgument } from './keeps-nothing.js';
import type { NotebookTree, ScopeText } from './notebook-tree.js';
import { isOpen, modeOf } from './open-calls.js';
import type { Program } from './program.js';
import { calledArguments, isPureByArguments, isPureOfAll, PURE_METHODS } from './pure-methods.js';
import { changesDirectory } from './working-directory.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Functions of the standard library that only look at what they are handed. */
const PURE_FUNCTIONS = words(`
  pathlib.Path pathlib.PurePath json.loads json.dumps copy.copy copy.deepcopy collections.Counter collections.OrderedDict
  collections.defaultdict collections.deque datetime.datetime datetime.date datetime.timedelta datetime.datetime.strptime
  datetime.datetime.fromisoformat datetime.date.fromisoformat ast.literal_eval
  re.compile re.split re.findall re.sub re.match re.search re.fullmatch re.finditer html.unescape html.escape
  urllib.parse.urlparse urllib.parse.quote urllib.parse.unquote fractions.Fraction decimal.Decimal csv.reader
  csv.DictReader os.path.join os.path.basename os.path.dirname os.path.splitext os.path.split os.path.abspath`);

/** Modules all of whose functions only look at what they are handed. */
const PURE_MODULES = words('math cmath statistics string operator itertools fractions unicodedata');

/** Of `operator` what changes its first argument. */
const OPERATORS_IN_PLACE =
  /^operator\.(setitem|delitem|i(add|and|concat|floordiv|lshift|matmul|mod|mul|or|pow|rshift|sub|truediv|xor))$/;

/** Methods that change what they are called on, and nothing else. */
const CHANGING_METHODS = words(`
  append add extend update insert appendleft clear sort reverse discard remove setdefault write writelines writerow
  writerows`);

/** What a class of Python's own may be asked of as a function: `str.strip`. */
const PLAIN_TYPES = words('str bytes int float dict list tuple set');

/** What asks the world outside: the time, the process, settings. */
const ASKS_OUTSIDE =
  /^(time|psutil|gc|sys|warnings|secrets|uuid|tracemalloc)\.|^os\.get|\.(now|today|utcnow|fromtimestamp)$/;

/** What stands for the value of a call that makes something new: nobody else can hold it. */
const MAKES_NEW = words('list dict set int float str len range round open');
const NEW_ARRAYS = words('zeros ones empty full zeros_like ones_like empty_like full_like arange linspace');
const COLLECTIONS = words('Counter defaultdict OrderedDict deque');

/** What else is allowed. */
export interface Tolerance {
  /** Names whose objects may be changed. */
  readonly mayChange: (name: string) => boolean;
  /** Whether it may print, draw, and use random numbers. */
  readonly mayShow: boolean;
  /** Whether it may write files. */
  readonly mayWrite?: boolean;
}

const NOTHING: Tolerance = { mayChange: () => false, mayShow: false };

/**
 * What code does besides giving its value, as far as its text tells. Attributes, subscripts and operators are taken for
 * pure, as Python's own are.
 */
export class SideEffects {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #methods: ReadonlySet<string>;
  readonly #judging = new Set<Node>();
  readonly #judged = new Map<Node, string | null>();
  #movesAway: boolean | null = null;

  constructor(program: Program, tree: NotebookTree) {
    this.#program = program;
    this.#tree = tree;
    this.#methods = new Set(
      tree.modules
        .flatMap((module) => findAll(module, 'ClassDef'))
        .flatMap(({ body }) => body.flatMap((one) => (one.kind === 'FunctionDef' ? [one.name.id] : []))),
    );
  }

  /** What it does besides giving its value: the end of a sentence; null where it does nothing. */
  of(node: Node, tolerance: Tolerance = NOTHING): string | null {
    let found: string | null = null;
    walk(node, (inner) => {
      if (found !== null) return SKIP;
      found = this.#ofNode(inner, tolerance);
      return undefined;
    });
    return found;
  }

  #ofNode(node: Node, tolerance: Tolerance): string | null {
    switch (node.kind) {
      case 'Call':
        return this.#ofCall(node, tolerance);
      case 'NamedExpression':
        return `it binds \`${node.target.id}\``;
      case 'Await':
      case 'Yield':
        return 'it waits for others';
      case 'Delete':
        for (const target of node.targets) {
          const why = this.#ofTarget(target, tolerance);
          if (why !== null) return why;
        }
        return null;
      case 'ClassDef':
      case 'Global':
      case 'Nonlocal':
      case 'Import':
      case 'ImportFrom':
        return `it has a \`${node.kind === 'ClassDef' ? 'class' : this.#firstWord(node)}\``;
      case 'AugAssign': {
        const name = node.target.kind === 'Name' ? node.target.id : null;
        return name !== null && tolerance.mayChange(name) ? null : this.#changes(node.target);
      }
      case 'Assign':
        for (const target of node.targets) {
          const why = this.#ofTarget(target, tolerance);
          if (why !== null) return why;
        }
        return null;
      case 'For':
      case 'ComprehensionFor':
        return node.isAsync ? 'it waits for others' : this.#ofTarget(node.target, tolerance);
      case 'WithItem':
        return this.#mayOpen(node.context, tolerance) ? null : `it enters \`${this.#line(node.context)}\``;
      default:
        return null;
    }
  }

  #ofTarget(target: Expression, tolerance: Tolerance): string | null {
    if (target.kind === 'Name') return null;
    if (target.kind === 'Starred') return this.#ofTarget(target.value, tolerance);
    if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elements) {
        const why = this.#ofTarget(element, tolerance);
        if (why !== null) return why;
      }
      return null;
    }
    const owner = target.kind === 'Subscript' ? target.value : null;
    return owner?.kind === 'Name' && tolerance.mayChange(owner.id) ? null : this.#changes(target);
  }

  #ofCall(call: Call, tolerance: Tolerance): string | null {
    const { func } = call;
    const names = this.#program.notebookNames;
    const qualified = names.qualifiedName(func);
    const name = calledName(call) || null;
    const calls = `it calls \`${this.#line(func)}\``;
    for (const handed of [...calledArguments(call, name), ...this.#ownFunctionsIn(call)]) {
      const why = this.#ofCallable(handed);
      if (why !== null) return why;
    }
    if (writesIntoArgument(call, qualified)) return calls;
    if (qualified !== null) return this.#ofQualified(qualified, calls, tolerance);
    if (func.kind === 'Name') {
      const own = this.functionNamed(func.id);
      if (own !== null) {
        const why = this.ofFunction(own);
        return why === null ? null : `it calls \`${func.id}\`, and ${why}`;
      }
      if (names.isBound(func.id)) return calls;
      if (PURE_BUILTINS.has(func.id) || this.#mayOpen(call, tolerance)) return null;
      if (func.id === 'print' || func.id === 'display') return tolerance.mayShow ? null : `it prints`;
      return calls;
    }
    if (func.kind !== 'Attribute') return calls;
    const owner = func.value.kind === 'Name' ? func.value.id : null;
    const kind = this.#program.kindOf(func.value);
    const effect = kind === 'unknown' ? undefined : methodEffect(kind, func.attr.id);
    if (effect !== undefined) return this.#ofKnown(effect, calls, tolerance, owner);
    if (this.#methods.has(func.attr.id)) return calls;
    if (isMethodOfImages(func.attr.id) && this.#isOwnImage(func.value, new Set())) return null;
    if (func.value.kind === 'StringLiteral' || func.value.kind === 'JoinedString') return null;
    if (PURE_METHODS.has(func.attr.id) || isPureByArguments(call, func.attr.id)) return null;
    if (
      isPureOfAll(func.attr.id) &&
      call.keywords.every(({ name }) => name !== null && name.id !== 'inplace')
    )
      return null;
    if (CHANGING_METHODS.has(func.attr.id) && owner !== null && tolerance.mayChange(owner)) return null;
    return calls;
  }

  /** Functions of the notebook that are handed over: whoever gets them may call them. */
  #ownFunctionsIn({ args, keywords }: Call): Expression[] {
    const handed = [...args, ...keywords.map(({ value }) => value)];
    const parts = handed.flatMap((value) =>
      value.kind === 'Dict'
        ? value.entries.map((entry) => entry.value)
        : 'elements' in value
          ? value.elements
          : [value],
    );
    return parts.filter((value) => value.kind === 'Name' && this.functionNamed(value.id) !== null);
  }

  /** An image that is made where the expression stands, or that its name is bound to by what makes one. */
  #isOwnImage(value: Expression, seen: Set<Node>): boolean {
    if (seen.has(value)) return true;
    seen.add(value);
    const names = this.#program.notebookNames;
    if (value.kind === 'Call') {
      const { func } = value;
      if (makesImage(names.qualifiedName(func) ?? '')) return true;
      return (
        func.kind === 'Attribute' && isMethodOfImages(func.attr.id) && this.#isOwnImage(func.value, seen)
      );
    }
    if (value.kind !== 'Name') return false;
    const bindings = names.variableOf(value)?.bindings ?? [];
    const assigned = bindings.map((binding) => this.#tree.parentOf(binding));
    return (
      assigned.length > 0 &&
      assigned.every((one) => one?.kind === 'Assign' && this.#isOwnImage(one.value, seen))
    );
  }

  #ofQualified(qualified: string, calls: string, tolerance: Tolerance): string | null {
    if (OPERATORS_IN_PLACE.test(qualified)) return calls;
    // What a path is relative to may be another later.
    if (qualified === 'os.path.abspath' && this.#changesFolder()) return calls;
    if (PURE_FUNCTIONS.has(qualified) || PURE_MODULES.has(qualified.split('.')[0] ?? '')) return null;
    if (qualified.startsWith('pandas.api.types.')) return null;
    if (ASKS_OUTSIDE.test(qualified) && !tolerance.mayShow) return calls;
    return this.#ofKnown(functionEffect(qualified), calls, tolerance, null);
  }

  #ofKnown(
    effect: ReturnType<typeof functionEffect>,
    calls: string,
    { mayChange, mayShow, mayWrite }: Tolerance,
    owner: string | null,
  ): string | null {
    if (effect === undefined || effect.mutatesArguments) return calls;
    if (effect.writesFile && mayWrite !== true) return calls;
    const changes = effect.mutates || effect.holds;
    if (changes && !(owner !== null && mayChange(owner))) return calls;
    // What gives None is there for what it does.
    const shows =
      effect.prints || effect.displays || effect.draws || effect.random || effect.result === 'None';
    return shows && !changes && !mayShow ? calls : null;
  }

  /** What something that is handed over to be called does when it is called. A lambda's body is looked at where it stands. */
  #ofCallable(callable: Expression): string | null {
    const calls = `it calls \`${this.#line(callable)}\``;
    const qualified = this.#program.notebookNames.qualifiedName(callable);
    if (qualified !== null) return this.#ofQualified(qualified, calls, NOTHING);
    switch (callable.kind) {
      case 'Name': {
        const own = this.functionNamed(callable.id);
        if (own !== null) {
          const why = this.ofFunction(own);
          return why === null ? null : `${calls}, and ${why}`;
        }
        const isBuiltin = PURE_BUILTINS.has(callable.id) && !this.#program.notebookNames.isBound(callable.id);
        return isBuiltin ? null : calls;
      }
      case 'Attribute': {
        const { value } = callable;
        const isPlain =
          value.kind === 'Name' &&
          PLAIN_TYPES.has(value.id) &&
          !this.#program.notebookNames.isBound(value.id) &&
          PURE_METHODS.has(callable.attr.id);
        return isPlain ? null : calls;
      }
      case 'Call':
        return /^operator\./.test(this.#program.notebookNames.qualifiedName(callable.func) ?? '')
          ? null
          : calls;
      case 'Lambda':
      case 'Constant':
      case 'StringLiteral':
      case 'List':
      case 'Dict':
        return null;
      default:
        return calls;
    }
  }

  /** The notebook's function or lambda of this name, where nothing else in the notebook has it. */
  functionNamed(name: string): FunctionDef | Lambda | null {
    const names = this.#program.notebookNames;
    const value = names.onlyValue(name);
    if (value?.kind === 'Lambda') return value;
    const binding = names.onlyBinding(name);
    const defined = binding === null ? null : this.#tree.parentOf(binding);
    if (defined?.kind !== 'FunctionDef' || defined.name !== binding) return null;
    return defined.decorators.length === 0 && !defined.isAsync ? defined : null;
  }

  /** What a call of the function does besides giving its value; what it makes for itself it may change. */
  ofFunction(own: FunctionDef | Lambda): string | null {
    const known = this.#judged.get(own);
    if (known !== undefined) return known;
    // A function that calls itself does what it does otherwise.
    if (this.#judging.has(own)) return null;
    this.#judging.add(own);
    const why = own.kind === 'Lambda' ? this.of(own.body) : this.#ofBody(own);
    this.#judging.delete(own);
    // Inside another one it may have been taken for granted that that one does nothing.
    if (this.#judging.size === 0) this.#judged.set(own, why);
    return why;
  }

  #ofBody(own: FunctionDef): string | null {
    const text = this.#tree.textOf(own);
    const tolerance: Tolerance = { mayShow: false, mayChange: (name) => isNew(text, name) };
    for (const statement of own.body) {
      const why = this.of(statement, tolerance);
      if (why !== null) return why;
    }
    return null;
  }

  /**
   * All names that stand in the code, and those of the notebook that its functions use where it mentions them.
   *
   * @param own names that mean something else in the code itself
   */
  readsOf(node: Node, own: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const reads = new Set([...namesIn(node)].filter((name) => !own.has(name)));
    for (const name of reads) {
      const called = this.functionNamed(name);
      if (called === null) continue;
      const locals = called.kind === 'FunctionDef' ? this.#tree.textOf(called) : null;
      for (const inner of namesIn(called))
        if (locals === null || !locals.bindings.has(inner) || locals.declared.has(inner)) reads.add(inner);
    }
    return reads;
  }

  #changesFolder(): boolean {
    this.#movesAway ??= this.#tree.modules.some((module) =>
      findAll(module, 'Call').some((call) => changesDirectory(this.#program, call)),
    );
    return (
      this.#movesAway || this.#program.cells.some(({ magics }) => magics.some(({ name }) => name === 'cd'))
    );
  }

  /** Whether a class of the notebook has a method of this name. */
  isOwnMethod(name: string): boolean {
    return this.#methods.has(name);
  }

  /** `open(path)`, with a mode that can be told to be for reading. */
  opensForReading(node: Expression): boolean {
    return isOpen(this.#program, node) && modeOf(node) !== null;
  }

  #mayOpen(node: Expression, { mayWrite }: Tolerance): boolean {
    return mayWrite === true ? isOpen(this.#program, node) : this.opensForReading(node);
  }

  #changes(target: Node): string {
    return `it changes \`${this.#line(target)}\``;
  }

  #line(node: Node): string {
    return this.#program.textOf(node).split('\n')[0] ?? '';
  }

  #firstWord(node: Node): string {
    return /^\w+/.exec(this.#line(node))?.[0] ?? '';
  }
}

const isName = (node: Expression, name: string): boolean => node.kind === 'Name' && node.id === name;

/** Whether all that the name is bound to in its scope is made there: no one else has it. */
export function isNew({ bindings, declared }: ScopeText, name: string): boolean {
  const own = bindings.get(name) ?? [];
  return own.length > 0 && !declared.has(name) && own.every(({ value }) => value !== null && makesNew(value));
}

function makesNew(value: Expression): boolean {
  switch (value.kind) {
    case 'List':
    case 'Dict':
    case 'SetDisplay':
    case 'Comprehension':
    case 'DictComprehension':
    case 'Constant':
    case 'StringLiteral':
    case 'JoinedString':
      return true;
    case 'Call': {
      const { func } = value;
      if (func.kind === 'Name') return MAKES_NEW.has(func.id) || COLLECTIONS.has(func.id);
      if (func.kind !== 'Attribute') return false;
      return (
        COLLECTIONS.has(func.attr.id) ||
        (isName(func.value, 'csv') && /writer$/i.test(func.attr.id)) ||
        (isName(func.value, 'np') && NEW_ARRAYS.has(func.attr.id))
      );
    }
    default:
      return false;
  }
}

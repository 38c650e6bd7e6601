import { functionEffect } from '../pandas/function-effects.js';
import type { Call, Comprehension, Expression, FunctionDef, Node } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { contains, findAll } from '../python/walk.js';
import { type Consumption, namesBoundIn } from './consumption.js';
import { iteratorObstacle } from './iterators.js';
import { keepsNothing } from './keeps-nothing.js';
import { type NotebookTree, ownNames } from './notebook-tree.js';
import { isOpen, modeOf } from './open-calls.js';
import type { Program } from './program.js';
import { isNew, type SideEffects } from './side-effects.js';
import { changesDirectory } from './working-directory.js';

/** What is evaluated where the values of an iterable are taken, instead of where it is made. */
export interface Late {
  /** What stands for the iterable now. */
  readonly made: Node;
  /** Evaluated late. */
  readonly code: readonly Node[];
  /** Evaluated where it stands; what it gives is looked at late. */
  readonly sources: readonly Node[];
  /** Names that the generator keeps to itself. */
  readonly own: ReadonlySet<string>;
}

export interface Obstacle {
  readonly code: string;
  readonly why: string;
}

/** Whether evaluating something late gives what evaluating it at once gives. */
export class LateEvaluation {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;

  constructor(program: Program, tree: NotebookTree, effects: SideEffects) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
  }

  /** Why not; null where it does. */
  obstacle(eager: Late, consumption: Consumption): Obstacle | null {
    const frame = this.#frameObstacle(eager);
    if (frame !== null) return frame;
    // Nothing runs in between: whatever the code does, it does in the same order.
    if (consumption.how === 'whole') return null;
    const late = { ...eager, code: [...eager.code, ...eager.sources.flatMap((one) => this.#lazyIn(one))] };
    return (
      this.#ownObstacle(late, consumption) ??
      this.errorObstacle(late.made) ??
      iteratorObstacle(this.#program, this.#tree, late.made, [...late.code, ...late.sources], consumption) ??
      this.#boundObstacle(late, consumption) ??
      this.#changeObstacle(late, consumption)
    );
  }

  /** What a source makes of its own values only when it is asked for them: `map(f, xs)`, a generator, under a name, too. */
  #lazyIn(source: Node): readonly Node[] {
    const found: Node[] = findAll(source, 'Comprehension').filter(({ type }) => type === 'generator');
    for (const call of findAll(source, 'Call')) if (this.#isLazyCall(call)) found.push(call);
    for (const name of findAll(source, 'Name')) {
      const scope = this.#tree.functionAround(name);
      for (const { value } of this.#tree.textOf(scope).bindings.get(name.id) ?? [])
        if (
          value !== null &&
          ((value.kind === 'Comprehension' && value.type === 'generator') ||
            (value.kind === 'Call' && this.#isLazyCall(value)))
        )
          found.push(value);
    }
    return found;
  }

  #isLazyCall({ func }: Call): boolean {
    const names = this.#program.notebookNames;
    if (func.kind !== 'Name') return /^itertools\./.test(names.qualifiedName(func) ?? '');
    if (!names.isBound(func.id)) return func.id === 'map' || func.id === 'filter';
    const called = this.#effects.functionNamed(func.id);
    return called?.kind === 'FunctionDef'
      ? findAll(called, 'Yield').length > 0
      : /^itertools\./.test(names.qualifiedName(func) ?? '');
  }

  /** What means another thing in a generator's own frame. */
  #frameObstacle({ made, code, own }: Late): Obstacle | null {
    for (const root of [made, ...code]) {
      // What a call is given it calls at once: `max(rows, key=lambda row: row[column])`.
      const keeps = findAll(root, 'Lambda').find((lambda) => {
        const parent = this.#tree.parentOf(lambda)?.kind;
        const isGiven = parent === 'Call' || parent === 'Keyword';
        return !isGiven && findAll(lambda, 'Name').some(({ id }) => own.has(id));
      });
      if (keeps !== undefined)
        return {
          code: 'late-variable',
          why: `\`${this.#program.textOf(keeps)}\` finds in its variable what it holds when it is called: of a list the last value.`,
        };
      const await_ = findAll(root, 'Await').length > 0 || findAll(root, 'Yield').length > 0;
      if (await_ || findAll(root, 'ComprehensionFor').some(({ isAsync }) => isAsync))
        return { code: 'asynchronous', why: 'It waits for others while it is made.' };
      for (const call of findAll(root, 'Call')) {
        const { func, args } = call;
        const name = calledName(call);
        if (name === 'super' || (func.kind === 'Attribute' && (name === 'query' || name === 'eval')))
          return {
            code: 'frame-lookup',
            why: `\`${name}\` looks up names in the frame that calls it, which would be the generator's.`,
          };
        if (name === 'next' && args.length < 2)
          return {
            code: 'stop-iteration',
            why: '`next` may raise StopIteration, which a generator turns into a RuntimeError.',
          };
      }
    }
    return null;
  }

  #ownObstacle({ code }: Late, { taker, how }: Consumption): Obstacle | null {
    for (const node of code) {
      const effect = this.#effects.of(node) ?? this.#keyAdded(node);
      if (effect === null) continue;
      const when =
        how === 'part'
          ? 'perhaps not for all values'
          : taker.kind === 'Call'
            ? 'later'
            : 'in turns with what is done with the values';
      return { code: 'side-effect', why: `Made one by one, that would happen ${when}: ${effect}.` };
    }
    return null;
  }

  /** `groups[key]` of a `defaultdict` adds what is not there. */
  #keyAdded(node: Node): string | null {
    const { notebookNames } = this.#program;
    for (const { value } of this.#withFunctions([node]).flatMap((root) => findAll(root, 'Subscript'))) {
      if (value.kind !== 'Name') continue;
      const { id } = value;
      const bindings = [this.#tree.functionAround(value), null].flatMap(
        (scope) => this.#tree.textOf(scope).bindings.get(id) ?? [],
      );
      const mayAdd = bindings.some(
        ({ value: made }) =>
          made?.kind === 'Call' && notebookNames.qualifiedName(made.func) === 'collections.defaultdict',
      );
      if (mayAdd) return `\`${value.id}\` may get another key`;
    }
    return null;
  }

  /** An error would be raised at another time: that matters where something catches it, or has. */
  errorObstacle(made: Node): Obstacle | null {
    const { cell, markers, index } = this.#program.cellOf(made);
    if (markers.raisesException || cell.outputs.some(({ kind }) => kind === 'error'))
      return {
        code: 'cell-raised',
        why: `Cell ${index} has ended with an error: it would be raised at another time.`,
      };
    let own: FunctionDef | null = null;
    for (const outer of this.#tree.around(made)) {
      if (outer.kind === 'FunctionDef') own ??= outer;
      const catches =
        outer.kind === 'Try' ||
        (outer.kind === 'With' &&
          outer.items.some(({ context }) => /suppress|[rR]aises/.test(this.#program.textOf(context))));
      if (catches && own === null)
        return {
          code: 'in-try',
          why: 'An error in it is caught here; made one by one, it would be raised at another time.',
        };
    }
    if (own !== null && this.#isCalledInTry(own))
      return {
        code: 'in-try',
        why: `What \`${own.name.id}\` raises may be caught; made one by one, it would be raised at another time.`,
      };
    return null;
  }

  #isCalledInTry({ name }: FunctionDef): boolean {
    return this.#tree.modules
      .flatMap((module) => findAll(module, 'Try'))
      .some(({ body }) =>
        body.some(
          (statement) =>
            this.#effects.readsOf(statement).has(name.id) ||
            findAll(statement, 'Attribute').some(({ attr }) => attr.id === name.id),
        ),
      );
  }

  #boundObstacle({ code, own }: Late, { meanwhile, binds }: Consumption): Obstacle | null {
    const bound = new Set([...binds, ...namesBoundIn(meanwhile)]);
    for (const node of code)
      for (const name of this.#effects.readsOf(node, own))
        if (bound.has(name))
          return {
            code: 'bound-anew',
            why: `It reads \`${name}\`, which is bound anew before all of its values are taken.`,
          };
    return null;
  }

  /** Whether what runs meanwhile may change what is still to be read. */
  #changeObstacle(late: Late, consumption: Consumption): Obstacle | null {
    const { meanwhile } = consumption;
    if (meanwhile.length === 0) return null;
    const reads = new Set([
      ...late.code.flatMap((node) => [...this.#effects.readsOf(node, late.own)]),
      ...late.sources.flatMap((node) => [...this.#effects.readsOf(node)]),
    ]);
    const walks = late.sources
      .flatMap((one) => findAll(one, 'Call'))
      .some(
        ({ func }) => walksDirectory(func) && this.#program.notebookNames.qualifiedName(func) !== 'glob.glob',
      );
    if (walks)
      for (const node of meanwhile) {
        const effect = this.#effects.of(node, { mayShow: true, mayChange: () => false });
        const makes = findAll(node, 'Call').find(({ func }) => MAKES_FILES.test(this.#program.textOf(func)));
        if (effect === null && makes === undefined) continue;
        const why = `The directory may change while it is still being read: ${effect ?? this.#program.textOf(makes ?? node)}.`;
        return { code: 'writes-files', why };
      }
    const readsFile = this.#readsFile(late);
    if (readsFile) {
      const writes = this.findWriting(meanwhile);
      if (writes !== null)
        return {
          code: 'writes-files',
          why: `\`${writes}\` may write the file while it is still being read.`,
        };
      const moves = this.#asksForFiles(late.code) ? this.findChangeOfDirectory(meanwhile) : null;
      if (moves !== null) return otherDirectory(this.#program.cellOf(moves).index);
    }
    const state = this.#stateObstacle(late, meanwhile);
    if (state !== null) return state;
    if (this.#factsAllow(late, consumption, reads, readsFile)) return null;
    const scope = this.#tree.functionAround(late.made);
    if ([...reads].every((name) => this.#isOutOfReach(name, scope, late))) return null;
    const text = this.#tree.textOf(scope);
    const held = this.#reachableFrom(reads, text.madeOf);
    const tolerance = {
      mayShow: true,
      mayWrite: true,
      mayChange: (name: string) => isNew(text, name) && !held.has(name) && this.#staysHere(name, scope),
    };
    for (const node of meanwhile) {
      const effect = this.#effects.of(node, tolerance);
      if (effect === null) continue;
      return {
        code: 'may-change',
        why: `What it is made from may change before all of its values are taken: ${effect}.`,
      };
    }
    return null;
  }

  /** What a module holds and everybody may change: `sys.path`, `os.environ`, how values are printed. */
  #stateObstacle({ made, code, sources }: Late, meanwhile: readonly Node[]): Obstacle | null {
    const names = this.#program.notebookNames;
    const others = this.#withFunctions(meanwhile.filter((node) => !contains(made, node)));
    const setting = others
      .flatMap((root) => findAll(root, 'Call'))
      .find(({ func }) => SETS_OPTIONS.test(names.qualifiedName(func) ?? ''));
    const late = this.#withFunctions([...code, ...sources]);
    if (setting !== undefined && late.some((root) => mayAskForOptions(root)))
      return {
        code: 'may-change',
        why: `\`${this.#program.textOf(setting.func)}\` may change what it is made of before all of its values are taken.`,
      };
    const heldIn = (roots: readonly Node[]) =>
      roots
        .flatMap((root) => findAll(root, 'Attribute'))
        .map((attribute) => names.qualifiedName(attribute) ?? '')
        .filter((name) => HELD_BY_MODULES.has(name));
    const held = new Set(heldIn(late));
    const changed = heldIn(others).find((name) => held.has(name));
    if (changed === undefined) return null;
    const why = `\`${changed}\` may change before all of its values are taken.`;
    return { code: 'may-change', why };
  }

  /** By what is known of each top-level statement: which names' objects it may change, whatever they are called there. */
  #factsAllow(
    late: Late,
    { taker, named }: Consumption,
    reads: ReadonlySet<string>,
    readsFile: boolean,
  ): boolean {
    const made = this.#program.statementOf(late.made);
    const taken = this.#program.statementOf(taker);
    // In a function the facts are of its definition.
    if (this.#tree.surroundingsOf(taker) !== null || (named !== null && named.statement !== made.node))
      return false;
    const between = this.#program.statements.slice(
      named === null ? made.index : made.index + 1,
      taken.index + 1,
    );
    return between.every(
      ({ mutates, opaque, effects, writes, maybeWrites, deletes }) =>
        opaque === null &&
        ![mutates, writes, maybeWrites, deletes].some((names) => intersects(names, reads)) &&
        !(readsFile && (effects.has('unknown') || effects.has('writes-file'))),
    );
  }

  /** Whether nothing that runs meanwhile can get hold of what the name holds, or change it. */
  #isOutOfReach(name: string, scope: FunctionDef | null, { made }: Late): boolean {
    const names = this.#program.notebookNames;
    if (!names.isBound(name) || this.#effects.functionNamed(name) !== null) return true;
    const text = this.#tree.textOf(scope);
    const bindings = text.bindings.get(name) ?? [];
    if (text.declared.has(name)) return false;
    const values = bindings.map(({ value }) => value);
    if (bindings.length === 0) return this.#isImported(name);
    if (values.every((value) => value !== null && isLiteral(value))) return true;
    if (!values.every((value) => value !== null && this.givesOwnStrings(value))) return false;
    return names.readsOf(name).every((read) => contains(made, read));
  }

  /** Whether a new object stays with its name: it is asked and changed there, and nobody else is given it. */
  #staysHere(name: string, scope: FunctionDef | null): boolean {
    const { notebookNames } = this.#program;
    const here = notebookNames.readsOf(name).find((read) => this.#tree.functionAround(read) === scope);
    const variable = here === undefined ? null : notebookNames.variableOf(here);
    return (variable?.reads ?? []).every((read) => {
      const parent = this.#tree.parentOf(read);
      if (
        parent === null ||
        this.#tree.functionAround(read) !== scope ||
        this.#tree.surroundingsOf(read) !== scope
      )
        return false;
      switch (parent.kind) {
        case 'Subscript':
        case 'Attribute':
          return parent.value === read;
        case 'AugAssign':
        case 'Compare':
        case 'ExpressionStatement':
        case 'Delete':
          return true;
        case 'For':
          return parent.iter === read;
        case 'Return':
          return scope !== null;
        case 'Call':
          return keepsNothing(this.#program, parent) && !givesBack(parent);
        default:
          return false;
      }
    });
  }

  #isImported(name: string): boolean {
    return this.#tree.modules.some((module) =>
      [...findAll(module, 'Import'), ...findAll(module, 'ImportFrom')].some((statement) =>
        namesBoundIn([statement]).has(name),
      ),
    );
  }

  /** Whether the value is made here, of numbers or strings or of lines of a file: nobody else has it, or can change what is in it. */
  givesOwnStrings(value: Expression): boolean {
    if (value.kind !== 'Call') return false;
    if (isOpen(this.#program, value)) return modeOf(value) !== null;
    const { func } = value;
    const qualified = this.#program.notebookNames.qualifiedName(func);
    if (qualified !== null) return qualified === 'os.listdir' || qualified === 'glob.glob';
    if (func.kind === 'Name') return func.id === 'range' && !this.#program.notebookNames.isBound('range');
    if (func.kind !== 'Attribute') return false;
    const kind = this.#program.kindOf(func.value);
    return (
      ['split', 'splitlines', 'readlines'].includes(func.attr.id) &&
      (kind === 'str' || kind === 'file' || kind === 'unknown')
    );
  }

  #readsFile({ code, sources, made }: Late): boolean {
    if (this.#asksForFiles(code)) return true;
    return [made, ...this.#withFunctions([...code, ...sources])].some(
      (root) =>
        findAll(root, 'Call').some((call) => isOpen(this.#program, call)) ||
        findAll(root, 'Name').some((name) => this.#program.kindOf(name) === 'file' || this.isFile(name)),
    );
  }

  /** Whether the code, or a function of the notebook that it mentions, finds a file by its path. */
  #asksForFiles(code: readonly Node[]): boolean {
    const names = this.#program.notebookNames;
    return this.#callsIn(code).some(
      (call) =>
        isOpen(this.#program, call) ||
        functionEffect(names.qualifiedName(call.func) ?? '')?.readsFile === true,
    );
  }

  /** Whether a name is bound, in its scope, to open files alone. */
  isFile(node: Expression): boolean {
    if (node.kind !== 'Name') return false;
    const bindings = this.#tree.textOf(this.#tree.functionAround(node)).bindings.get(node.id) ?? [];
    return (
      bindings.length > 0 && bindings.every(({ value }) => value !== null && isOpen(this.#program, value))
    );
  }

  /** A call that changes the working directory. */
  findChangeOfDirectory(nodes: readonly Node[]): Call | null {
    return this.#callsIn(nodes).find((call) => changesDirectory(this.#program, call)) ?? null;
  }

  #callsIn(nodes: readonly Node[]): readonly Call[] {
    return this.#withFunctions(nodes).flatMap((root) => findAll(root, 'Call'));
  }

  /** The nodes, and the functions of the notebook that they mention. */
  #withFunctions(nodes: readonly Node[]): readonly Node[] {
    const names = new Set(nodes.flatMap((node) => [...this.#effects.readsOf(node)]));
    return [...nodes, ...[...names].flatMap((name) => this.#effects.functionNamed(name) ?? [])];
  }

  /**
   * A call that may write files, in functions of the notebook that are called too.
   *
   * @param isHarmless whether the file that a literal names is not one of those in question
   */
  findWriting(nodes: readonly Node[], isHarmless = (_name: string) => false): string | null {
    for (const call of this.#callsIn(nodes)) {
      const { func } = call;
      const name = calledName(call);
      const writes = isOpen(this.#program, call)
        ? modeOf(call) === null
        : WRITES.test(this.#program.notebookNames.qualifiedName(func) ?? `.${name}`) ||
          this.#movesFile(call) ||
          (this.#appends() && APPENDS.test(name));
      const isNamed = [...call.args, ...call.keywords.map(({ value }) => value)].some(
        (one) => one.kind === 'StringLiteral' && one.value !== null && isHarmless(one.value),
      );
      if (writes && !isNamed) return this.#program.textOf(func);
    }
    return null;
  }

  /** `path.rename(other)`, which a frame or a string has too, with other arguments. */
  #movesFile({ func, args, keywords }: Call): boolean {
    return (
      func.kind === 'Attribute' &&
      (func.attr.id === 'rename' || func.attr.id === 'replace') &&
      this.#program.kindOf(func.value) === 'unknown' &&
      args.length === 1 &&
      keywords.length === 0
    );
  }

  /** Whether the notebook opens a file that it may write to while somebody else reads what was there before. */
  #appends(): boolean {
    return this.#tree.modules
      .flatMap((module) => findAll(module, 'Call'))
      .filter((call) => isOpen(this.#program, call) && modeOf(call) === null)
      .some((call) => !/^.*['"][wx][bt]?['"]/.test(this.#program.textOf(call)));
  }

  /** All names whose values may be reached from these. */
  #reachableFrom(
    names: Iterable<string>,
    madeOf: ReadonlyMap<string, ReadonlySet<string>>,
  ): ReadonlySet<string> {
    const reached = new Set(names);
    for (const name of reached) for (const part of madeOf.get(name) ?? []) reached.add(part);
    return reached;
  }
}

/** Whether a call may give what it is given, or an iterator over it. */
const givesBack = ({ func }: Call): boolean =>
  func.kind === 'Name' && /^(?:enumerate|filter|getattr|map|max|min|reversed|zip)$/.test(func.id);

/** Methods have a dot before them; what `list`, `DataFrame` or a TensorFlow session calls alike writes nothing. */
const WRITES =
  /^(os\.(remove|rename|renames|replace|system|popen|truncate|symlink|link)|shutil\..*|subprocess\..*)$|\.(write_text|write_bytes|unlink|rmtree|copyfile|copy2|truncate|savetxt|save|savez|savez_compressed|savefig|imwrite|imsave|tofile|dump|touch|extractall|urlretrieve|save_img|to_(csv|json|html|excel|latex|markdown|pickle|parquet|hdf|sql|feather|stata|string|xml|orc))$/;

function intersects(names: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const name of names) if (others.has(name)) return true;
  return false;
}

/** `os.walk(path)`, `path.iterdir()`: what is in a directory is read when somebody asks for it. */
const walksDirectory = (func: Expression): boolean =>
  func.kind === 'Attribute' && /^(iterdir|r?glob|iglob|scandir|walk)$/.test(func.attr.id);

/** What makes or removes what a directory holds, besides what writes files. */
const MAKES_FILES =
  /\b(mkdir|makedirs|rmdir|removedirs|touch|unlink|remove|rename|replace|write_\w+|to_\w+|save\w*)$/;

/** What paths lead to differs from this cell on. */
export function otherDirectory(cell: number): Obstacle {
  const why = `The working directory changes in cell ${cell}: the names of the files would lead elsewhere.`;
  return { code: 'changes-directory', why };
}

/** What modules hold for everybody. */
const HELD_BY_MODULES: ReadonlySet<string> = new Set(['sys.path', 'sys.argv', 'sys.modules', 'os.environ']);

/** What is said once and holds for all that is computed or printed from then on. */
const SETS_OPTIONS =
  /^(pandas\.(set|reset)_option|numpy\.(set_printoptions|seterr|seterrcall)|locale\.setlocale|decimal\.\w*context)$/;

/** Whether something in it is computed, or becomes a text. */
const mayAskForOptions = (root: Node): boolean =>
  (['Call', 'BinaryOperation', 'JoinedString'] as const).some((kind) => findAll(root, kind).length > 0);

/** What puts something into a file that is open. */
const APPENDS = /^(write|writelines|writerow|writerows|print)$/;

const isLiteral = ({ kind }: Expression): boolean =>
  kind === 'Constant' || kind === 'StringLiteral' || kind === 'JoinedString';

/** What of a comprehension is evaluated late when it is a generator: all but what it goes through first. */
export function lateOf(comprehension: Comprehension): Late {
  const [first, ...rest] = comprehension.clauses;
  if (first === undefined) throw new Error('a comprehension without a clause');
  const clauses = rest.flatMap(({ iter, ifs }) => [iter, ...ifs]);
  return {
    made: comprehension,
    code: [comprehension.element, ...first.ifs, ...clauses],
    sources: [first.iter],
    own: ownNames(comprehension),
  };
}

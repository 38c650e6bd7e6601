import { functionEffect } from '../pandas/function-effects.js';
import type { Call, Expression, Node } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { contains, findAll } from '../python/walk.js';
import type { Late, Obstacle } from './late.js';
import type { NotebookTree } from './notebook-tree.js';
import { isOpen, modeOf } from './open-calls.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';
import { changesDirectory } from './working-directory.js';

/** What may change outside of the notebook's names while something waits to be made: files, directories, what modules hold. */
export class OutsideChanges {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;

  constructor(program: Program, tree: NotebookTree, effects: SideEffects) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
  }

  /** Why not to wait, as far as that goes. */
  obstacle(late: Late, meanwhile: readonly Node[]): Obstacle | null {
    return (
      this.#directoryObstacle(late, meanwhile) ??
      this.#fileObstacle(late, meanwhile) ??
      this.#stateObstacle(late, meanwhile)
    );
  }

  #directoryObstacle({ sources }: Late, meanwhile: readonly Node[]): Obstacle | null {
    const walks = sources
      .flatMap((one) => findAll(one, 'Call'))
      .some(
        ({ func }) => walksDirectory(func) && this.#program.notebookNames.qualifiedName(func) !== 'glob.glob',
      );
    if (!walks) return null;
    const made = this.#callsIn(meanwhile).find((call) => MAKES_DIRECTORY.test(calledName(call)));
    const writes = made === undefined ? this.findWriting(meanwhile) : this.#program.textOf(made.func);
    const unknown = () =>
      meanwhile
        .map((node) => this.#effects.of(node, { mayShow: true, mayChange: () => false }))
        .find((effect) => effect !== null);
    const effect = writes === null ? unknown() : `\`${writes}\` is called`;
    if (effect === undefined) return null;
    return {
      code: 'writes-files',
      why: `The directory may change while it is still being read: ${effect}.`,
    };
  }

  #fileObstacle(late: Late, meanwhile: readonly Node[]): Obstacle | null {
    if (!this.readsFile(late)) return null;
    const writes = this.findWriting(meanwhile);
    if (writes !== null)
      return {
        code: 'writes-files',
        why: `\`${writes}\` may write the file while it is still being read.`,
      };
    return this.#asksForFiles(late.code) ? this.otherDirectory(meanwhile) : null;
  }

  /** What a module holds and everybody may change: `sys.path`, `os.environ`, how values are printed. */
  #stateObstacle({ made, code, sources }: Late, meanwhile: readonly Node[]): Obstacle | null {
    const names = this.#program.notebookNames;
    const others = this.withFunctions(meanwhile.filter((node) => !contains(made, node)));
    const setting = others
      .flatMap((root) => findAll(root, 'Call'))
      .find(({ func }) => SETS_OPTIONS.test(names.qualifiedName(func) ?? ''));
    const late = this.withFunctions([...code, ...sources]);
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

  /** Whether a file is read late. */
  readsFile({ code, sources, made }: Late): boolean {
    if (this.#asksForFiles(code)) return true;
    return [made, ...this.withFunctions([...code, ...sources])].some(
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

  /** Whether the working directory changes in one of the nodes: what paths lead to differs from there on. */
  otherDirectory(nodes: readonly Node[]): Obstacle | null {
    const moves = this.#callsIn(nodes).find((call) => changesDirectory(this.#program, call));
    return moves === undefined ? null : otherDirectory(this.#program.cellOf(moves).index);
  }

  #callsIn(nodes: readonly Node[]): readonly Call[] {
    return this.withFunctions(nodes).flatMap((root) => findAll(root, 'Call'));
  }

  /** The nodes, and the functions of the notebook that they mention. */
  withFunctions(nodes: readonly Node[]): readonly Node[] {
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
}

/** Methods have a dot before them; what `list`, `DataFrame` or a TensorFlow session calls alike writes nothing. */
const WRITES =
  /^(os\.(remove|rename|renames|replace|system|popen|truncate|symlink|link)|shutil\..*|subprocess\..*)$|\.(write_text|write_bytes|unlink|rmtree|copyfile|copy2|truncate|savetxt|save|savez|savez_compressed|savefig|imwrite|imsave|tofile|dump|touch|extractall|urlretrieve|save_img|to_(csv|json|html|excel|latex|markdown|pickle|parquet|hdf|sql|feather|stata|string|xml|orc))$/;

/** `os.walk(path)`, `path.iterdir()`: what is in a directory is read when somebody asks for it. */
const walksDirectory = (func: Expression): boolean =>
  func.kind === 'Attribute' && /^(iterdir|r?glob|iglob|scandir|walk)$/.test(func.attr.id);

/** What makes or removes a directory. */
const MAKES_DIRECTORY = /^(mkdir|makedirs|rmdir|removedirs)$/;

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

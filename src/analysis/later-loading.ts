import type { Expression, Name, Node } from '../python/ast.js';
import { contains, findAll } from '../python/walk.js';
import type { ImageList } from './image-lists.js';
import { type Loader, targetsOf } from './image-loader.js';
import type { Obstacle } from './late.js';
import type { LateEvaluation } from './late-evaluation.js';
import { isTarget } from './name-uses.js';
import type { NotebookTree } from './notebook-tree.js';
import { isOpen } from './open-calls.js';
import { otherDirectory } from './outside-changes.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

/** What no image, and no array, is kept in. */
const NO_IMAGE =
  /\.(csv|tsv|txt|json|jsonl|pkl|pickle|joblib|h5|hdf5|keras|pt|pth|ckpt|weights|onnx|model|xml|ya?ml|html?|parquet|feather|xlsx?|log|md|tex|pdf|svg|mp4|avi|wav)$/i;

/** Shell commands that leave the files alone which a notebook has. */
const HARMLESS_SHELL =
  /^\s*(pip3?|conda|apt|apt-get|ls|head|tail|cat|echo|pwd|wc|du|df|free|nvidia-smi|which|python3? --version|python3? -m pip|find .*-name|uname|lscpu|date)\b/;

/** Whether an image that is loaded later, and again, is the one that is loaded when the list is made. */
export class LaterLoading {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly #evaluation: LateEvaluation;

  constructor(program: Program, tree: NotebookTree, effects: SideEffects, evaluation: LateEvaluation) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
    this.#evaluation = evaluation;
  }

  /** Why not, as far as the loading itself tells; null where it is. */
  ofLoader(list: ImageList): Obstacle | null {
    for (const loader of loadersOf(list)) {
      const { value, file } = loader;
      const found =
        (list.how === 'comprehension' ? this.#evaluation.errorObstacle(value) : this.#raised(value)) ??
        this.#fileObstacle(file) ??
        this.#effectOf(loader) ??
        this.#readsOfLoop(list, loader);
      if (found !== null) return found;
    }
    return null;
  }

  /**
   * Why not, as far as what runs meanwhile tells.
   *
   * @param last the last use, by the index of its top-level statement
   * @param leaves whether the list leaves the function that makes it
   */
  meanwhile(list: ImageList, last: number, leaves: boolean): Obstacle | null {
    const first = this.#program.statementOf(list.at).index;
    const isLocal = list.scope !== null && !leaves;
    const nodes: readonly Node[] = isLocal
      ? list.scope.body
      : this.#program.statements.slice(first, last + 1).map(({ node }) => node);
    const changed = this.#evaluation.outside.otherDirectory(nodes);
    if (changed !== null) return changed;
    const writes = this.#evaluation.outside.findWriting(nodes, (name) => NO_IMAGE.test(name));
    if (writes !== null)
      return {
        code: 'writes-files',
        why: `\`${writes}\` may write or delete one of the files before its image is loaded for the last time.`,
      };
    const lastCell = this.#program.statements[last]?.cell ?? 0;
    const magic = isLocal ? null : this.#magicBetween(this.#program.cellOf(list.at).index, lastCell);
    return magic ?? this.#boundObstacle(list, isLocal, first, last);
  }

  #raised(made: Node): Obstacle | null {
    const { markers, cell, index } = this.#program.cellOf(made);
    if (!markers.raisesException && !cell.outputs.some(({ kind }) => kind === 'error')) return null;
    const why = `Cell ${index} has ended with an error: it would be raised at another time.`;
    return { code: 'cell-raised', why };
  }

  /** What is read twice must have a name: an open file or an answer from the network is used up. */
  #fileObstacle(file: Expression): Obstacle | null {
    const bindings =
      file.kind === 'Name' ? (this.#program.notebookNames.variableOf(file)?.bindings ?? []) : [];
    const assigned = bindings.flatMap((binding) => {
      const parent = this.#tree.parentOf(binding);
      if (parent?.kind === 'WithItem') return [parent.context];
      return parent?.kind === 'Assign' ? [parent.value] : [];
    });
    for (const value of [file, ...assigned]) {
      const url = findAll(value, 'StringLiteral').find((one) => /^(https?|ftp):/.test(one.value ?? ''));
      if (url !== undefined || /^\w*["'](https?|ftp):/.test(this.#program.textOf(value)))
        return {
          code: 'no-file',
          why: 'It is loaded from the network, where it may be another one next time.',
        };
      for (const call of findAll(value, 'Call')) {
        const effect = this.#effects.of(call);
        const opens = isOpen(this.#program, call) ? 'it opens a file' : effect;
        if (opens !== null)
          return {
            code: 'no-file',
            why: `What is read can't be told to be the name of a file, which could be read again: ${opens}.`,
          };
      }
    }
    return null;
  }

  #effectOf({ steps, value }: Loader): Obstacle | null {
    const made = new Set(steps.flatMap(targetsOf));
    const tolerance = { mayShow: false, mayChange: (name: string) => made.has(name) };
    for (const node of [...steps, value]) {
      const effect = this.#effects.of(node, tolerance);
      if (effect !== null)
        return {
          code: 'side-effect',
          why: `Loading an image later, and perhaps again, would be noticed: ${effect}.`,
        };
    }
    return null;
  }

  /** The names that the loader reads besides that of the file. */
  #readsOf({ steps, value, file }: Loader): readonly Name[] {
    const made = new Set(steps.flatMap(targetsOf));
    const own: Node[] = [...steps, value];
    const isInFile = (name: Name) => (file.kind === 'Name' && file.id === name.id) || contains(file, name);
    return own
      .flatMap((node) => findAll(node, 'Name'))
      .filter((name) => !made.has(name.id) && !isInFile(name) && !this.#isOwn(name, own));
  }

  /** Whether a comprehension or lambda of the loader itself binds the name. */
  #isOwn(name: Name, roots: readonly Node[]): boolean {
    const owner = this.#program.notebookNames.variableOf(name)?.owner ?? null;
    return owner !== null && roots.some((root) => contains(root, owner));
  }

  /** What the loader reads must be the same in each turn of the loop. */
  #readsOfLoop(list: ImageList, loader: Loader): Obstacle | null {
    const start = list.how === 'filled' ? list.start.statement : null;
    const loops: Node[] = [];
    for (const outer of this.#tree.around(loader.value)) {
      if (outer === list.scope || (start !== null && contains(outer, start))) break;
      if (['For', 'While', 'Comprehension'].includes(outer.kind)) loops.push(outer);
      if (list.how === 'comprehension' && outer === list.node) break;
    }
    for (const name of this.#readsOf(loader)) {
      const variable = this.#program.notebookNames.variableOf(name);
      const bindings: readonly Node[] = variable?.bindings ?? [];
      if (!bindings.some((binding) => loops.some((loop) => contains(loop, binding)))) continue;
      const why = `\`${name.id}\`, which an image is made with besides its file, changes from one to the next.`;
      return { code: 'depends-on-loop', why };
    }
    return null;
  }

  /** What the loader reads must be as it is when the list is made. */
  #boundObstacle(list: ImageList, isLocal: boolean, first: number, last: number): Obstacle | null {
    const reads = loadersOf(list).flatMap((loader) => this.#readsOf(loader));
    const names = this.#program.notebookNames;
    const global = new Set<string>();
    for (const name of reads) {
      const variable = names.variableOf(name);
      if (variable === null || variable.bindings.length === 0) continue;
      if (variable.bindings.some((binding) => this.#isBoundInTurns(list, binding)))
        return {
          code: 'bound-anew',
          why: `\`${name.id}\`, which an image is made with, is bound anew where the list is made in turns.`,
        };
      if (variable.owner === null) {
        for (const one of this.#effects.readsOf(name)) global.add(one);
        continue;
      }
      if (variable.bindings.length > 1)
        return {
          code: 'bound-anew',
          why: `\`${name.id}\`, which an image is made with, is bound in several places.`,
        };
      const changing = variable.reads.find((read) => this.#mayChange(read));
      if (changing !== undefined)
        return {
          code: 'may-change',
          why: `\`${name.id}\`, which an image is made with, may be changed in cell ${changing.source}.`,
        };
    }
    const { kind } = this.#program.statementOf(list.at).node;
    const isSimple = kind === 'Assign' || kind === 'ExpressionStatement';
    const around = this.#program.statements.slice(isLocal ? 0 : isSimple ? first + 1 : first, last + 1);
    for (const name of global) {
      const anew = around.find(
        ({ writes, maybeWrites, deletes, node }) =>
          node.kind !== 'Import' &&
          node.kind !== 'ImportFrom' &&
          [writes, maybeWrites, deletes].some((bound) => bound.has(name)),
      );
      if (anew !== undefined && (!isLocal || names.onlyBinding(name) === null))
        return {
          code: 'bound-anew',
          why: `\`${name}\`, which an image is made with, is bound anew in cell ${anew.cell} before the last one is loaded.`,
        };
      const changing = around.find(({ mutates }) => mutates.has(name));
      if (changing !== undefined && this.#effects.functionNamed(name) === null && !isLocal)
        return {
          code: 'may-change',
          why: `\`${name}\`, which an image is made with, may be changed in cell ${changing.cell} before the last one is loaded.`,
        };
    }
    return null;
  }

  /** Whether the name is bound in a loop, or a branch, in which the list is made: the list of one turn may outlive that. */
  #isBoundInTurns({ at, scope }: ImageList, binding: Node): boolean {
    for (const outer of this.#tree.around(at)) {
      if (outer === scope || outer.kind === 'Module') return false;
      const isBlock = ['For', 'While', 'If', 'With', 'Try'].includes(outer.kind);
      if (isBlock && contains(outer, binding)) return true;
    }
    return false;
  }

  /** Whether what a name holds may be changed where it is read: by a method of its own, or as the target of a part. */
  #mayChange(read: Name): boolean {
    const parent = this.#tree.parentOf(read);
    if (parent?.kind === 'AugAssign') return parent.target === read;
    if (parent?.kind !== 'Subscript' && parent?.kind !== 'Attribute') return false;
    if (isTarget(this.#tree, parent)) return true;
    const call = this.#tree.parentOf(parent);
    return call?.kind === 'Call' && call.func === parent && this.#effects.of(call) !== null;
  }

  #magicBetween(first: number, last: number): Obstacle | null {
    for (const { index, magics, opaque } of this.#program.cells.slice(first - 1, last)) {
      if (opaque !== null && index > first)
        return { code: 'writes-files', why: `Cell ${index} may do anything with the files: ${opaque}.` };
      for (const { name, effect, args, kind } of magics) {
        if (name === 'cd' || name === 'pushd' || name === 'popd') return otherDirectory(index);
        const isHarmless = HARMLESS_SHELL.test(kind === 'shell' ? args : `${name} ${args}`);
        if (effect === 'outside' && !isHarmless)
          return {
            code: 'writes-files',
            why: `\`${name}\` in cell ${index} may write or delete one of the files.`,
          };
      }
    }
    return null;
  }
}

const loadersOf = (list: ImageList): readonly Loader[] =>
  list.how === 'filled' ? list.appends.map(({ loader }) => loader) : [list.loader];

/** Whether nothing but a file's header is read until the pixels are asked for (`PIL.Image.open`), or its content is mapped. */
export function isLazyAlready(
  program: Program,
  { loader: { read, value, steps } }: ImageList,
): 'opens' | 'maps' | null {
  if (
    read.keywords.some(({ name, value: mode }) => name?.id === 'mmap_mode' && mode.kind === 'StringLiteral')
  )
    return 'maps';
  const [step, ...others] = steps;
  const isNamed = step?.kind === 'Assign' && step.value === read && others.length === 0;
  const isBare = value === read || (isNamed && value.kind === 'Name');
  return isBare && program.notebookNames.qualifiedName(read.func) === 'PIL.Image.open' ? 'opens' : null;
}

/** How many names there are, where the list of them is written out; null where it is not. */
export function countNames(program: Program, source: Expression): number | null {
  if (source.kind === 'List' || source.kind === 'Tuple')
    return source.elements.some(({ kind }) => kind === 'Starred') ? null : source.elements.length;
  if (source.kind === 'Name') {
    const value = program.notebookNames.onlyValue(source.id);
    return value === null || value.kind === 'Name' ? null : countNames(program, value);
  }
  const [only, ...others] = source.kind === 'Call' ? source.args : [];
  const isRange = source.kind === 'Call' && source.func.kind === 'Name' && source.func.id === 'range';
  if (!isRange || only?.kind !== 'Constant' || others.length > 0) return null;
  return Number(only.text);
}

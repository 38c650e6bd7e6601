import { type ImageKind, imageReader, keepsImage } from '../pandas/image-functions.js';
import type { Call, Expression, FunctionDef } from '../python/ast.js';
import { findAll } from '../python/walk.js';
import type { Loader, Step } from './image-loader.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

/** Methods that give an image, of an array, a picture or a tensor. */
const IMAGE_METHODS: ReadonlySet<string> = new Set(
  'astype copy convert crop rotate reshape transpose squeeze flatten ravel resize float permute unsqueeze'.split(
    ' ',
  ),
);

/** Tells which expressions are images that come from a file. */
export class ImageValues {
  readonly #program: Program;
  readonly #effects: SideEffects;

  constructor(program: Program, effects: SideEffects) {
    this.#program = program;
    this.#effects = effects;
  }

  /** Whether the expression is of a form that an image may have. */
  mayBeImage(value: Expression): boolean {
    if (value.kind === 'Subscript') return isPart(value.index);
    return value.kind === 'Name' || value.kind === 'Call' || value.kind === 'BinaryOperation';
  }

  /** The only reading of a file in the expression. */
  readIn(value: Expression): Pick<Loader, 'read' | 'file' | 'kind'> | null {
    const calls = findAll(value, 'Call').flatMap((call) => {
      const kind = this.kindRead(call);
      return kind === null ? [] : [{ call, kind }];
    });
    const [only, ...others] = calls;
    const [file] = only?.call.args ?? [];
    if (only === undefined || others.length > 0 || file === undefined || file.kind === 'Starred') return null;
    return { read: only.call, file, kind: this.#kindOf(value, []) ?? only.kind };
  }

  /** What the call reads: a reader's, or that of a function of the notebook which gives what it has read. */
  kindRead({ func }: Call): ImageKind | null {
    const known = imageReader(this.#program.notebookNames.qualifiedName(func));
    if (known !== null || func.kind !== 'Name') return known;
    const own = this.#effects.functionNamed(func.id);
    const given = own?.kind === 'FunctionDef' ? givenBy(own) : null;
    if (given === null) return null;
    const { steps, value } = given;
    for (const one of [...steps.flatMap((step) => (step.kind === 'If' ? [] : [step.value])), value]) {
      const [read, ...others] = findAll(one, 'Call').filter(
        (call) => imageReader(this.#program.notebookNames.qualifiedName(call.func)) !== null,
      );
      if (read === undefined || others.length > 0) continue;
      const kind = imageReader(this.#program.notebookNames.qualifiedName(read.func));
      return this.isImage(value, read, steps) ? (this.#kindOf(value, steps) ?? kind) : null;
    }
    return null;
  }

  /** Whether the value is the image that was read (or is given as the root), or another that is made of it alone. */
  isImage(value: Expression, root: Expression, steps: readonly Step[]): boolean {
    if (value === root) return true;
    switch (value.kind) {
      case 'Name':
        return this.#isNamed(value.id, root, steps);
      case 'BinaryOperation':
        return this.isImage(value.left, root, steps) || this.isImage(value.right, root, steps);
      case 'Subscript':
        return isPart(value.index) && this.isImage(value.value, root, steps);
      case 'Call': {
        const { func, args } = value;
        const [first] = args;
        const qualified = this.#program.notebookNames.qualifiedName(func);
        if (qualified !== null)
          return keepsImage(qualified) && first !== undefined && this.isImage(first, root, steps);
        if (func.kind === 'Attribute')
          return IMAGE_METHODS.has(func.attr.id) && this.isImage(func.value, root, steps);
        return first !== undefined && this.#givesImage(func) && this.isImage(first, root, steps);
      }
      default:
        return false;
    }
  }

  /** Whether a function of the notebook gives an image where its first argument is one. */
  #givesImage(func: Expression): boolean {
    const own = func.kind === 'Name' ? this.#effects.functionNamed(func.id) : null;
    const [parameter] = own?.kind === 'FunctionDef' ? own.params.items : [];
    const given = own?.kind === 'FunctionDef' ? givenBy(own) : null;
    if (given === null || parameter === undefined) return false;
    const { steps, value } = given;
    // The parameter itself is the root: the first name that no step has bound yet.
    return this.#isMadeOf(value, parameter.name.id, steps);
  }

  #isMadeOf(value: Expression, parameter: string, steps: readonly Step[]): boolean {
    const names = [value, ...steps.flatMap((step) => (step.kind === 'If' ? [] : [step.value]))].flatMap(
      (one) => findAll(one, 'Name').filter(({ id }) => id === parameter),
    );
    return names.some((name) => this.isImage(value, name, steps));
  }

  #isNamed(name: string, root: Expression, steps: readonly Step[]): boolean {
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      const step = steps[at];
      if (step?.kind === 'If') {
        // Each branch leaves an image what is one.
        const inside = [...step.body, ...step.orelse] as readonly Step[];
        const isBound = inside.some((one) => one.kind === 'Assign' && isTargetOf(one, name));
        const isOther = inside.some(
          (one) => one.kind === 'Assign' && isTargetOf(one, name) && !this.mayBeImage(one.value),
        );
        if (isBound && isOther) return false;
      } else if (step?.kind === 'Assign' && isTargetOf(step, name)) {
        return this.isImage(step.value, root, steps.slice(0, at));
      }
    }
    return false;
  }

  /** Whether it is one of numpy's or Pillow's, by what makes it last. */
  #kindOf(value: Expression, steps: readonly Step[]): ImageKind | null {
    switch (value.kind) {
      case 'Name': {
        const at = steps.findLastIndex((step) => step.kind === 'Assign' && isTargetOf(step, value.id));
        const step = steps[at];
        return step?.kind === 'Assign' ? this.#kindOf(step.value, steps.slice(0, at)) : null;
      }
      case 'BinaryOperation':
      case 'Subscript':
        return 'array';
      case 'Call': {
        const qualified = this.#program.notebookNames.qualifiedName(value.func);
        const known = imageReader(qualified);
        if (known !== null) return known;
        if (qualified?.startsWith('PIL.') === true) return 'picture';
        if (qualified !== null && keepsImage(qualified)) return 'array';
        return value.func.kind === 'Attribute' ? this.#kindOf(value.func.value, steps) : null;
      }
      default:
        return null;
    }
  }
}

/** What a function gives at its end, where it does nothing but go there. */
function givenBy(own: FunctionDef): { readonly value: Expression; readonly steps: readonly Step[] } | null {
  const end = own.body.at(-1);
  if (end?.kind !== 'Return' || end.value === null || findAll(own, 'Return').length !== 1) return null;
  const steps = own.body.filter(
    (one): one is Step => one.kind === 'Assign' || one.kind === 'AugAssign' || one.kind === 'If',
  );
  return { value: end.value, steps };
}

function isTargetOf({ targets }: Extract<Step, { kind: 'Assign' }>, name: string): boolean {
  return targets.some((target) => target.kind === 'Name' && target.id === name);
}

/** `[a:b]`, `[:, :, 0]`. */
function isPart(index: Expression): boolean {
  const parts = index.kind === 'Tuple' ? index.elements : [index];
  return parts.some(({ kind }) => kind === 'Slice');
}

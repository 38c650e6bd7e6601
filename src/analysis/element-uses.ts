import { functionEffect } from '../pandas/function-effects.js';
import { type ImageKind, lookedAt } from '../pandas/image-functions.js';
import type { Attribute, Call, Expression, Identifier, Keyword, Name, Node, Return } from '../python/ast.js';
import { contains } from '../python/walk.js';
import type { Obstacle } from './late.js';
import { isTarget, type NameUses } from './name-uses.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';
import type { SideEffects } from './side-effects.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Methods of arrays, pictures and tensors that look, or give something new. */
const FRESH_METHODS = words(`
  copy mean min max sum std var argmax argmin any all tolist tobytes dot round clip nonzero cumsum prod repeat
  convert crop rotate histogram getpixel getbbox getextrema getbands filter point quantize split`);
/** Those that may give the same memory, or the same object. */
const SHARING_METHODS = words(
  'reshape ravel transpose squeeze swapaxes view flatten astype getdata permute unsqueeze float to cpu numpy',
);
const PLAIN_ATTRIBUTES = words('shape size dtype ndim nbytes itemsize mode width height format filename');
const HEADER_ATTRIBUTES = words('size mode width height format filename');
const SHARING_ATTRIBUTES = words('T real imag flat');
/** Methods of what draws, whatever that is called. */
const DRAWS = words('imshow matshow hist plot pcolormesh contour contourf');
const KEEPS = words('append add insert extend appendleft put setdefault update');

/** What is done with single images: where one is changed, kept or compared by identity, another one that is loaded later is not it. */
export class ElementUses {
  readonly #program: Program;
  readonly #tree: NotebookTree;
  readonly #effects: SideEffects;
  readonly #names: NameUses;
  readonly #kind: ImageKind;
  /** What makes the images: what is done there is done each time that one is loaded. */
  readonly #making: readonly Node[];
  readonly #followed = new Map<string, Obstacle | null>();
  /** The last use, by the index of its top-level statement. */
  last = 0;
  /** Whether nothing is asked of an image but what its file's header says. */
  isHeaderOnly = true;

  constructor(
    program: Program,
    tree: NotebookTree,
    effects: SideEffects,
    names: NameUses,
    kind: ImageKind,
    making: readonly Node[],
  ) {
    this.#program = program;
    this.#tree = tree;
    this.#effects = effects;
    this.#names = names;
    this.#kind = kind;
    this.#making = making;
  }

  /**
   * What is done with the names that a loop binds to images.
   *
   * @param path where in what the loop gives the image stands: `[1]` for `enumerate(images)`
   */
  ofTarget(target: Expression, loop: Node, path: readonly number[] = []): Obstacle | null {
    if (target.kind === 'Name') {
      return path.length === 0
        ? this.#ofName(target, loop)
        : this.#kept(target, `\`${target.id}\` holds it with others`);
    }
    if (target.kind !== 'Tuple' && target.kind !== 'List') return this.#kept(target, 'it is bound elsewhere');
    if (target.elements.some(({ kind }) => kind === 'Starred'))
      return this.#kept(target, 'it is put into a list');
    const [at, ...rest] = path;
    // Without a path it is the image itself that is unpacked: each name has a part of it.
    for (const part of at === undefined ? target.elements : target.elements.slice(at, at + 1)) {
      const found = this.ofTarget(part, loop, rest);
      if (found !== null) return found;
    }
    return null;
  }

  /** What is done with the expression, whose value is an image or shares its memory. */
  of(node: Expression): Obstacle | null {
    if (this.#making.some((one) => contains(one, node))) return null;
    this.last = Math.max(this.last, this.#names.lastRunOf(node));
    const parent = this.#tree.parentOf(node);
    if (parent?.kind === 'Attribute') return this.#ofAttribute(node, parent);
    const isDropped = parent?.kind === 'Delete' && node.kind === 'Name';
    if (!isDropped) this.isHeaderOnly = false;
    if (node.kind !== 'Name' && isTarget(this.#tree, node)) return this.#changed(node);
    switch (parent?.kind) {
      case 'Call':
      case 'Keyword':
        return this.#asArgument(parent, node);
      case 'Subscript':
        return parent.value === node ? this.of(parent) : null;
      case 'Compare':
        return this.#isIdentity(parent, node)
          ? { code: 'identity', why: `\`${this.#line(parent)}\` asks whether it is the same object.` }
          : null;
      case 'AugAssign':
        return parent.target === node ? this.#changed(parent) : null;
      case 'BinaryOperation':
      case 'UnaryOperation':
      case 'JoinedString':
      case 'If':
      case 'While':
      case 'Assert':
      case 'Delete':
      case 'ExpressionStatement':
        return null;
      case 'BooleanOperation':
        return this.of(parent);
      case 'Conditional':
        return parent.test === node ? null : this.of(parent);
      case 'For':
      case 'ComprehensionFor':
        return this.ofTarget(parent.target, parent);
      case 'Return':
        return this.#returned(parent);
      case 'Assign': {
        const [target, ...others] = parent.targets;
        if (target === undefined || others.length > 0) return this.#kept(node, 'it gets several names');
        if (target.kind === 'Subscript' && this.#program.kindOf(target.value) === 'ndarray') return null;
        if (target.kind === 'Subscript' || target.kind === 'Attribute')
          return this.#kept(node, `\`${this.#line(target)}\` holds it`);
        return this.ofTarget(target, parent);
      }
      case 'Tuple':
      case 'List': {
        const outer = this.#tree.parentOf(parent);
        if (outer?.kind === 'Call' && this.#onlyLooks(outer)) return null;
        return this.#kept(node, `it is put into \`${this.#line(parent)}\``);
      }
      default:
        return this.#kept(node, `it goes to \`${this.#line(parent ?? node)}\``);
    }
  }

  #ofName(target: Name | Identifier, bound: Node): Obstacle | null {
    const key = `${target.id} ${bound.source}:${bound.start}`;
    const known = this.#followed.get(key);
    if (known !== undefined) return known;
    this.#followed.set(key, null);
    const found = this.#names.after(target, bound, (use) => this.of(use));
    this.#followed.set(key, found);
    return found;
  }

  #ofAttribute(node: Expression, attribute: Attribute): Obstacle | null {
    const { id } = attribute.attr;
    const call = this.#tree.parentOf(attribute);
    const isCalled = call?.kind === 'Call' && call.func === attribute;
    if (isCalled || !HEADER_ATTRIBUTES.has(id) || this.#kind !== 'picture') this.isHeaderOnly = false;
    if (isTarget(this.#tree, attribute)) return this.#changed(attribute);
    if (!isCalled) {
      if (PLAIN_ATTRIBUTES.has(id)) return null;
      if (SHARING_ATTRIBUTES.has(id)) return this.of(attribute);
    } else {
      const strange = call.keywords.some(
        ({ name }) => name === null || name.id === 'out' || name.id === 'inplace',
      );
      const isResized = id === 'resize' && this.#kind === 'picture';
      if ((FRESH_METHODS.has(id) || isResized) && !strange) return null;
      if (SHARING_METHODS.has(id) && !strange) return this.of(call);
    }
    return {
      code: 'unknown-call',
      why: `\`${this.#line(attribute)}\` in cell ${this.#cell(node)} may change the image.`,
    };
  }

  #asArgument(parent: Call | Keyword, node: Expression): Obstacle | null {
    const call = this.#callOf(parent);
    const { func } = call;
    const qualified = this.#qualified(func);
    const position = call.args.indexOf(node);
    if (qualified === 'id') return { code: 'identity', why: '`id` asks for the object itself.' };
    const effect = qualified === null ? undefined : functionEffect(qualified);
    if (effect !== undefined && qualified !== null) {
      const isLookedAt =
        parent.kind === 'Keyword'
          ? !['out', 'dst'].includes(parent.name?.id ?? 'out')
          : position >= 0 && position < lookedAt(qualified);
      if (effect.mutatesArguments || !isLookedAt) return this.#changed(node, this.#line(func));
      if (effect.holds) return this.#kept(node, `\`${this.#line(func)}\` keeps it`);
      return effect.shares ? this.of(call) : null;
    }
    const own = func.kind === 'Name' ? this.#effects.functionNamed(func.id) : null;
    if (own?.kind === 'FunctionDef') {
      const parameter = this.#names.parameterOf(own, call, parent, position);
      if (parameter !== null) return this.#ofName(parameter, own);
    }
    if (func.kind === 'Attribute' && qualified === null) {
      if (DRAWS.has(func.attr.id) && !this.#effects.isOwnMethod(func.attr.id)) return null;
      if (KEEPS.has(func.attr.id)) return this.#kept(node, `\`${this.#line(func)}\` keeps it`);
    }
    return {
      code: 'unknown-call',
      why: `\`${this.#line(func)}\` in cell ${this.#cell(node)} is given an image, and may change or keep it.`,
    };
  }

  #callOf(parent: Call | Keyword): Call {
    if (parent.kind === 'Call') return parent;
    const call = this.#tree.parentOf(parent);
    if (call?.kind !== 'Call') throw new Error('a keyword of no call');
    return call;
  }

  /** What a library or Python itself calls it. */
  #qualified(func: Expression): string | null {
    const names = this.#program.notebookNames;
    return names.qualifiedName(func) ?? (func.kind === 'Name' && !names.isBound(func.id) ? func.id : null);
  }

  /** Whether the function makes something new of what it is given in a list or tuple. */
  #onlyLooks({ func }: Call): boolean {
    const qualified = this.#qualified(func);
    const effect = qualified === null ? undefined : functionEffect(qualified);
    return effect !== undefined && !effect.shares && !effect.mutatesArguments && !effect.holds;
  }

  #isIdentity({ ops, left, comparators }: Extract<Node, { kind: 'Compare' }>, node: Expression): boolean {
    const others = [left, ...comparators].filter((one) => one !== node);
    return ops.some((op) => op === 'is' || op === 'is not') && others.some(({ kind }) => kind !== 'Constant');
  }

  /** What the callers do with an image that a function gives back. */
  #returned(statement: Return): Obstacle | null {
    const key = `return ${statement.source}:${statement.start}`;
    if (this.#followed.has(key)) return this.#followed.get(key) ?? null;
    this.#followed.set(key, null);
    const calls = this.#names.callersOf(statement);
    if (calls === null) return this.#kept(statement, 'who is given it back can not be told');
    for (const call of calls) {
      const found = this.of(call);
      if (found === null) continue;
      this.#followed.set(key, found);
      return found;
    }
    return null;
  }

  #changed(node: Node, by = ''): Obstacle {
    const how = by === '' ? '' : ` by \`${by}\``;
    return {
      code: 'image-changes',
      why: `An image is changed in cell ${this.#cell(node)}${how} (\`${this.#line(node)}\`): loaded again, it would be as it was.`,
    };
  }

  #kept(node: Node, how: string): Obstacle {
    return { code: 'kept', why: `An image is kept in cell ${this.#cell(node)}: ${how}.` };
  }

  #cell(node: Node): number {
    return this.#program.cellOf(node).index;
  }

  #line(node: Node): string {
    return this.#program.textOf(node).split('\n')[0] ?? '';
  }
}

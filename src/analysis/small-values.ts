import type { Call, Expression } from '../python/ast.js';
import { childrenOf } from '../python/walk.js';
import { PURE_BUILTINS } from './builtins.js';
import type { Program, StatementFacts } from './program.js';

/** So many values at most are few. */
const MOST_VALUES = 10_000;

/** What so many numbers take. */
export const SMALL_BYTES = 8 * MOST_VALUES;

/** Functions whose whole numbers say how many values they make. */
const SIZED = /^numpy\.(zeros|ones|empty|full|eye|identity|arange|linspace|logspace|random\..*)$/;

/** What reads as much as there is. */
const READS = /^(pandas\.(read_|json_normalize)|numpy\.(load|genfromtxt|fromfile|memmap|frombuffer))/;

/**
 * The assignments whose value is small whatever the data are, as far as the text tells: made of what is written out in the
 * notebook, and of such values, by pandas and numpy. Indexes of statements.
 */
export function smallAssignments(program: Program): ReadonlySet<number> {
  const found = new Set<number>();
  const small = new Set<string>();
  const texts = new SmallTexts(program, small);
  for (const facts of program.statements) {
    const { node } = facts;
    const target = node.kind === 'Assign' && node.targets.length === 1 ? node.targets[0] : undefined;
    if (node.kind === 'Assign' && target?.kind === 'Name' && texts.isSmall(node.value)) {
      found.add(facts.index);
      for (const name of facts.mutates) if (name !== target.id) small.delete(name);
      small.add(target.id);
    } else if (!staysSmall(facts, texts)) {
      for (const names of [facts.writes, facts.maybeWrites, facts.deletes, facts.mutates])
        for (const name of names) small.delete(name);
    }
  }
  return found;
}

/** `df['c'] = [1, 2]`, `df.columns = ['a', 'b']`, `df.dropna(inplace=True)`: what was small is small. */
function staysSmall({ node }: StatementFacts, texts: SmallTexts): boolean {
  if (node.kind === 'ExpressionStatement') return texts.isSmall(node.value);
  if (node.kind === 'AugAssign') return texts.isSmall(node.target) && texts.isSmall(node.value);
  return (
    node.kind === 'Assign' &&
    texts.isSmall(node.value) &&
    node.targets.every(
      (target) => (target.kind === 'Subscript' || target.kind === 'Attribute') && texts.isSmall(target),
    )
  );
}

class SmallTexts {
  readonly #program: Program;
  /** Names whose value is small where the program is. */
  readonly #small: ReadonlySet<string>;

  constructor(program: Program, small: ReadonlySet<string>) {
    this.#program = program;
    this.#small = small;
  }

  isSmall(expression: Expression): boolean {
    switch (expression.kind) {
      case 'Constant':
      case 'StringLiteral':
      case 'Lambda':
        return true;
      case 'Name':
        return this.#small.has(expression.id);
      case 'Attribute':
        return this.#isLibrary(expression) || this.isSmall(expression.value);
      case 'Call':
        return this.#isSmallCall(expression);
      case 'BinaryOperation':
        if (expression.op === '**' || (expression.op === '*' && numbersIn([expression]) > MOST_VALUES))
          return false;
        return this.isSmall(expression.left) && this.isSmall(expression.right);
      case 'UnaryOperation':
      case 'BooleanOperation':
      case 'Compare':
      case 'Subscript':
      case 'Slice':
      case 'List':
      case 'Tuple':
      case 'SetDisplay':
      case 'Dict':
      case 'JoinedString':
        return this.#areSmall(childrenOf(expression));
      default:
        return false;
    }
  }

  #areSmall(nodes: ReturnType<typeof childrenOf>): boolean {
    return nodes.every((node) =>
      node.kind === 'DictEntry' || node.kind === 'Keyword'
        ? node.value !== null &&
          this.#areSmall([...('key' in node && node.key !== null ? [node.key] : []), node.value])
        : this.isSmall(node as Expression),
    );
  }

  #isSmallCall({ func, args, keywords }: Call): boolean {
    if (!this.#areSmall([...args, ...keywords])) return false;
    const { notebookNames } = this.#program;
    const qualified = notebookNames.qualifiedName(func);
    const values = keywords.map(({ value }) => value);
    const sizes = [...args, ...values].filter(({ kind }) => kind === 'Constant');
    if (qualified !== null) {
      if (!/^(pandas|numpy)\./.test(qualified) || READS.test(qualified)) return false;
      return numbersIn(SIZED.test(qualified) ? [...args, ...values] : sizes) <= MOST_VALUES;
    }
    if (numbersIn(sizes) > MOST_VALUES) return false;
    if (func.kind === 'Attribute') return this.isSmall(func.value);
    return func.kind === 'Name' && PURE_BUILTINS.has(func.id) && !notebookNames.isBound(func.id);
  }

  /** `np.nan`, `pd.NaT`. */
  #isLibrary(expression: Expression): boolean {
    return /^(pandas|numpy)\./.test(this.#program.notebookNames.qualifiedName(expression) ?? '');
  }
}

/** The product of the whole numbers that are written out below the nodes. */
function numbersIn(nodes: ReturnType<typeof childrenOf>): number {
  let product = 1;
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'Constant' && (node.type === 'int' || node.type === 'float'))
      product *= Math.max(1, Math.abs(Number(node.text.replaceAll('_', ''))) || 1);
    pending.push(...childrenOf(node));
  }
  return product;
}

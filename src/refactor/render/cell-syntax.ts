import type { CellFacts, Program } from '../../analysis/program.js';
import type { Call, Expression, Module, Node, Statement } from '../../python/ast.js';
import { parenthesizedSpan } from '../../python/parentheses.js';
import { childrenOf, walk } from '../../python/walk.js';
import { type SourceSpan, sourceOffset } from '../../text/offset.js';
import type { CodeReference } from '../contract.js';
import { Lines } from './lines.js';
import { findLinesInString } from './string-lines.js';

/** The statements of one block, and the node they are the block of. */
export interface Block {
  readonly owner: Node;
  readonly statements: readonly Statement[];
}

/** What the renderer asks of one cell's syntax. Found by one walk, without recursion: trees may be thousands of levels deep. */
export class CellSyntax {
  readonly facts: CellFacts;
  readonly lines: Lines;
  readonly #parents = new Map<Node, Node>();
  readonly #blocks = new Map<Statement, Block>();
  readonly #linesInStrings = new Set<number>();

  constructor(facts: CellFacts) {
    this.facts = facts;
    this.lines = new Lines(facts.cell.source);
    if (facts.module !== null) this.#walk(facts.module);
  }

  get source(): string {
    return this.lines.source;
  }

  /**
   * The node's end without white space, should its span have any. Where it ends in a magic, which the tree knows as `pass`
   * or `0` with a comment, the magic's end.
   */
  contentEnd(node: Node): number {
    let end: number = node.end;
    while (end > node.start && /\s/.test(this.source[end - 1] ?? '')) end--;
    const last = end - 1;
    const magic = this.facts.magics.find(
      ({ span, python }) => python === null && span.start <= last && last < span.end,
    );
    return magic?.span.end ?? end;
  }

  parentOf(node: Node): Node | null {
    return this.#parents.get(node) ?? null;
  }

  blockOf(statement: Statement): Block {
    const block = this.#blocks.get(statement);
    if (block === undefined) throw new Error(`a statement that is not of cell ${this.facts.index}`);
    return block;
  }

  startsInString(lineStart: number): boolean {
    return this.#linesInStrings.has(lineStart);
  }

  /** The call whose parentheses are the generator's: `f(x for x in y)`. */
  loneGeneratorCall(node: Expression): Call | null {
    const parent = this.parentOf(node);
    if (parent?.kind !== 'Call' || parent.args[0] !== node) return null;
    return isLoneGenerator(parent) ? parent : null;
  }

  /** The node's span with the parentheses that stand around it, all of them. */
  parenthesized(node: Expression): SourceSpan {
    const parent = this.parentOf(node);
    if (parent === null || parent.kind === 'ClassDef' || parent.kind === 'Pattern') return node;
    if (parent.kind !== 'Call' || parent.func === node) return parenthesizedSpan(node, this.source, parent);
    const { start, end } = parent.argumentSpan;
    return parenthesizedSpan(node, this.source, {
      start: sourceOffset(start + 1),
      end: sourceOffset(end - 1),
    });
  }

  /** What code that refers to a node brings along of the source. */
  rangeOf({ node, from }: CodeReference): SourceSpan & { readonly level: 'statement' | 'expression' } {
    if (isStatement(node))
      return { start: node.start, end: sourceOffset(this.contentEnd(node)), level: 'statement' };
    if (from !== undefined) return { start: from.start, end: node.end, level: 'expression' };
    const { start, end } = this.parenthesized(node);
    return { start, end, level: 'expression' };
  }

  #walk(module: Module): void {
    walk(module, (node) => {
      if (node.kind === 'StringLiteral' || node.kind === 'JoinedString')
        findLinesInString(this.source, node, (start) => this.#linesInStrings.add(start));
      for (const child of childrenOf(node)) this.#parents.set(child, node);
      for (const statements of blocksOf(node))
        for (const statement of statements) this.#blocks.set(statement, { owner: node, statements });
    });
  }
}

/** The syntax of a notebook's cells, each looked at when it is first asked for. */
export class NotebookSyntax {
  readonly program: Program;
  readonly #cells = new Map<number, CellSyntax>();

  constructor(program: Program) {
    this.program = program;
  }

  cell(index: number): CellSyntax {
    const known = this.#cells.get(index);
    if (known !== undefined) return known;
    const facts = this.program.cells[index - 1];
    if (facts === undefined) throw new Error(`there is no cell ${index}`);
    const syntax = new CellSyntax(facts);
    this.#cells.set(index, syntax);
    return syntax;
  }

  of(node: Node): CellSyntax {
    return this.cell(this.program.cellOf(node).index);
  }
}

function* blocksOf(node: Node): Iterable<readonly Statement[]> {
  if ('body' in node && node.kind !== 'Lambda' && node.kind !== 'Conditional') yield node.body;
  if ('orelse' in node && node.kind !== 'Conditional') yield node.orelse;
  if (node.kind === 'Try') yield node.finalbody;
}

const STATEMENTS: ReadonlySet<string> = new Set<Statement['kind']>([
  'FunctionDef',
  'ClassDef',
  'Return',
  'Delete',
  'Assign',
  'AugAssign',
  'AnnAssign',
  'TypeAlias',
  'For',
  'While',
  'If',
  'With',
  'Match',
  'Raise',
  'Try',
  'Assert',
  'Import',
  'ImportFrom',
  'Global',
  'Nonlocal',
  'ExpressionStatement',
  'Pass',
  'Break',
  'Continue',
]);

export function isStatement(node: Node): node is Statement {
  return STATEMENTS.has(node.kind);
}

export function isLoneGenerator({ args, keywords, argumentSpan }: Call): boolean {
  const only = args[0];
  return (
    args.length === 1 &&
    keywords.length === 0 &&
    only?.kind === 'Comprehension' &&
    only.type === 'generator' &&
    only.start === argumentSpan.start
  );
}

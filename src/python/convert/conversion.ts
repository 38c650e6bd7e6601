import type { SourceOffset, SourceSpan } from '../../text/offset.js';
import { sourceOffset } from '../../text/offset.js';
import type { Expression, Identifier, Statement } from '../ast.js';
import type { FlatTree } from '../flat-tree.js';
import type { SyntaxProblem, SyntaxProblemCode } from '../problem.js';

/**
 * How deep statements and expressions may nest. Chains to the left (`a.b().c[d] + e and f`) and `elif` do not count: they
 * are converted by loops. CPython itself stops at 200 parentheses and 100 indentations.
 */
export const MAX_DEPTH = 400;

/** Thrown within a conversion where the tree is no Python; caught once per statement of the module. Never leaves `convert`. */
export class NotPython extends Error {
  readonly problem: SyntaxProblem;

  constructor(problem: SyntaxProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The suite of a compound statement. */
export interface Block {
  readonly body: readonly Statement[];
  readonly end: SourceOffset;
}

export type ConvertExpression = (conversion: Conversion, node: number) => Expression;
export type ConvertStatement = (conversion: Conversion, node: number) => Statement;

/** Converters by the type of tree-sitter's node. */
export interface Converters {
  readonly expressions: ReadonlyMap<string, ConvertExpression>;
  readonly statements: ReadonlyMap<string, ConvertStatement>;
}

/** One source on its way from tree-sitter's tree to ours. A node of the flat tree is a number here. */
export class Conversion {
  readonly text: string;
  readonly source: number;
  private readonly tree: FlatTree;
  private readonly converters: Converters;
  private readonly isAscii: boolean;
  private depth = 0;

  constructor(tree: FlatTree, text: string, source: number, converters: Converters) {
    this.tree = tree;
    this.text = text;
    this.source = source;
    this.converters = converters;
    this.isAscii = !NON_ASCII.test(text);
  }

  type(node: number): string {
    return this.tree.types[this.tree.symbols[node] ?? 0] ?? '';
  }

  start(node: number): SourceOffset {
    return sourceOffset(this.tree.starts[node] ?? 0);
  }

  end(node: number): SourceOffset {
    return sourceOffset(this.tree.ends[node] ?? 0);
  }

  span(node: number): SourceSpan {
    return { start: this.start(node), end: this.end(node) };
  }

  textOf(node: number): string {
    return this.text.slice(this.tree.starts[node], this.tree.ends[node]);
  }

  /** The index after the node's last descendant: its next sibling, where it has one. */
  next(node: number): number {
    return this.tree.next[node] ?? 0;
  }

  isToken(node: number): boolean {
    return this.type(node).charCodeAt(0) === 0x22;
  }

  /** Children that have a span: all but tokens, comments and line continuations. */
  named(node: number): number[] {
    const children: number[] = [];
    const end = this.next(node);
    for (let child = node + 1; child < end; child = this.next(child)) {
      if (!this.isToken(child)) children.push(child);
    }
    return children;
  }

  /** All children, tokens among them. */
  children(node: number): number[] {
    const children: number[] = [];
    const end = this.next(node);
    for (let child = node + 1; child < end; child = this.next(child)) children.push(child);
    return children;
  }

  /** The `index`th child with a span; a bug where there is none. */
  child(node: number, index: number): number {
    const found = this.named(node)[index];
    if (found === undefined) throw new Error(`${this.type(node)} has no child ${index}`);
    return found;
  }

  /** Whether the token (`'","'`) is among the node's children. */
  hasToken(node: number, token: string): boolean {
    const end = this.next(node);
    for (let child = node + 1; child < end; child = this.next(child)) {
      if (this.type(child) === token) return true;
    }
    return false;
  }

  expression(node: number): Expression {
    const convert = this.converters.expressions.get(this.type(node));
    if (convert === undefined) this.refuse(node, 'invalid syntax');
    this.enter(node);
    const expression = convert(this, node);
    this.depth -= 1;
    return expression;
  }

  expressions(nodes: readonly number[]): Expression[] {
    return nodes.map((node) => this.expression(node));
  }

  statement(node: number): Statement {
    const convert = this.converters.statements.get(this.type(node));
    if (convert === undefined) this.refuse(node, 'invalid syntax');
    this.enter(node);
    const statement = convert(this, node);
    this.depth -= 1;
    return statement;
  }

  /**
   * The statements of a `block`, and where it ends: behind the last one, and behind a `;` that follows it, as in CPython.
   * tree-sitter's blocks may reach into comments after it, and may be empty, which CPython does not take.
   */
  block(node: number): Block {
    const statements: Statement[] = [];
    let endsWithSemicolon = false;
    const end = this.next(node);
    for (let child = node + 1; child < end; child = this.next(child)) {
      endsWithSemicolon = this.type(child) === '";"';
      if (!this.isToken(child)) statements.push(this.statement(child));
    }
    const last = statements.at(-1);
    if (last === undefined) this.refuse(node, 'expected an indented block');
    return { body: statements, end: endsWithSemicolon ? this.after(';', last.end) : last.end };
  }

  identifier(node: number): Identifier {
    return {
      kind: 'Identifier',
      start: this.start(node),
      end: this.end(node),
      source: this.source,
      id: this.nameOf(node),
    };
  }

  /** A name as Python knows it, NFKC-normalised. Refuses `async` and `await`, which tree-sitter takes for names. */
  nameOf(node: number): string {
    const written = this.textOf(node);
    if (written === 'async' || written === 'await') this.refuse(node, 'invalid syntax');
    return this.isAscii ? written : written.normalize('NFKC');
  }

  /**
   * The offset after the `mark` that follows `offset`, where only white space, comments and continuations stand in between:
   * tokens have no span of their own.
   */
  after(mark: ',' | ';', offset: number): SourceOffset {
    let at = offset;
    for (;;) {
      const character = this.text[at];
      if (character === mark) return sourceOffset(at + 1);
      if (character === undefined) throw new Error(`no '${mark}' follows`);
      if (character === '#') while (at < this.text.length && this.text[at] !== '\n') at += 1;
      else at += 1;
    }
  }

  /** Starts the conversion of a top-level statement again, after one that was refused. */
  reset(): void {
    this.depth = 0;
  }

  refuse(node: number, message: string, code: SyntaxProblemCode = 'syntax'): never {
    this.refuseSpan(this.span(node), message, code);
  }

  refuseSpan(span: SourceSpan, message: string, code: SyntaxProblemCode = 'syntax'): never {
    throw new NotPython({ code, message, start: span.start, end: span.end, source: this.source });
  }

  private enter(node: number): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.refuse(node, `nested deeper than ${MAX_DEPTH} levels`, 'too-deep');
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them.
const NON_ASCII = /[^\u0000-\u007f]/;

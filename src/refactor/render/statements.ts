import type { Expression, Statement } from '../../python/ast.js';
import { parenthesizedSpan } from '../../python/parentheses.js';
import type { InsertAfter, ReplaceStatements, Show } from '../contract.js';
import { activate, type CellRenderer, type RenderCode, type Splice } from './cell-renderer.js';
import type { CellSyntax } from './cell-syntax.js';
import type { Lines } from './lines.js';

/** `x` → `display(x)`, or `if (shown := x) is not None:` with `display(shown)` below it. */
export function showStatement(
  renderer: CellRenderer,
  { statement, testedAs }: Show,
  indentUnit: string,
): Splice {
  const { source, lines } = renderer.syntax;
  const { start } = statement;
  const end = renderer.syntax.contentEnd(statement);
  const isBare = statement.kind === 'ExpressionStatement' && isBareTuple(statement.value, source);
  const splice: Splice = {
    start,
    end,
    level: 'statement',
    render: (state) => {
      // As an expression: what is inserted behind the statement stands behind the call.
      const shown = renderer.renderRange(start, end, activate(state, splice), 'expression');
      if (testedAs !== undefined) {
        const indent = state.indent + lines.indent(start) + indentUnit;
        return `if (${testedAs} := ${shown}) is not None:\n${indent}display(${testedAs})`;
      }
      return isBare ? `display((${shown}))` : `display(${shown})`;
    },
  };
  return splice;
}

/** `a, b`, `(a).b, c`: one value without parentheses of its own, of which `display(a, b)` would show two. */
function isBareTuple(value: Expression, source: string): boolean {
  if (value.kind !== 'Tuple') return false;
  const [first] = value.elements;
  return first !== undefined && parenthesizedSpan(first, source, value).start === value.start;
}

/** Code on a line below the statement; behind it, where it shares its line with others. */
export function insertAfterStatement(
  syntax: CellSyntax,
  { statement, code }: InsertAfter,
  renderCode: RenderCode,
): Splice {
  const { lines } = syntax;
  const content = syntax.contentEnd(statement);
  // A `;` that ends the line belongs to the statement.
  const semicolon = /^[ \t]*;/.exec(syntax.source.slice(content))?.[0].length ?? 0;
  const end = lines.isLastOnLine(content + semicolon) ? content + semicolon : content;
  const ownLines = lines.isFirstOnLine(statement.start) && lines.isLastOnLine(end);
  const offset = ownLines ? lines.end(end) : end;
  return {
    start: offset,
    end: offset,
    level: 'statement',
    anchor: statement.start,
    render: (state) => {
      const indent = state.indent + lines.indent(statement.start);
      const text = renderCode(code, indent, state);
      if (ownLines) return `\n${indent}${text}`;
      return `${end > content ? '' : ';'} ${joinLines(text)}`;
    },
  };
}

/** Code in place of statements; the comments between them stand above it. */
export function replaceStatements(
  syntax: CellSyntax,
  { statements, code }: ReplaceStatements,
  renderCode: RenderCode,
): Splice | null {
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return null;
  const { lines } = syntax;
  const end = syntax.contentEnd(last);
  const ownLines = lines.isFirstOnLine(first.start) && lines.isLastOnLine(end);
  const splice: Splice = {
    start: first.start,
    end,
    level: 'statement',
    render: (state) => {
      const indent = state.indent + lines.indent(first.start);
      const text = renderCode(code, indent, activate(state, splice));
      if (!ownLines) return joinLines(text);
      return [...commentsBetween(syntax, statements), text].join(`\n${indent}`);
    },
  };
  return splice;
}

function commentsBetween({ facts, source }: CellSyntax, statements: readonly Statement[]): string[] {
  return statements.slice(1).flatMap((statement, at) => {
    const from = statements[at]?.end ?? statement.start;
    return facts.comments
      .filter(({ start }) => from <= start && start < statement.start)
      .map(({ start, end }) => source.slice(start, end).trimEnd());
  });
}

/**
 * The statements go, with their lines; a comment behind one has the line to itself. Where nothing is left of an indented block,
 * `pass` takes the place of its first one.
 */
export function dropStatements(syntax: CellSyntax, dropped: ReadonlySet<Statement>): Splice[] {
  const isLast = (statement: Statement) => {
    const { owner, statements } = syntax.blockOf(statement);
    return (
      owner.kind !== 'Module' && statement === statements[0] && statements.every((one) => dropped.has(one))
    );
  };
  const passes = [...dropped].filter(isLast).map((statement): Splice => {
    const end = syntax.contentEnd(statement);
    return { start: statement.start, end, level: 'statement', render: () => 'pass' };
  });
  const comments: Splice[] = [];
  const others: Statement[] = [];
  for (const statement of dropped) {
    if (isLast(statement)) continue;
    const comment = leaveComment(syntax, statement);
    if (comment === null) others.push(statement);
    else comments.push(comment);
  }
  return [...passes, ...comments, ...removeStatements(syntax, others)];
}

/** Takes away what stands before the comment of a line; null where there is none, or more on the line than the statement. */
function leaveComment(syntax: CellSyntax, statement: Statement): Splice | null {
  const { lines, facts, source } = syntax;
  const { start } = statement;
  const end = syntax.contentEnd(statement);
  const comment = facts.comments.find((one) => end <= one.start && one.start < lines.end(end));
  if (comment === undefined || !lines.isFirstOnLine(start)) return null;
  if (source.slice(end, comment.start).trim() !== '') return null;
  return { start, end: comment.start, level: 'statement', render: () => '' };
}

/**
 * Takes statements away without a trace: whole lines, or their part of a line.
 *
 * @param startOf where what goes with a statement starts, should that be above it
 */
export function removeStatements(
  syntax: CellSyntax,
  statements: readonly Statement[],
  startOf: (statement: Statement) => number = ({ start }) => start,
): Splice[] {
  const runs: { start: number; end: number }[] = [];
  for (const statement of [...statements].sort((a, b) => a.start - b.start)) {
    const last = runs.at(-1);
    const end = syntax.contentEnd(statement);
    // `a; b`, both of which go, go as one.
    if (last !== undefined && /^[ \t]*;[ \t]*$/.test(syntax.source.slice(last.end, statement.start)))
      last.end = end;
    else runs.push({ start: startOf(statement), end });
  }
  // Up to here nothing is left of the source.
  let gone = 0;
  return runs.map(({ start, end }) => {
    const span = removalSpan(syntax.lines, start, end, gone);
    if (span.start === gone) gone = span.end;
    return { ...span, level: 'statement', render: () => '' };
  });
}

function removalSpan(lines: Lines, start: number, end: number, gone: number): { start: number; end: number } {
  const { source } = lines;
  if (lines.isFirstOnLine(start) && lines.isLastOnLine(end)) return lineSpan(lines, start, end, gone);
  const following = /^[ \t]*;[ \t]*/.exec(source.slice(end, lines.end(end)))?.[0].length;
  if (following !== undefined && !lines.isLastOnLine(end)) return { start, end: end + following };
  const preceding = /[ \t]*;[ \t]*$/.exec(source.slice(lines.start(start), start))?.[0].length ?? 0;
  return { start: start - preceding, end };
}

/**
 * Whole lines, with the line end before them: what is inserted behind the last one, for a statement around it, stays. The
 * first lines go with the line end behind them. Of blank lines above and below only those below stay.
 */
function lineSpan(lines: Lines, from: number, to: number, gone: number): { start: number; end: number } {
  const start = lines.start(from);
  if (start === gone) {
    let end = lines.next(to);
    while (end < lines.source.length && lines.isBlank(end)) end = lines.next(end);
    return { start, end };
  }
  let before = start - 1;
  if (lines.isLastLine(to) || lines.isBlank(lines.next(to)))
    while (before > gone && lines.isBlank(before)) before = lines.start(before) - 1;
  return {
    start: Math.max(gone, lines.source[before - 1] === '\r' ? before - 1 : before),
    end: lines.end(to),
  };
}

function joinLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('; ');
}

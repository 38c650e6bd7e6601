import type { Statement } from '../../python/ast.js';
import type { Extract } from '../contract.js';
import { type CellRenderer, PLAIN_STATE } from './cell-renderer.js';
import { ImpossibleIntent } from './impossible-intent.js';
import { removeStatements } from './statements.js';

/**
 * The source of the cell that the intent's cells become: what stays outside, the function, its call.
 *
 * @param rendererOf the renderers of the cells, with all other edits in them
 * @param isDropped whether another intent takes the statement away
 */
export function renderExtract(
  intent: Extract,
  rendererOf: (cell: number) => CellRenderer,
  unit: string,
  isDropped: (statement: Statement) => boolean,
): string {
  const outside = new Set(intent.outside);
  const tops: string[] = [];
  const bodies: string[] = [];
  let hasStatement = false;
  for (const index of intent.cells) {
    const renderer = rendererOf(index);
    const { module } = renderer.syntax.facts;
    const mine = module?.body.filter((statement) => outside.has(statement)) ?? [];
    hasStatement ||= module?.body.some((one) => !outside.has(one) && !isDropped(one)) ?? false;
    const top = renderOutside(renderer, mine);
    if (top !== '') tops.push(top);
    const body = renderBody(renderer, mine, unit);
    if (body !== '') bodies.push(body);
  }
  const { name, parameters, results, docstring } = intent;
  const hasDefinition = intent.outside.some(isDefinition);
  const lines = [`def ${name}(${parameters.join(', ')}):`];
  if (docstring !== null) lines.push(unit + quoteDocstring(docstring));
  if (bodies.length > 0) lines.push(bodies.join('\n\n'));
  if (results.length > 0) lines.push(`${unit}return ${results.join(', ')}`);
  else if (!hasStatement && docstring === null) lines.push(`${unit}pass`);
  const call = `${name}(${parameters.join(', ')})`;
  return [
    ...(tops.length > 0 ? [tops.join(hasDefinition ? '\n\n\n' : '\n')] : []),
    lines.join('\n'),
    results.length > 0 ? `${results.join(', ')} = ${call}` : call,
  ].join('\n\n\n');
}

/** The statements that stay outside, with the comments directly above and behind them, and as far apart as they were. */
function renderOutside(renderer: CellRenderer, statements: readonly Statement[]): string {
  const { lines, source } = renderer.syntax;
  const parts: string[] = [];
  let previousEnd: number | null = null;
  for (const [i, statement] of statements.entries()) {
    const start = commentStart(renderer, statement);
    const contentEnd = renderer.syntax.contentEnd(statement);
    const end = lines.isLastOnLine(contentEnd) ? lines.end(contentEnd) : contentEnd;
    const text = renderer.renderRange(start, end, PLAIN_STATE).trimEnd();
    if (previousEnd !== null) {
      const gap = source.slice(previousEnd, start);
      const isApart = isDefinition(statement) || isDefinition(statements[i - 1]);
      if (/^\s*$/.test(gap)) parts.push('\n'.repeat(Math.max(1, gap.match(/\n/g)?.length ?? 0)));
      else parts.push(isApart ? '\n\n\n' : '\n');
    }
    parts.push(text);
    previousEnd = end;
  }
  return parts.join('');
}

const isDefinition = (statement: Statement | undefined): boolean =>
  statement?.kind === 'FunctionDef' || statement?.kind === 'ClassDef';

/** Everything else, indented; without blank lines at either end. */
function renderBody(renderer: CellRenderer, outside: readonly Statement[], unit: string): string {
  const { syntax } = renderer;
  const removals = removeStatements(syntax, outside, (statement) => commentStart(renderer, statement));
  const state = { ...PLAIN_STATE, indent: unit };
  const text = renderer.with(removals).renderRange(0, syntax.source.length, state, 'statement', true);
  return text.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
}

/** Where the comment lines start that stand directly above the statement. */
function commentStart(renderer: CellRenderer, statement: Statement): number {
  const { lines, source } = renderer.syntax;
  if (!lines.isFirstOnLine(statement.start)) return statement.start;
  const indent = lines.indent(statement.start);
  let start: number = statement.start;
  for (let line = lines.start(start); line > 0; ) {
    line = lines.start(line - 1);
    if (renderer.syntax.startsInString(line)) break;
    if (!source.slice(line, lines.end(line)).startsWith(`${indent}#`)) break;
    start = line + indent.length;
  }
  return start;
}

function quoteDocstring(text: string): string {
  if (text.includes('\n')) throw new ImpossibleIntent('a docstring of more than one line');
  const escaped = text.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
  return `"""${escaped}"""`;
}

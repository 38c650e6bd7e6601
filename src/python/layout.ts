import type { SourceOffset, SourceSpan } from '../text/offset.js';
import { sourceOffset } from '../text/offset.js';
import type { Module, Statement } from './ast.js';
import { findCut, isLineEndBetween } from './line-cuts.js';
import type { LogicalLines } from './logical-lines.js';
import type { SyntaxProblem } from './problem.js';

/**
 * Where lines and indentation are not what CPython takes: tree-sitter accepts a line that is indented for no reason, one that
 * falls back to no outer level, tabs mixed with spaces, and a statement that goes on in the next line. A module that is
 * indented as a whole is taken: IPython dedents it.
 */
export function findLayoutErrors(module: Module, text: string, lines: LogicalLines): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const report = (start: number, message: string): void => {
    const { source } = module;
    problems.push({ code: 'syntax', message, start: sourceOffset(start), end: sourceOffset(start), source });
  };
  if (lines.endsWithBackslash) report(text.length, 'unexpected end of the source after a backslash');
  const pending: Block[] = [{ body: module.body, outer: null }];
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    const own = checkBlock(block, text, report);
    let before: Statement | null = null;
    for (const statement of block.body) {
      if (before !== null && !isSeparated(before, statement, text, lines))
        report(statement.start, 'invalid syntax');
      before = statement;
      const cut = findCut(statement, lines);
      if (cut !== null) report(cut, 'invalid syntax');
      const definition = definitionLine(statement, text);
      if (own !== null && definition !== null && compare(definition, own) !== 'same') {
        report(statement.start, 'unexpected indent');
      }
      const isMatch = statement.kind === 'Match';
      if (isMatch) checkBlock({ body: statement.cases, outer: own }, text, report);
      for (const part of partsOf(statement, text)) {
        const header = indentationAt(text, clauseStart(part, text)) ?? own;
        if (own !== null && header !== null && !isMatch && compare(header, own) !== 'same') {
          report(part.body[0]?.start ?? 0, 'unindent does not match any outer indentation level');
        }
        pending.push({ body: part.body, outer: header });
      }
    }
  }
  return problems;
}

/** tree-sitter takes `a b` for two statements where `b` can't go on with `a`. */
function isSeparated(before: Statement, statement: Statement, text: string, lines: LogicalLines): boolean {
  if (isLineEndBetween(before.end, statement.start, lines)) return true;
  return text.slice(before.end, statement.start).includes(';') || text[before.end - 1] === ';';
}

interface Block {
  readonly body: readonly Statement[];
  /** The indentation of the line with the block's header; null at the module. */
  readonly outer: Indentation | null;
}

/** Columns, once with tabs to the next multiple of 8 and once with tabs of 1: both must tell the same (CPython's tokenizer). */
interface Indentation {
  readonly column: number;
  readonly alternative: number;
}

/** Returns the block's indentation; null where it stands on its header's line. */
function checkBlock(
  { body, outer }: { readonly body: readonly SourceSpan[]; readonly outer: Indentation | null },
  text: string,
  report: (start: number, message: string) => void,
): Indentation | null {
  let own: Indentation | null = null;
  for (const { start } of body) {
    const indentation = indentationAt(text, start);
    if (indentation === null) continue;
    if (own === null) {
      if (outer !== null) {
        const relation = compare(indentation, outer);
        if (relation === 'mixed') report(start, 'inconsistent use of tabs and spaces in indentation');
        else if (relation !== 'deeper') report(start, 'expected an indented block');
      }
      own = indentation;
      continue;
    }
    const relation = compare(indentation, own);
    if (relation === 'mixed') report(start, 'inconsistent use of tabs and spaces in indentation');
    else if (relation === 'deeper') report(start, 'unexpected indent');
    else if (relation === 'shallower') report(start, 'unindent does not match any outer indentation level');
  }
  return own ?? outer;
}

function compare(a: Indentation, b: Indentation): 'same' | 'deeper' | 'shallower' | 'mixed' {
  const by = Math.sign(a.column - b.column);
  if (by !== Math.sign(a.alternative - b.alternative)) return 'mixed';
  return by === 0 ? 'same' : by > 0 ? 'deeper' : 'shallower';
}

/** The indentation of what stands at `offset`; null where it is not the first thing of its logical line. */
function indentationAt(text: string, offset: number | null): Indentation | null {
  if (offset === null) return null;
  let lineStart = offset;
  while (lineStart > 0 && text[lineStart - 1] !== '\n') lineStart -= 1;
  if (/\\\r?\n$/.test(text.slice(Math.max(0, lineStart - 3), lineStart))) return null;
  let column = 0;
  let alternative = 0;
  for (let at = lineStart; at < offset; at += 1) {
    switch (text[at]) {
      case ' ':
        column += 1;
        alternative += 1;
        break;
      case '\t':
        column = (Math.floor(column / 8) + 1) * 8;
        alternative += 1;
        break;
      case '\f':
        column = 0;
        alternative = 0;
        break;
      case '\ufeff':
        if (at > 0) return null;
        break;
      default:
        return null;
    }
  }
  return { column, alternative };
}

/** The indentation of the line with the `def` or `class` behind decorators. */
function definitionLine(statement: Statement, text: string): Indentation | null {
  if (!('decorators' in statement) || statement.decorators.length === 0) return null;
  let at = statement.name.start as number;
  while (at > 0 && text[at - 1] !== '\n') at -= 1;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\f') at += 1;
  return indentationAt(text, at);
}

interface Part {
  readonly body: readonly Statement[];
  /** Where the clause's keyword stands, if a node tells; else where to look for `keyword`, from `after` on. */
  readonly start: SourceOffset | null;
  readonly after: SourceOffset | null;
  readonly keyword: 'else' | 'finally' | null;
}

function clauseStart(part: Part, text: string): number | null {
  if (part.keyword === null || part.after === null) return part.start;
  const between = text.slice(part.after, part.body[0]?.start);
  const found =
    part.keyword === 'else' ? /^[ \t\f]*else\b/m.exec(between) : /^[ \t\f]*finally\b/m.exec(between);
  return found === null ? null : part.after + found.index + found[0].length - part.keyword.length;
}

const part = (start: SourceOffset | null, body: readonly Statement[]): Part => ({
  body,
  start,
  after: null,
  keyword: null,
});

const clause = (
  keyword: 'else' | 'finally',
  before: readonly Statement[],
  body: readonly Statement[],
): Part[] => (body.length === 0 ? [] : [{ body, start: null, after: before.at(-1)?.end ?? null, keyword }]);

/** The blocks of a statement, each with its header. An `elif` is an `If` whose body stands below its own keyword. */
function partsOf(statement: Statement, text: string): Part[] {
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [part(statement.start, statement.body)];
    case 'For':
    case 'While':
      return [part(statement.start, statement.body), ...clause('else', statement.body, statement.orelse)];
    case 'If': {
      const parts = [part(statement.start, statement.body)];
      let last = statement;
      for (;;) {
        const [next] = last.orelse;
        if (next?.kind !== 'If' || !text.startsWith('elif', next.start)) break;
        parts.push(part(next.start, next.body));
        last = next;
      }
      return [...parts, ...clause('else', last.body, last.orelse)];
    }
    case 'Try': {
      const before = statement.handlers.at(-1)?.body ?? statement.body;
      return [
        part(statement.start, statement.body),
        ...statement.handlers.map((handler) => part(handler.start, handler.body)),
        ...clause('else', before, statement.orelse),
        ...clause('finally', statement.orelse.length > 0 ? statement.orelse : before, statement.finalbody),
      ];
    }
    case 'Match':
      return statement.cases.map((each) => part(each.start, each.body));
    default:
      return [];
  }
}

import { type SourceSpan, sourceOffset } from '../text/offset.js';
import type { MaskedSource } from './mask-source.js';
import type { Cell } from './notebook.js';
import { endOfLine, findComments, skipLineEnd } from './python-lines.js';

/** What a cell says of itself, to nbslim or to other tools. */
export interface CellMarkers {
  /**
   * Why the cell may be neither merged nor moved, as a part of a sentence (`'it has the tag "parameters"'`); null if it
   * may. Its own lines may still be edited.
   */
  readonly pinned: string | null;
  /** The tag `raises-exception`: its code is meant to fail. */
  readonly raisesException: boolean;
  /** Of VS Code: the cell is in another language, whatever it looks like. Null for Python. */
  readonly otherLanguage: string | null;
  /** Lines such as `x = 5  #@param {type: "integer"}`: the comment's span. Their values come from a form. */
  readonly parameters: readonly SourceSpan[];
  /** `#|` directives of Quarto and nbdev: the comments' spans. */
  readonly directives: readonly SourceSpan[];
  /** The tag `nbslim-skip` or `# nbslim: ignore-cell`: nothing in the cell may change. */
  readonly skipped: boolean;
  /** `# nbslim: ignore-file`, in any cell: nothing in the notebook may change. */
  readonly skipsFile: boolean;
  readonly ignores: readonly IgnoreComment[];
}

/** `# nbslim: ignore[dtype, usecols]`, at the end of a line or on the line above. */
export interface IgnoreComment {
  readonly span: SourceSpan;
  /** The ids of transforms; null for `# nbslim: ignore`, which means all. */
  readonly transforms: readonly string[] | null;
  /** The lines for which it holds. */
  readonly lines: SourceSpan;
}

/**
 * Reads the markers of a cell.
 *
 * @param masked of the cell's source; null for cells without Python, which have tags and metadata only
 */
export function readCellMarkers(cell: Cell, masked: MaskedSource | null): CellMarkers {
  const comments = masked === null ? [] : listComments(masked);
  const parameters: SourceSpan[] = [];
  const directives: SourceSpan[] = [];
  const ignores: IgnoreComment[] = [];
  let skipped = cell.tags.includes('nbslim-skip');
  let skipsFile = false;
  let isForm = false;
  for (const { span, text } of comments) {
    if (/^#\s*@param\b/.test(text)) parameters.push(span);
    if (/^#\s*@title\b/.test(text)) isForm = true;
    if (text.startsWith('#|')) directives.push(span);
    const [, command, list] =
      /^#+\s*nbslim:\s*(ignore(?:-cell|-file)?)(?![\w-])(?:\[([^\]]*)\])?/.exec(text) ?? [];
    if (command === 'ignore-cell') skipped = true;
    else if (command === 'ignore-file') skipsFile = true;
    else if (command === 'ignore')
      ignores.push({ span, transforms: readList(list), lines: linesOf(cell.source, span) });
  }
  const otherLanguage = cell.languageId === null || cell.languageId === 'python' ? null : cell.languageId;
  return {
    pinned: findPin(cell, otherLanguage, parameters.length > 0 || isForm, directives.length > 0),
    raisesException: cell.tags.includes('raises-exception'),
    otherLanguage,
    parameters,
    directives,
    skipped,
    skipsFile,
    ignores,
  };
}

/** Whether a comment forbids the transform to touch anything of the span. */
export function isIgnored(markers: CellMarkers, transform: string, span: SourceSpan): boolean {
  if (markers.skipped || markers.skipsFile) return true;
  return markers.ignores.some(
    ({ transforms, lines }) =>
      (transforms === null || transforms.includes(transform)) &&
      lines.start < span.end &&
      span.start < lines.end,
  );
}

const PINNING_TAGS = ['parameters', 'injected-parameters', 'raises-exception'];

function findPin(
  cell: Cell,
  otherLanguage: string | null,
  isForm: boolean,
  hasDirectives: boolean,
): string | null {
  const tag = cell.tags.find((name) => PINNING_TAGS.includes(name) || name.startsWith('nbgrader'));
  if (tag !== undefined) return `it has the tag "${tag}"`;
  if (Object.keys(cell.metadata).some((key) => key.startsWith('nbgrader'))) return 'it belongs to nbgrader';
  if (otherLanguage !== null) return `its language is ${otherLanguage}`;
  if (isForm) return 'it is a form of Colab';
  if (hasDirectives) return 'it has #| directives';
  return null;
}

function listComments(masked: MaskedSource): { span: SourceSpan; text: string }[] {
  const isOwn = (start: number) => !masked.masked.some((part) => part.start <= start && start < part.end);
  return findComments(masked.text)
    .filter(({ start }) => isOwn(start))
    .map(({ start, end }) => ({
      span: { start: sourceOffset(start), end: sourceOffset(end) },
      text: masked.text.slice(start, end),
    }));
}

function readList(list: string | undefined): readonly string[] | null {
  return list === undefined ? null : list.split(',').map((item) => item.trim());
}

/** The comment's own line; where nothing else stands on it, the next one too. */
function linesOf(source: string, comment: SourceSpan): SourceSpan {
  const start =
    Math.max(source.lastIndexOf('\n', comment.start - 1), source.lastIndexOf('\r', comment.start - 1)) + 1;
  const next = skipLineEnd(source, comment.end);
  const standsAlone = source.slice(start, comment.start).trim() === '';
  const end = standsAlone && next !== null ? endOfLine(source, next) : comment.end;
  return { start: sourceOffset(comment.start === 0 ? 0 : start), end: sourceOffset(end) };
}

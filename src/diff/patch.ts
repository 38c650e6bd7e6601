import { UserError } from '../errors/user-error.js';
import { type Hunk, hunkHeader, hunkLines, hunks } from './hunks.js';
import { diffLines } from './line-diff.js';

/**
 * A unified diff of the raw .ipynb text, as `git apply` and `patch -p1` take it. Empty where the texts are equal.
 *
 * There is no `diff --git` line on purpose: with one, git takes the path from the top of the repository; without it,
 * from the directory it is run in, which is where `path` is relative to.
 *
 * @param path relative to the directory in which the patch will be applied
 * @param before the file's text, decoded without dropping a byte order mark
 * @throws UserError for a path that no patch can name: absolute, or outside the directory
 */
export function formatPatch(path: string, before: string, after: string): string {
  if (before === after) return '';
  const name = patchPath(path);
  const oldLines = fileLines(before);
  const newLines = fileLines(after);
  const parts = [`--- ${fileName(`a/${name}`)}\n+++ ${fileName(`b/${name}`)}\n`];
  for (const hunk of hunks(diffLines(oldLines, newLines), oldLines.length))
    parts.push(formatHunk(hunk, oldLines, newLines));
  return parts.join('');
}

/** With their newlines, so that a last line without one differs from the same line with one. Only `\n` ends a line. */
function fileLines(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

function formatHunk(hunk: Hunk, before: readonly string[], after: readonly string[]): string {
  const parts = [`${hunkHeader(hunk)}\n`];
  for (const line of hunkLines(hunk)) {
    const text = line.kind === 'added' ? after[line.after] : before[line.before];
    parts.push({ context: ' ', removed: '-', added: '+' }[line.kind], text ?? '');
    if (!text?.endsWith('\n')) parts.push('\n\\ No newline at end of file\n');
  }
  return parts.join('');
}

function patchPath(path: string): string {
  const parts = path.replace(/^(\.\/)+/, '').split('/');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || parts.includes('..'))
    throw new UserError(
      `${path}: a patch names files below the current directory only; run nbslim in a directory above the notebook`,
    );
  return parts.filter((part) => part !== '.' && part !== '').join('/');
}

const ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/**
 * As git writes a name (`core.quotePath`): in quotes with octal bytes where it holds quotes, backslashes, controls or
 * anything beyond ASCII; with a tab behind it where it holds a space, so that nobody takes the rest for a date.
 */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!/["\\\x00-\x1f\x7f-\uffff]/.test(name)) return name.includes(' ') ? `${name}\t` : name;
  let quoted = '';
  for (const byte of new TextEncoder().encode(name)) {
    const plain = byte >= 0x20 && byte < 0x7f;
    quoted += ESCAPES[byte] ?? (plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
  }
  return `"${quoted}"`;
}

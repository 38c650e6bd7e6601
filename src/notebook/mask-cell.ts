import { describeMagic, type MagicMeaning, skipOptions } from './describe-magic.js';
import { listInterpolated, listWords } from './magic-names.js';
import { CELL_MAGICS, DATABRICKS_LANGUAGES } from './magic-table.js';
import { type Mask, type MaskOptions, OWN_NOTHING, spanOf } from './mask.js';
import { maskAsComments, maskAsPrefix } from './mask-text.js';
import { endOfLine, skipBlankLines, skipIndentation } from './python-lines.js';

/** The whole cell, where its first line says that it is not Python. */
export function maskDatabricksCell(mask: Mask, start: number, options: MaskOptions): boolean {
  const { source } = mask;
  const match = /^%([a-z-]+)(?![^\s])[ \t]*(.*)/.exec(source.slice(start, endOfLine(source, start)));
  const name = match?.[1] ?? '';
  const rest = match?.[2] ?? '';
  if (!DATABRICKS_LANGUAGES.has(name)) return false;
  // `%sql select 1` is a line magic of Jupyter's as well, and what follows it may be Python.
  if (name === 'sql' && rest !== '' && options.isDatabricks !== true) return false;
  mask.replace(start, source.length, maskAsComments);
  const body = source.slice(start);
  const meaning: MagicMeaning = {
    ...OWN_NOTHING,
    uses: name === 'sql' ? listWords(body) : listInterpolated(body),
    effect: name.startsWith('md') ? 'display' : 'outside',
    why: `a cell that starts with %${name} is not Python`,
  };
  mask.add('databricks', name, spanOf(start, source.length), rest, meaning);
  return true;
}

/** A cell magic at `start`. Returns where Python goes on; null if there is no cell magic, or nothing behind it. */
export function maskCellMagic(mask: Mask, start: number): number | null {
  const { source } = mask;
  const content = skipIndentation(source, start);
  const end = endOfLine(source, content);
  const line = source.slice(content, end);
  if (!line.startsWith('%%') || /^%%\w+\?/.test(line)) return null;
  const name = /^[^\s]*/.exec(line.slice(2))?.[0] ?? '';
  const args = line.slice(2 + name.length);
  const facts = CELL_MAGICS.get(name);
  if (facts?.holdsPython !== true) {
    mask.replace(content, source.length, maskAsComments);
    const meaning = describeMagic(`%%${name}`, facts, args, source.slice(end));
    mask.add('cell', name, spanOf(content, source.length), args.trim(), meaning);
    return source.length > content ? source.length : null;
  }
  const code = content + 2 + name.length + skipOptions(args, facts.options ?? '');
  // `%%timeit x = 1`: code on the first line, which runs before the rest.
  const hasCode = facts.options !== undefined && /^[^#\s]/.test(source.slice(code, end));
  if (hasCode) mask.replace(content, code, maskAsPrefix);
  else mask.replace(content, end, maskAsComments);
  const meaning = describeMagic(`%%${name}`, facts, args, '');
  mask.add(
    'cell',
    name,
    spanOf(content, end),
    args.trim(),
    meaning,
    spanOf(hasCode ? code : end, source.length),
  );
  return skipBlankLines(source, end);
}

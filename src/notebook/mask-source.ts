import type { SourceSpan } from '../text/offset.js';
import { Mask, type MaskedSource, type MaskOptions } from './mask.js';
import { maskCellMagic, maskDatabricksCell } from './mask-cell.js';
import { maskLine } from './mask-line.js';
import { skipBlankLines, skipIndentation, skipLineEnd } from './python-lines.js';

export type { MaskedSource, MaskOptions } from './mask.js';

/**
 * Masks what IPython would rewrite before it runs a cell, by IPython's own rules (its `inputtransformer2`): magics count
 * at the start of a logical line only, never inside strings and brackets. Takes any text and never throws.
 */
export function maskSource(source: string, options: MaskOptions = {}): MaskedSource {
  const mask = new Mask(source);
  let at = skipBlankLines(source, 0);
  if (maskDatabricksCell(mask, at, options)) return mask.finish();
  for (let next = maskCellMagic(mask, at); next !== null; next = maskCellMagic(mask, at)) at = next;
  const isOneLine = !/[\r\n]/.test(source.slice(at).trimEnd());
  while (at < source.length) {
    const content = skipIndentation(source, at);
    const end = maskLine(mask, content, isOneLine, options);
    at = skipLineEnd(source, end) ?? end + 1;
  }
  return mask.finish();
}

/** Whether any of the span is not the author's own text. */
export function isMasked(masked: MaskedSource, span: SourceSpan): boolean {
  return masked.masked.some(({ start, end }) => start < span.end && span.start < end);
}

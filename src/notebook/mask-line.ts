import { describeMagic, type MagicMeaning, skipOptions } from './describe-magic.js';
import { listInterpolated, listWords } from './magic-names.js';
import { AUTOMAGICS, LINE_MAGICS } from './magic-table.js';
import { Mask, type MaskOptions, OWN_NOTHING, spanOf } from './mask.js';
import { maskAsExpression, maskAsIndentation, maskAsPrefix, maskAsStatement } from './mask-text.js';
import { endOfEscapedLine, endOfLine, readLogicalLine, skipIndentation } from './python-lines.js';

/** Masks the logical line whose first character that is no blank is at `start`. Returns its end. */
export function maskLine(mask: Mask, start: number, isOneLine: boolean, options: MaskOptions): number {
  const { source } = mask;
  if ('%!?,;/'.includes(source[start] ?? ' ')) {
    const end = endOfEscapedLine(source, start);
    maskEscaped(mask, start, end, null);
    return end;
  }
  const automagic = maskAutomagic(mask, start, isOneLine, options);
  if (automagic !== null) return automagic;
  const { end, assignment, question } = readLogicalLine(source, start);
  if (assignment !== null) {
    const value = skipIndentation(source, assignment + 1);
    if (/^(?:!|%[ \t]*[^\W\d])/.test(source.slice(value, value + 80))) {
      const valueEnd = endOfEscapedLine(source, value);
      maskEscaped(mask, value, valueEnd, source.slice(start, assignment));
      return valueEnd;
    }
  }
  if (question !== null) maskHelp(mask, start, end);
  return end;
}

/**
 * A line that starts with one of IPython's escapes, or what follows `target =`.
 *
 * @param target null where the magic is a statement of its own
 */
function maskEscaped(mask: Mask, start: number, end: number, target: string | null): void {
  const { source } = mask;
  const raw = source.slice(start, end);
  if (/^[%!?]/.test(raw) && /^\?|^[^#]*\?\s*$/.test(raw) && target === null) {
    maskHelp(mask, start, end);
    return;
  }
  const defines = target !== null && /^[^[\].]*$/.test(target) ? listWords(target.replace(/:.*/s, '')) : [];
  if (raw[0] === '!') {
    const name = raw.startsWith('!!') ? '!!' : '!';
    const args = joinLines(raw.slice(name.length));
    mask.replace(start, end, target === null ? maskAsStatement : maskAsExpression);
    const why = `${name} runs a shell command`;
    const meaning: MagicMeaning = {
      ...OWN_NOTHING,
      defines,
      uses: listInterpolated(args),
      effect: 'outside',
      why,
    };
    mask.add('shell', name, spanOf(start, end), args.trim(), meaning);
    return;
  }
  if (raw[0] === '%') {
    maskLineMagic(mask, start, end, defines, target !== null);
    return;
  }
  const name = raw[0] ?? '';
  const args = joinLines(raw.slice(1)).trim();
  mask.replace(start, end, maskAsStatement);
  const isCall = args !== '';
  const meaning: MagicMeaning = {
    ...OWN_NOTHING,
    uses: listWords(args),
    effect: isCall ? 'opaque' : 'none',
    why: isCall ? `a line that starts with "${name}" is a call` : '',
  };
  mask.add('autocall', name, spanOf(start, end), args, meaning);
}

function maskLineMagic(
  mask: Mask,
  start: number,
  end: number,
  targets: readonly string[],
  isValue: boolean,
): void {
  const { source } = mask;
  const raw = source.slice(start, end);
  // Up to IPython 6 `% matplotlib inline` worked, too.
  const lead = /^%[ \t]*/.exec(raw)?.[0].length ?? 1;
  const name = /^[^\s\\]*/.exec(raw.slice(lead))?.[0] ?? '';
  const rawArgs = raw.slice(lead + name.length);
  const args = joinLines(rawArgs);
  const facts = LINE_MAGICS.get(name);
  const described = describeMagic(`%${name}`, facts, args, '');
  const misplaced = `%${name} is not on the cell's first line, where alone a cell magic counts`;
  const meaning: MagicMeaning = {
    ...described,
    why: name.startsWith('%') ? misplaced : described.why,
    defines: [...targets, ...described.defines],
  };
  const code = facts?.holdsPython
    ? start + lead + name.length + skipOptions(rawArgs, facts.options ?? '')
    : end;
  const isCode = /^[^#\s\\]/.test(source.slice(code, end));
  // %time !ls: the magic's code is itself IPython's.
  const isNested = isCode && '%!?'.includes(source[code] ?? '');
  if (isCode && !isNested && (!isValue || facts?.givesValue)) {
    maskInFront(mask, start, code, isValue);
    mask.add('line', name, spanOf(start, end), args.trim(), meaning, spanOf(code, end));
    return;
  }
  mask.replace(start, end, isValue ? maskAsExpression : maskAsStatement);
  mask.add('line', name, spanOf(start, end), args.trim(), meaning);
  if (isNested) {
    const inner = new Mask(source);
    maskEscaped(inner, code, end, null);
    for (const magic of inner.finish().magics)
      mask.add(magic.kind, magic.name, magic.span, magic.args, magic);
  }
}

/** Masks a magic's name and options, so that the code behind them stays a statement, or a value, where it stands. */
function maskInFront(mask: Mask, start: number, code: number, isValue: boolean): void {
  const { source } = mask;
  if (isValue) {
    mask.replace(start, code, (text) => ' '.repeat(text.length));
    return;
  }
  const isCompound = /^(?:(?:for|while|if|with|try|def|class|async)\b|@)/.test(source.slice(code, code + 6));
  if (!isCompound) {
    mask.replace(start, code, maskAsPrefix);
    return;
  }
  let lineStart = start;
  while (lineStart > 0 && ' \t\f'.includes(source[lineStart - 1] ?? '')) lineStart--;
  const indentation = source.slice(lineStart, start);
  mask.replace(lineStart, code, (text) => maskAsIndentation(text, indentation));
}

function maskHelp(mask: Mask, start: number, end: number): void {
  const raw = mask.source.slice(start, end);
  const name = /^\?\?|\?\?\s*$/.test(raw) ? '??' : '?';
  mask.replace(start, end, maskAsStatement);
  const args = raw.replace(/^\?{1,2}|\?{1,2}\s*$/g, '').trim();
  const meaning: MagicMeaning = {
    ...OWN_NOTHING,
    uses: listWords(args),
    effect: 'display',
    why: `${name} shows help`,
  };
  mask.add('help', name, spanOf(start, end), args, meaning);
}

/**
 * A magic without its `%`. IPython takes it for one only where the cell has one line; in longer cells `pip install x` is
 * a syntax error, which is masked all the same, with the effect `opaque`. Returns the line's end, or null.
 */
function maskAutomagic(mask: Mask, start: number, isOneLine: boolean, options: MaskOptions): number | null {
  const { source } = mask;
  const name = /^[a-z_]\w*/.exec(source.slice(start, start + 40))?.[0];
  if (name === undefined || !AUTOMAGICS.has(name) || options.knownNames?.has(name)) return null;
  const end = endOfLine(source, start);
  const rest = source.slice(start + name.length, end);
  const args = rest.trim();
  if (isOneLine) {
    if (/^[=,.]/.test(args) && !/^\.{1,2}(?:\/|$)/.test(args)) return null;
    if (/\?\s*$/.test(args)) return null;
  } else if (!/^[ \t]+(?!(?:in|is|and|or|if|not|else|for)\b)[\w~"'.]/.test(rest)) return null;
  const facts = LINE_MAGICS.get(name);
  const described = describeMagic(name, facts, args, '');
  const why = 'IPython runs a magic without its % only in a cell of one line';
  const meaning: MagicMeaning = {
    ...described,
    // It may be the name itself that is meant, should the notebook have got it from somewhere.
    uses: [...new Set([name, ...described.uses])],
    ...(isOneLine ? {} : { effect: 'opaque', why }),
  };
  mask.replace(start, end, maskAsStatement);
  mask.add('automagic', name, spanOf(start, end), args, meaning);
  return end;
}

function joinLines(text: string): string {
  return text.replace(/\\(?:\r\n|\r|\n)[ \t]*/g, ' ');
}

import type { Expression, JoinedString, StringLiteral } from '../ast.js';
import type { Conversion, ConvertExpression } from './conversion.js';
import { decodeString } from './decode-string.js';

/** Prefixes in lower case. `t` is 3.14 (PEP 750). */
const PREFIXES = new Set(['', 'r', 'u', 'b', 'br', 'rb', 'f', 'fr', 'rf', 't', 'tr', 'rt']);

type AnyString = StringLiteral | JoinedString;

function convertString(c: Conversion, node: number): AnyString {
  const text = c.textOf(node);
  const prefix = /^[a-zA-Z]*/.exec(text)?.[0].toLowerCase() ?? '';
  const quote = text[prefix.length];
  if (quote === '`') c.refuse(node, 'backticks are Python 2: use repr()', 'python-2');
  if (prefix === 'ur') c.refuse(node, "the prefix 'ur' is Python 2", 'python-2');
  if (!PREFIXES.has(prefix)) c.refuse(node, 'invalid syntax');
  const base = { start: c.start(node), end: c.end(node), source: c.source } as const;
  if (prefix.includes('f') || prefix.includes('t')) {
    const expressions: Expression[] = [];
    const interpolations: Interpolation[] = [];
    for (const child of c.named(node)) {
      if (c.type(child) !== 'interpolation') continue;
      const from = expressions.length;
      collectInterpolation(c, child, expressions);
      const added = expressions.slice(from);
      interpolations.push({
        start: c.start(child) - base.start,
        end: c.end(child) - base.start,
        expressions: added,
      });
    }
    const parts = prefix.includes('t') ? null : partsOf(text, prefix.length, interpolations);
    return { kind: 'JoinedString', ...base, expressions, parts };
  }
  const quotes = quotesAt(text, prefix.length);
  const body = text.slice(prefix.length + quotes, text.length - quotes);
  const isBytes = prefix.includes('b');
  const decoded = decodeString(body, { isRaw: prefix.includes('r'), isBytes, isTriple: quotes === 3 });
  if (decoded.problem !== null) c.refuse(node, decoded.problem);
  return { kind: 'StringLiteral', ...base, isBytes, value: decoded.value };
}

/** Where `{...}` stands in the literal, and what is in it. */
interface Interpolation {
  readonly start: number;
  readonly end: number;
  readonly expressions: readonly Expression[];
}

const quotesAt = (text: string, at: number): number =>
  text.startsWith('"""', at) || text.startsWith("'''", at) ? 3 : 1;

function partsOf(
  text: string,
  prefix: number,
  interpolations: readonly Interpolation[],
): JoinedString['parts'] {
  const quotes = quotesAt(text, prefix);
  const parts: (string | Expression)[] = [];
  let at = prefix + quotes;
  for (const { start, end, expressions } of interpolations) {
    const [expression, ...others] = expressions;
    if (expression === undefined || others.length > 0) return null;
    // `{x}` and nothing around it: no format, no conversion, no `=`.
    if (end - start !== expression.end - expression.start + 2) return null;
    parts.push(text.slice(at, start), expression);
    at = end;
  }
  parts.push(text.slice(at, text.length - quotes));
  // Escapes, doubled braces and the ends of lines are left to Python.
  return parts.some((part) => typeof part === 'string' && /[\\{}\r\n]/.test(part)) ? null : parts;
}

/** `{expression!r:{width}.2f}`. */
function collectInterpolation(c: Conversion, node: number, into: Expression[]): void {
  for (const child of c.named(node)) {
    switch (c.type(child)) {
      case 'type_conversion':
        if (!/^![rsa]$/.test(c.textOf(child))) {
          c.refuse(child, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
        }
        break;
      case 'format_specifier':
        for (const nested of c.named(child)) collectInterpolation(c, nested, into);
        break;
      case 'named_expression':
        // `{x:=5}` is x with the format `=5`; a walrus needs parentheses here.
        into.push(c.expression(c.child(child, 0)));
        collectFormatOfWalrus(c, c.child(child, 1), into);
        break;
      default:
        into.push(c.expression(child));
    }
  }
}

/** In `{x:={width}}` tree-sitter takes the format's interpolation for a set. Any other value is literal text. */
function collectFormatOfWalrus(c: Conversion, value: number, into: Expression[]): void {
  if (c.type(value) !== 'set') return;
  for (const element of c.named(value)) into.push(c.expression(element));
}

/** `'a' "b" f'{c}'`: one literal. Where one is interpolated, all are. */
function convertConcatenation(c: Conversion, node: number): AnyString {
  const parts = c.named(node).map((child) => convertString(c, child));
  const base = { start: c.start(node), end: c.end(node), source: c.source } as const;
  const isBytes = parts.map((part) => part.kind === 'StringLiteral' && part.isBytes);
  if (isBytes.includes(true) && isBytes.includes(false))
    c.refuse(node, 'cannot mix bytes and nonbytes literals');
  if (parts.some((part) => part.kind === 'JoinedString')) {
    const expressions = parts.flatMap((part) => (part.kind === 'JoinedString' ? part.expressions : []));
    const pieces = parts.map((part) =>
      part.kind === 'JoinedString' ? part.parts : part.value === null ? null : [part.value],
    );
    const joined = pieces.includes(null) ? null : pieces.flatMap((piece) => piece ?? []);
    return { kind: 'JoinedString', ...base, expressions, parts: joined };
  }
  let value: string | null = '';
  for (const part of parts) {
    value =
      value === null || part.kind !== 'StringLiteral' || part.value === null ? null : value + part.value;
  }
  return { kind: 'StringLiteral', ...base, isBytes: isBytes.includes(true), value };
}

export const stringConverters: readonly (readonly [string, ConvertExpression])[] = [
  ['string', convertString],
  ['concatenated_string', convertConcatenation],
];

import type { Constant, Expression } from './ast.js';

/** What a literal stands for. Bytes have one code unit a byte. */
export type LiteralValue =
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  /** An imaginary number, `2j`; sums like `1+2j` are no literals. */
  | { readonly type: 'complex'; readonly imaginary: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'None' }
  | { readonly type: 'Ellipsis' }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: string }
  | { readonly type: 'list' | 'tuple' | 'set'; readonly items: readonly LiteralValue[] }
  | { readonly type: 'dict'; readonly entries: readonly (readonly [LiteralValue, LiteralValue])[] };

/**
 * The value of an expression made of literals alone: constants, signed numbers, strings, and tuples, lists, sets and dicts of
 * them. Undefined for everything else, and where a string's value can't be told (`StringLiteral.value` is null).
 */
export function literalValue(expression: Expression): LiteralValue | undefined {
  switch (expression.kind) {
    case 'Constant':
      return constantValue(expression);
    case 'StringLiteral':
      if (expression.value === null) return undefined;
      return { type: expression.isBytes ? 'bytes' : 'str', value: expression.value };
    case 'UnaryOperation': {
      const operand = literalValue(expression.operand);
      if (expression.op === '-' && operand !== undefined) return negate(operand);
      return expression.op === '+' && operand !== undefined && isNumber(operand) ? operand : undefined;
    }
    case 'Tuple':
      return collection('tuple', expression.elements);
    case 'List':
      return collection('list', expression.elements);
    case 'SetDisplay':
      return collection('set', expression.elements);
    case 'Dict': {
      const entries: (readonly [LiteralValue, LiteralValue])[] = [];
      for (const entry of expression.entries) {
        const key = entry.key === null ? undefined : literalValue(entry.key);
        const value = literalValue(entry.value);
        if (key === undefined || value === undefined) return undefined;
        entries.push([key, value]);
      }
      return { type: 'dict', entries };
    }
    default:
      return undefined;
  }
}

function constantValue(constant: Constant): LiteralValue {
  const digits = constant.text.replaceAll('_', '');
  switch (constant.type) {
    case 'int':
      return { type: 'int', value: BigInt(digits) };
    case 'float':
      return { type: 'float', value: Number(digits) };
    case 'complex':
      return { type: 'complex', imaginary: Number(digits.slice(0, -1)) };
    case 'bool':
      return { type: 'bool', value: constant.text === 'True' };
    case 'None':
    case 'Ellipsis':
      return { type: constant.type };
  }
}

function collection(
  type: 'list' | 'tuple' | 'set',
  elements: readonly Expression[],
): LiteralValue | undefined {
  const items: LiteralValue[] = [];
  for (const element of elements) {
    const item = literalValue(element);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { type, items };
}

const isNumber = ({ type }: LiteralValue): boolean =>
  type === 'int' || type === 'float' || type === 'complex';

function negate(value: LiteralValue): LiteralValue | undefined {
  if (value.type === 'int') return { type: 'int', value: -value.value };
  if (value.type === 'float') return { type: 'float', value: -value.value };
  if (value.type === 'complex') return { type: 'complex', imaginary: -value.imaginary };
  return undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What `repr` escapes: what does not print, and spaces other than the plain one. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/**
 * A Python string literal with this value, on one line, as `repr` writes it: single quotes, unless only these occur in the
 * text. Text from data files becomes source through this and nothing else.
 */
export function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(
      UNPRINTABLE,
      (character) => ESCAPES[character] ?? escapeCodePoint(character.codePointAt(0) ?? 0),
    );
  return quote + escaped + quote;
}

function escapeCodePoint(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

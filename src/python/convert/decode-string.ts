export interface StringForm {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  readonly isTriple: boolean;
}

/** `value` is null where it can't be told (`\\N{...}`) or is half of a surrogate pair; `problem` says what CPython would refuse. */
export interface DecodedString {
  readonly value: string | null;
  readonly problem: string | null;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(N\{[^}]*\})|([\s\S]))/g;

/**
 * What a string literal's text between the quotes stands for, by CPython's rules (Python reference, 2.4.1): line ends
 * become `\n`, an unknown escape stays as it is, bytes are one code unit a byte.
 */
export function decodeString(body: string, { isRaw, isBytes, isTriple }: StringForm): DecodedString {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them.
  if (isBytes && /[^\u0000-\u007f]/.test(body)) {
    return { value: null, problem: 'bytes can only contain ASCII literal characters' };
  }
  const text = body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body;
  if (!isTriple && text.includes('\n') && /(?:^|[^\\])(?:\\\\)*\n/.test(text)) {
    return { value: null, problem: 'unterminated string literal' };
  }
  if (isRaw || !text.includes('\\')) return { value: text, problem: null };
  let value: string | null = '';
  let problem: string | null = null;
  let last = 0;
  const append = (piece: string): void => {
    if (value !== null) value += piece;
  };
  for (const match of text.matchAll(ESCAPE)) {
    append(text.slice(last, match.index));
    last = match.index + match[0].length;
    const [written, octal, hex, u4, u8, named, other] = match;
    const code = octal ?? hex ?? (isBytes ? undefined : (u4 ?? u8));
    if (code !== undefined) {
      const number = Number.parseInt(code, octal === undefined ? 16 : 8);
      if (number > 0x10ffff) problem = 'illegal Unicode character';
      else if (number >= 0xd800 && number <= 0xdfff) value = null;
      else append(String.fromCodePoint(isBytes ? number & 0xff : number));
    } else if (isBytes && (u4 !== undefined || u8 !== undefined || named !== undefined)) {
      append(written);
    } else if (named !== undefined) {
      value = null; // the names of characters are not known here
    } else if (other === 'x' || (!isBytes && (other === 'u' || other === 'U'))) {
      problem = `truncated \\${other} escape`;
    } else if (!isBytes && other === 'N') {
      problem = 'malformed \\N character escape';
    } else {
      append(SIMPLE[other ?? ''] ?? written);
    }
  }
  append(text.slice(last));
  return { value, problem };
}

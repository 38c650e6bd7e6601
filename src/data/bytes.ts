/** The bytes that the CSV scan looks for, by name. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const PLUS = 43;
export const MINUS = 45;
export const DOT = 46;
export const ZERO = 48;
export const NINE = 57;

/** C's `isspace` in ASCII: what pandas skips on either side of a number. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CR);
}

/** Whether all bytes are blanks or tabs: such a line is empty to pandas (for a separator that is neither, which see). */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== TAB) return false;
  return true;
}

/** Text of bytes that are known to be ASCII. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/**
 * Whether this byte, after a carriage return that ends a line by itself, makes pandas lose its way: before a blank it
 * raises "Buffer overflow caught", before a separator that follows an empty line it drops a field (tokenizer.c,
 * EAT_CRNL_NOP and WHITESPACE_LINE; seen on 1.5.3 to 3.1.1).
 */
export function straysAfterReturn(byte: number, sep: number): boolean {
  return byte === SPACE || byte === TAB || byte === CR || byte === sep;
}

/** Whether the bytes are this ASCII text. */
export function isText(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let at = start; at < end; at++) if (bytes[at] !== text.charCodeAt(at - start)) return false;
  return true;
}

/** Whether the bytes are this text of small ASCII letters, or the same in capitals, or in both. */
export function isWord(bytes: Uint8Array, start: number, end: number, letters: string): boolean {
  if (end - start !== letters.length) return false;
  for (let at = start; at < end; at++) {
    if (((bytes[at] as number) | 0x20) !== letters.charCodeAt(at - start)) return false;
  }
  return true;
}

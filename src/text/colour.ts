/** Text in a terminal's colours, or left as it is. */
export interface Colours {
  readonly enabled: boolean;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
  /** For the words that differ inside a line that is red or green already. */
  reverse(text: string): string;
}

/** Whether a terminal takes colours is decided once, by the command line (`NO_COLOR`, `isTTY`), and handed down. */
export function colours(options: { readonly colour: boolean }): Colours {
  // Each style is ended by its own code, never by 0, so that one may stand inside another.
  const style = (on: number, off: number) => (text: string) =>
    options.colour && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    enabled: options.colour,
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
    cyan: style(36, 39),
    bold: style(1, 22),
    dim: style(2, 22),
    reverse: style(7, 27),
  };
}

/** Characters that a terminal might obey: the controls of ASCII and Latin-1 except tab, and the marks that turn text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OBEYED = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes text from a notebook harmless to a terminal: what a terminal would obey is spelled out (`\x1b`, `\u202e`), so
 * that no notebook can repaint what nbslim says about it.
 */
export function printable(text: string): string {
  return text.replace(OBEYED, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

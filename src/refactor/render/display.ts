/** The most columns that a line gets before a display of several entries is wrapped. */
export const WIDTH = 100;

/**
 * `{a, b}` on one line where it fits; else wrapped: a dict one entry a line, a list filled.
 *
 * @param column where the display starts on its line
 * @param after how many columns follow it on its line
 * @param indent of the line that it starts on
 */
export function layoutDisplay(
  brackets: '{}' | '[]',
  items: readonly string[],
  column: number,
  after: number,
  indent: string,
  unit: string,
): string {
  const [open, close] = brackets;
  const inline = `${open}${items.join(', ')}${close}`;
  if (items.length < 2 || column + inline.length + after <= WIDTH) return inline;
  const inner = indent + unit;
  const lines = brackets === '{}' ? items.map((item) => `${item},`) : fill(items, WIDTH - inner.length);
  return `${open}\n${lines.map((line) => inner + line).join('\n')}\n${indent}${close}`;
}

/** As many items a line as fit. */
function fill(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length + 2 > width) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${item},`;
  }
  return [...lines, line];
}

/** The items of a one-line list display without comments, null for any other text: `['a', 'b']` → `'a'`, `'b'`. */
export function splitListDisplay(code: string): string[] | null {
  if (!code.startsWith('[') || !code.endsWith(']') || /[\n#]/.test(code)) return null;
  const items: string[] = [];
  let depth = 0;
  let itemStart = 1;
  for (let at = 1; at < code.length - 1; at++) {
    const character = code[at] ?? '';
    if (character === '"' || character === "'") {
      at = closeQuote(code, at);
      if (at < 0) return null;
    } else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      items.push(code.slice(itemStart, at).trim());
      itemStart = at + 1;
    }
    if (depth < 0) return null;
  }
  const last = code.slice(itemStart, -1).trim();
  return last === '' ? items : [...items, last];
}

function closeQuote(code: string, open: number): number {
  const quote = code[open];
  for (let at = open + 1; at < code.length; at++) {
    if (code[at] === '\\') at++;
    else if (code[at] === quote) return at;
  }
  return -1;
}

/**
 * What stands in masked text in the place of IPython syntax. Everything keeps its length, and line ends their places,
 * so that every offset stays right.
 */

/** A statement that does nothing: `pass#~~~`, and `0` where there is no room. Further lines become comments. */
export function maskAsStatement(text: string): string {
  return mapLines(text, (line, at) => {
    if (at > 0) return asComment(line);
    return line.length >= 4 ? `pass${asComment(line.slice(4))}` : asNumber(line);
  });
}

/** An expression, in the place of a value: `0#~~~`. */
export function maskAsExpression(text: string): string {
  return mapLines(text, (line, at) => (at === 0 ? asNumber(line) : asComment(line)));
}

export function maskAsComments(text: string): string {
  return mapLines(text, asComment);
}

/** `%time ` in front of a simple statement, which stays: `pass; `. Nothing else of five characters and more would do. */
export function maskAsPrefix(text: string): string {
  return mapLines(text, (line, at) =>
    at === 0 ? 'pass;'.padEnd(line.length) : line.replaceAll(/[^\\]/g, ' '),
  );
}

/**
 * `%time ` and the indentation in front of it, where a compound statement follows, which `pass;` can't precede: spaces
 * and a form feed, at which Python and tree-sitter count the indentation anew, then the same indentation.
 */
export function maskAsIndentation(text: string, indentation: string): string {
  return `${' '.repeat(text.length - indentation.length - 1)}\f${indentation}`;
}

function asNumber(line: string): string {
  return line === '' ? '' : `0${asComment(line.slice(1))}`;
}

function asComment(line: string): string {
  return line === '' ? '' : '#'.padEnd(line.length, '~');
}

function mapLines(text: string, map: (line: string, at: number) => string): string {
  return text
    .split(/(\r\n|\r|\n)/)
    .map((part, at) => (at % 2 === 0 ? map(part, at / 2) : part))
    .join('');
}

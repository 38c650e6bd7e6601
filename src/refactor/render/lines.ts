/** Questions about the lines of one source. Offsets are UTF-16 code units; a line ends with `\n` or `\r\n`. */
export class Lines {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Where the line that holds the offset starts. */
  start(offset: number): number {
    return offset === 0 ? 0 : this.source.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Where the text of the line that holds the offset ends, before its line end. */
  end(offset: number): number {
    const newline = this.source.indexOf('\n', offset);
    if (newline < 0) return this.source.length;
    return newline > offset && this.source[newline - 1] === '\r' ? newline - 1 : newline;
  }

  /** Where the line after the one that holds the offset starts; the source's end if there is none. */
  next(offset: number): number {
    const newline = this.source.indexOf('\n', offset);
    return newline < 0 ? this.source.length : newline + 1;
  }

  isLastLine(offset: number): boolean {
    return this.source.indexOf('\n', offset) < 0;
  }

  /** The white space that the line starts with. */
  indent(offset: number): string {
    const start = this.start(offset);
    return /^[ \t\f]*/.exec(this.source.slice(start, this.end(start)))?.[0] ?? '';
  }

  isBlank(offset: number): boolean {
    return this.source.slice(this.start(offset), this.end(offset)).trim() === '';
  }

  /** Whether only white space stands before the offset on its line. */
  isFirstOnLine(offset: number): boolean {
    return this.source.slice(this.start(offset), offset).trim() === '';
  }

  /** Whether nothing but a `;` and a comment stand behind the offset on its line. */
  isLastOnLine(offset: number): boolean {
    return /^[ \t]*;?[ \t]*(?:#.*)?$/.test(this.source.slice(offset, this.end(offset)));
  }

  /** Skips white space, line continuations and comments. */
  skipSpace(offset: number): number {
    let at = offset;
    for (;;) {
      const character = this.source[at];
      if (character === undefined) return at;
      if (/\s/.test(character)) at++;
      else if (character === '\\' && /[\r\n]/.test(this.source[at + 1] ?? '')) at++;
      else if (character === '#') at = this.end(at);
      else return at;
    }
  }
}

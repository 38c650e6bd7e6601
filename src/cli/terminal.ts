import { type Colours, colours } from '../text/colour.js';

/** Where a command writes: content to `out`, messages and the summary to `error`. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
  /** Nobody reads `out` any more (`nbslim ... | head`). */
  readonly outIsClosed: boolean;
  readonly outIsTerminal: boolean;
  readonly errorIsTerminal: boolean;
}

/** The process's own. A reader that went away is no failure: what is written to it from then on is dropped. */
export function standardStreams(): Streams {
  const { stdout, stderr } = process;
  let outIsClosed = false;
  let errorIsClosed = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    outIsClosed = true;
  });
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    errorIsClosed = true;
  });
  return {
    out: (text) => {
      if (!outIsClosed && text !== '') stdout.write(text);
    },
    error: (text) => {
      if (!errorIsClosed && text !== '') stderr.write(text);
    },
    get outIsClosed() {
      return outIsClosed;
    },
    outIsTerminal: stdout.isTTY === true,
    errorIsTerminal: stderr.isTTY === true,
  };
}

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

/** `auto`: on a terminal, unless NO_COLOR is set (https://no-color.org) or the terminal is a dumb one. */
export function chooseColours(choice: ColourChoice, isTerminal: boolean): Colours {
  const { NO_COLOR, TERM } = process.env;
  const wanted = isTerminal && !NO_COLOR && TERM !== 'dumb';
  return colours({ colour: choice === 'always' || (choice === 'auto' && wanted) });
}

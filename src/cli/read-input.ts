import { decodeText, readText } from '../batch/read-text.js';

/** A notebook to work on: a file, or what comes in by standard input. */
export interface Input {
  /** For messages; for standard input its directory is the current one, where its data are looked for. */
  readonly path: string;
  readText(): Promise<string>;
}

export const STANDARD_INPUT = '<stdin>';

export function fileInput(path: string): Input {
  return { path, readText: () => readText(path) };
}

export function standardInput(): Input {
  return {
    path: STANDARD_INPUT,
    async readText() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return decodeText(Buffer.concat(chunks), STANDARD_INPUT);
    },
  };
}

import type { CellRun } from './notebook-run.js';

/** One thing that a notebook shows, and the cell that showed it, or began to. */
export type ShownItem = { readonly cell: number } & (
  | { readonly kind: 'text'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, string>> }
  | { readonly kind: 'error'; readonly ename: string; readonly evalue: string }
);

/**
 * All that a run shows, as one sequence over the whole notebook, for cells merge and split. Between two values that are
 * displayed, what is printed is one text, and so is what is written to standard error: in which order pieces of the two
 * arrive is decided by the kernel's timer.
 *
 * @param silenced classes of warnings that do not count
 */
export function shownSequence(cells: readonly CellRun[], silenced: readonly string[] = []): ShownItem[] {
  const sequence: ShownItem[] = [];
  const streams = new Map<'stdout' | 'stderr', { cell: number; text: string }>();
  const flush = () => {
    for (const stream of ['stdout', 'stderr'] as const) {
      const found = streams.get(stream);
      if (!found) continue;
      const text = stream === 'stderr' ? withoutWarnings(found.text, silenced) : found.text;
      if (text !== '' || found.text === '') sequence.push({ kind: 'text', stream, cell: found.cell, text });
    }
    streams.clear();
  };
  for (const { cell, outputs } of cells) {
    for (const output of outputs) {
      if (output.kind === 'stream') {
        const before = streams.get(output.name);
        streams.set(output.name, { cell: before?.cell ?? cell, text: (before?.text ?? '') + output.text });
      } else {
        flush();
        sequence.push({ cell, ...output });
      }
    }
  }
  flush();
  return sequence;
}

/** Where a warning was raised, and its class. */
const PLACE = String.raw`^\S{1,300}:\d+: `;

/**
 * Without the warnings of these classes: each goes from its place to the line of code that it shows, indented by two, or,
 * where the code is not at hand, to the next warning.
 */
function withoutWarnings(text: string, classes: readonly string[]): string {
  if (classes.length === 0) return text;
  const end = String.raw`(?:^ {2}\S.*\n?|(?=${PLACE}\w*Warning: )|$(?![\s\S]))`;
  const warning = String.raw`${PLACE}(?:${classes.join('|')}): .*\n?[\s\S]{0,2000}?${end}`;
  return text.replace(new RegExp(warning, 'gm'), '');
}

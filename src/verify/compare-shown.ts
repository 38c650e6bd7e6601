import { diffArrays } from 'diff';
import { samePixels } from './compare-images.js';
import type { Comparing } from './comparing.js';
import type { ShownItem } from './shown-sequence.js';
import type { Difference } from './verification.js';

/** What a run of the original does not show twice: for the position of each, which lines, or all of it. */
export type UnsteadyShown = ReadonlyMap<number, ReadonlySet<number> | 'all'>;

/** What the rewritten notebook shows otherwise, leaving out what is unsteady. Positions are the original's, from 0. */
export function* compareShown(
  original: readonly ShownItem[],
  rewritten: readonly ShownItem[],
  comparing: Comparing,
  unsteady: UnsteadyShown = new Map(),
): Generator<Difference> {
  let shown = 0;
  for (const [a, b] of pairUp(original, rewritten, comparing, unsteady)) {
    const position = shown;
    if (a !== null) shown += 1;
    const lines = a === null ? undefined : unsteady.get(position);
    if (a !== null && b !== null && (lines === 'all' || sameShown(a, b, comparing, lines))) continue;
    yield {
      kind: kindOf(a ?? b),
      where: `shown ${position + 1}`,
      cells: { original: a?.cell ?? null, rewritten: b?.cell ?? null },
      ...describePair(a, b, comparing, lines),
    };
  }
}

/** What differs between two runs of one notebook. */
export function findUnsteady(
  first: readonly ShownItem[],
  second: readonly ShownItem[],
  comparing: Comparing,
): UnsteadyShown {
  const unsteady = new Map<number, ReadonlySet<number> | 'all'>();
  let position = 0;
  for (const [a, b] of pairUp(first, second, comparing, new Map())) {
    if (a === null) continue;
    if (b === null || !sameShown(a, b, comparing, undefined)) {
      unsteady.set(position, (b === null ? null : differentLines(a, b, comparing)) ?? 'all');
    }
    position += 1;
  }
  return unsteady;
}

type Pair = readonly [ShownItem | null, ShownItem | null];

/** What belongs together: what is equal, and between that the rest in order, as far as it is of one kind. */
function* pairUp(
  original: readonly ShownItem[],
  rewritten: readonly ShownItem[],
  comparing: Comparing,
  unsteady: UnsteadyShown,
): Generator<Pair> {
  const marks = (items: readonly ShownItem[]) => items.map((item) => markOf(item, comparing));
  const [a, b] = [marks(original), marks(rewritten)];
  // Where neither has one more, each belongs to the one at its place.
  if (a.length === b.length && a.every((_, at) => kindMark(original[at]) === kindMark(rewritten[at]))) {
    for (const [at, item] of original.entries()) yield [item, rewritten[at] ?? null];
    return;
  }
  let [at, other] = [0, 0];
  for (const [gone, added, common] of blocks(a, b)) {
    yield* pairBlock(original.slice(at, at + gone), rewritten.slice(other, other + added), at, unsteady);
    at += gone;
    other += added;
    for (let count = 0; count < common; count++) yield [original[at++] ?? null, rewritten[other++] ?? null];
  }
}

function* pairBlock(
  gone: readonly ShownItem[],
  added: readonly ShownItem[],
  start: number,
  unsteady: UnsteadyShown,
): Generator<Pair> {
  const rest = [...added];
  for (const [at, item] of gone.entries()) {
    const partner = rest.findIndex((other) => kindMark(other) === kindMark(item));
    if (partner < 0) {
      if (unsteady.get(start + at) !== 'all') yield [item, null];
      else yield [item, item];
      continue;
    }
    for (const skipped of rest.splice(0, partner)) yield [null, skipped];
    yield [item, rest.shift() ?? null];
  }
  for (const item of rest) yield [null, item];
}

/** How many go, how many come, and how many follow that are common. */
function blocks(a: string[], b: string[]): (readonly [number, number, number])[] {
  const found: [number, number, number][] = [[0, 0, 0]];
  for (const { added, removed, count } of diffArrays(a, b)) {
    let last = found.at(-1) ?? [0, 0, 0];
    if ((added || removed) && last[2] > 0) {
      last = [0, 0, 0];
      found.push(last);
    }
    last[removed ? 0 : added ? 1 : 2] += count;
  }
  return found;
}

/** Two items with the same mark show the same. */
function markOf(item: ShownItem, comparing: Comparing): string {
  const { declared } = comparing;
  if (item.kind === 'text') return `${item.stream}\n${comparing.textOf(item.text)}`;
  if (item.kind === 'error') return `error\n${item.ename}\n${item.evalue}`;
  const mimes = Object.keys(item.data).sort();
  return mimes
    .map((mime) => {
      const text = item.data[mime] ?? '';
      return `${mime}\n${isPixels(mime) ? (declared.rounding === null ? text : '') : comparing.textOf(text)}`;
    })
    .join('\n');
}

function kindMark(item: ShownItem | undefined): string {
  if (item === undefined) return '';
  if (item.kind === 'text') return item.stream;
  return item.kind === 'error' ? 'error' : Object.keys(item.data).sort().join();
}

function kindOf(item: ShownItem | null): Difference['kind'] {
  if (item?.kind === 'error') return 'error';
  const isWarning = item?.kind === 'text' && item.stream === 'stderr' && /\b\w*Warning\b/.test(item.text);
  return isWarning ? 'warning' : 'shown';
}

function sameShown(
  a: ShownItem,
  b: ShownItem,
  comparing: Comparing,
  unsteady: ReadonlySet<number> | undefined,
): boolean {
  if (a.kind === 'text' && b.kind === 'text') {
    if (unsteady === undefined) return comparing.sameText(a.text, b.text);
    const [lines, others] = [linesOf(a, comparing), linesOf(b, comparing)];
    return (
      lines.length === others.length &&
      lines.every((line, at) => unsteady.has(at) || comparing.sameText(line, others[at] ?? ''))
    );
  }
  if (a.kind === 'error' && b.kind === 'error') {
    return a.ename === b.ename && comparing.sameText(a.evalue, b.evalue);
  }
  if (a.kind !== 'data' || b.kind !== 'data') return false;
  const mimes = Object.keys(a.data).sort();
  if (mimes.join() !== Object.keys(b.data).sort().join()) return false;
  return mimes.every((mime) => {
    const [text, other] = [a.data[mime] ?? '', b.data[mime] ?? ''];
    if (text === other) return true;
    return isPixels(mime)
      ? samePixels(mime, text, other, comparing.declared.rounding !== null)
      : comparing.sameText(text, other);
  });
}

const isPixels = (mime: string) => mime.startsWith('image/') && mime !== 'image/svg+xml';

function linesOf(item: { readonly text: string }, comparing: Comparing): string[] {
  return comparing.textOf(item.text).split('\n');
}

/** The lines that differ, where two texts have as many; else null. */
function differentLines(a: ShownItem, b: ShownItem, comparing: Comparing): ReadonlySet<number> | null {
  if (a.kind !== 'text' || b.kind !== 'text') return null;
  const [lines, others] = [linesOf(a, comparing), linesOf(b, comparing)];
  if (lines.length !== others.length || lines.length < 2) return null;
  return new Set(lines.flatMap((line, at) => (line === others[at] ? [] : [at])));
}

/** Both sides, for a person: of a text from the first line on that differs. */
function describePair(
  a: ShownItem | null,
  b: ShownItem | null,
  comparing: Comparing,
  unsteady: ReadonlySet<number> | 'all' | undefined,
): { original: string; rewritten: string } {
  if (a === null || b === null) return { original: describeShown(a), rewritten: describeShown(b) };
  const [text, other] = [describeShown(a), describeShown(b)];
  if (text === other)
    return { original: `${text} (as it is drawn)`, rewritten: `${other} (drawn otherwise)` };
  const [lines, others] = [text.split('\n'), other.split('\n')];
  const at = lines.findIndex(
    (line, number) =>
      !(unsteady instanceof Set && unsteady.has(number)) && !comparing.sameText(line, others[number] ?? ''),
  );
  const from = Math.max(0, at < 0 ? 0 : at - 1);
  return { original: excerpt(lines.slice(from)), rewritten: excerpt(others.slice(from)) };
}

const MOST_LINES = 6;

function excerpt(lines: readonly string[]): string {
  const text = lines.slice(0, MOST_LINES).join('\n');
  return lines.length > MOST_LINES ? `${text}\n...` : text;
}

function describeShown(item: ShownItem | null): string {
  if (item === null) return '(nothing)';
  if (item.kind === 'text') return item.text;
  if (item.kind === 'error') return `${item.ename}: ${item.evalue}`;
  return item.data['text/plain'] ?? item.data['text/html'] ?? Object.keys(item.data).join();
}

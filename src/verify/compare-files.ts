import { readFileSync } from 'node:fs';
import { samePixels } from './compare-images.js';
import type { Comparing } from './comparing.js';
import type { WrittenFile } from './notebook-run.js';
import type { Difference } from './verification.js';

/** A file that is larger is compared by its digest alone. */
const MOST_BYTES = 64 << 20;

/** Files that the two notebooks wrote and that are not the same; those that only one of them wrote are. */
export function* compareFiles(
  original: readonly WrittenFile[],
  rewritten: readonly WrittenFile[],
  comparing: Comparing,
  unsteady: ReadonlySet<string> = new Set(),
): Generator<Difference> {
  const others = new Map(rewritten.map((file) => [file.path, file]));
  for (const file of original) {
    const other = others.get(file.path);
    others.delete(file.path);
    if (unsteady.has(file.path) || (other && sameFile(file, other, comparing))) continue;
    yield difference(file.path, file, other);
  }
  for (const file of others.values())
    if (!unsteady.has(file.path)) yield difference(file.path, undefined, file);
}

function sameFile(a: WrittenFile, b: WrittenFile, comparing: Comparing): boolean {
  if (a.digest === b.digest) return true;
  if (a.at === null || b.at === null || Math.max(a.bytes ?? 0, b.bytes ?? 0) > MOST_BYTES) return false;
  const [bytes, others] = [readFileSync(a.at), readFileSync(b.at)];
  if (a.path.toLowerCase().endsWith('.png')) {
    const rounded = comparing.declared.rounding !== null;
    return samePixels('image/png', bytes.toString('base64'), others.toString('base64'), rounded);
  }
  // A zero byte makes it no text.
  return (
    !bytes.includes(0) &&
    !others.includes(0) &&
    comparing.sameText(bytes.toString('utf8'), others.toString('utf8'))
  );
}

function difference(path: string, a: WrittenFile | undefined, b: WrittenFile | undefined): Difference {
  return {
    kind: 'file',
    where: path,
    cells: { original: null, rewritten: null },
    original: describe(a),
    rewritten: describe(b),
  };
}

function describe(file: WrittenFile | undefined): string {
  if (file === undefined) return '(not written)';
  if (file.digest === null) return '(removed)';
  return `${file.bytes} bytes, sha256 ${file.digest.slice(0, 12)}`;
}

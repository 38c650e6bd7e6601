import { compareFiles } from './compare-files.js';
import { compareNames } from './compare-held.js';
import { compareShown, findUnsteady, type UnsteadyShown } from './compare-shown.js';
import { Comparing } from './comparing.js';
import { type Declared, NOTHING_DECLARED } from './declared.js';
import type { ComparableRun } from './notebook-run.js';
import { shownSequence } from './shown-sequence.js';
import type { Verification } from './verification.js';

/** The part of a verification that two runs, or three with the original's second, say. */
export type Comparison = Pick<
  Verification,
  | 'differences'
  | 'largestDifference'
  | 'notReproducible'
  | 'normalised'
  | 'compared'
  | 'freed'
  | 'incomparable'
>;

/** What the original does not do twice. */
interface Unsteady {
  readonly shown: UnsteadyShown;
  /** Parts of what names hold: `df['a']`. */
  readonly names: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

const STEADY: Unsteady = { shown: new Map(), names: new Set(), files: new Set() };

/**
 * What a rewritten notebook shows, holds and writes that the original did not.
 *
 * @param again a second run of the original: what differs between its own runs is not held against the rewritten notebook
 */
export function compareRuns(
  original: ComparableRun,
  rewritten: ComparableRun,
  declared: Declared = NOTHING_DECLARED,
  again: ComparableRun | null = null,
): Comparison {
  const unsteady = again === null ? STEADY : findUnsteadyParts(original, again);
  const comparing = new Comparing(declared);
  const sequence = shownSequence(original.cells, declared.silenced);
  const shown = [
    ...compareShown(sequence, shownSequence(rewritten.cells, declared.silenced), comparing, unsteady.shown),
  ];
  const names = compareNames(original, rewritten, comparing, unsteady.names);
  const files = [...compareFiles(original.files, rewritten.files, comparing, unsteady.files)];
  const lost = [...unsteady.shown.values()].filter((lines) => lines === 'all').length;
  return {
    differences: [
      ...shown,
      ...names.differences.map(({ name: _, part: __, ...difference }) => difference),
      ...files,
    ],
    largestDifference: comparing.largestDifference,
    notReproducible: [
      ...[...unsteady.shown].map(([position, lines]) => ({
        kind: 'shown' as const,
        where: `shown ${position + 1}${lines === 'all' ? '' : `, ${countOf(lines.size, 'line')} of it`}`,
      })),
      ...[...unsteady.names].map((where) => ({ kind: 'name' as const, where })),
      ...[...unsteady.files].map((where) => ({ kind: 'file' as const, where })),
    ],
    normalised: [...comparing.normalised].map(([what, times]) => ({ what, times })),
    compared: {
      outputs: { compared: sequence.length - lost, of: sequence.length },
      names: names.share,
      files: { compared: original.files.length - unsteady.files.size, of: original.files.length },
    },
    freed: names.freed,
    incomparable: names.incomparable,
  };
}

function findUnsteadyParts(original: ComparableRun, again: ComparableRun): Unsteady {
  const comparing = new Comparing(NOTHING_DECLARED);
  const shown = findUnsteady(shownSequence(original.cells), shownSequence(again.cells), comparing);
  const names = compareNames(original, again, comparing).differences.map(({ part }) => part);
  const files = [...compareFiles(original.files, again.files, comparing)].map(({ where }) => where);
  return { shown, names: new Set(names), files: new Set(files) };
}

function countOf(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

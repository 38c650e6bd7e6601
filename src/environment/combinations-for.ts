import { COMBINATIONS, type Combination } from './environment.js';
import { allows, compareVersions, exactVersion, parseVersion } from './version-range.js';

/** What is known of a package: ranges of which one holds; `false` where it is known to be absent, null where nothing is known. */
export type Known = readonly string[] | false | null;

/** The releases of pandas that a range is tried on: the first and the last of each minor version. */
const PANDAS =
  '1.0.0 1.1.5 1.2.5 1.3.5 1.4.4 1.5.0 1.5.3 2.0.0 2.0.3 2.1.0 2.1.4 2.2.0 2.2.3 2.3.0 2.3.3 3.0.0 3.0.6 3.1.0 3.1.1';
const NUMPY =
  '1.16.6 1.20.3 1.21.6 1.22.4 1.23.5 1.24.4 1.25.2 1.26.0 1.26.4 2.0.0 2.0.2 2.1.3 2.2.6 2.3.5 2.4.0 2.4.6';

/**
 * Which of the tested combinations may behave as these versions do.
 *
 * A pandas between two tested ones behaves like the one or the other, so it stands for both. Older than 1.5 or newer
 * than 3.1 it is taken for the nearest, with a warning.
 */
export function combinationsFor(
  pandas: Known,
  numpy: Known,
  pyarrow: Known,
): { readonly combinations: readonly Combination[]; readonly warning: string | null } {
  if (pandas === null || pandas === false) return { combinations: COMBINATIONS, warning: null };
  const { releases, warning } = releasesIn(pandas);
  const found = new Set(releases.flatMap((release) => combinationsOf(release, numpy, pyarrow)));
  return { combinations: COMBINATIONS.filter((combination) => found.has(combination)), warning };
}

/** The releases that one of the ranges allows; where none of them is supported, the nearest that is. */
function releasesIn(ranges: readonly string[]): { releases: readonly string[]; warning: string | null } {
  const releases = ranges.flatMap((range) => releasesOf(range, PANDAS));
  const supported = releases.filter((release) => !isOlder(release) && !isNewer(release));
  if (supported.length > 0) return { releases: supported, warning: null };
  const written = ranges.join(' or ').replace(/^==/, '');
  // A range that allows nothing known is one of the future, unless its own number says otherwise.
  const numbers = releases.length > 0 ? releases : ranges.map((range) => range.replace(/^[^\d]+/, ''));
  if (numbers.some(isNewer)) {
    return {
      releases: ['3.1.1'],
      warning: `pandas ${written} is newer than what nbslim was tested on; it is taken for 3.1.`,
    };
  }
  return {
    releases: ['1.5.3'],
    warning: `pandas ${written} is older than what nbslim supports; it is taken for 1.5.`,
  };
}

const isOlder = (release: string) => compareVersions(parseVersion(release) ?? [], [1, 5]) < 0;
const isNewer = (release: string) => compareVersions(parseVersion(release) ?? [], [3, 2]) >= 0;

/** A pin is its own release, in the list or not. */
function releasesOf(range: string, known: string): readonly string[] {
  const exact = exactVersion(range);
  if (exact !== null) return [exact];
  return known.split(' ').filter((release) => allows(range, parseVersion(release) ?? []));
}

function combinationsOf(release: string, numpy: Known, pyarrow: Known): readonly Combination[] {
  const minor = (parseVersion(release) ?? []).slice(0, 2).join('.');
  const numpy1 = mayBeNumpy(numpy, 1);
  const numpy2 = mayBeNumpy(numpy, 2);
  if (minor === '1.5') return ['E1'];
  const on2: Combination[] = [];
  if (numpy1) on2.push('E2');
  if (numpy2) on2.push('E3');
  if (minor === '2.3') return on2;
  if (minor.startsWith('2.')) return ['E1', ...on2];
  // What numpy 1 does on pandas 3 was tested on pandas 2.3 alone; nobody installs it there without saying so.
  const old: Combination[] = numpy1 && numpy !== null && !numpy2 ? ['E2'] : [];
  if (minor === '3.0') return pyarrow !== null && pyarrow !== false ? [...old, 'E4'] : [...old, 'E4', 'E5'];
  if (pyarrow === null) return [...old, 'E5', 'E6'];
  return [...old, pyarrow === false ? 'E5' : 'E6'];
}

function mayBeNumpy(numpy: Known, major: 1 | 2): boolean {
  if (numpy === null || numpy === false) return true;
  const releases = numpy.flatMap((range) => releasesOf(range, NUMPY));
  return releases.length === 0 || releases.some((release) => release.startsWith(`${major}.`));
}

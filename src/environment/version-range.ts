/**
 * Versions and ranges of them, as pip (PEP 440), poetry and conda write them, as far as releases of pandas, numpy and
 * pyarrow need it: numbers only, a suffix (`rc1`, `.post1`, `+cu118`) is left out.
 */

/** A version as numbers: `'2.3.3rc1'` is `[2, 3, 3]`; null where it does not start with one. */
export function parseVersion(text: string): readonly number[] | null {
  const match = /^\s*v?(\d+(?:\.\d+)*)/.exec(text);
  return match?.[1] ? match[1].split('.').map(Number) : null;
}

/** Less than 0 where `a` is older than `b`. What is missing counts as zero: 2.3 is 2.3.0. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The one version that a range allows: `'==1.5.3'`, `'===1.5.3'`; null for every other range, `==1.5.*` among them.
 */
export function exactVersion(range: string): string | null {
  const match = /^\s*={2,3}\s*([\w.+!-]+)\s*$/.exec(range);
  return match?.[1] ?? null;
}

/**
 * Does a range allow a version? What can't be read allows it: a range only ever leaves out what it surely leaves out.
 *
 * @param range `'>=1.5,<3'`, `'~=2.3.0'`, `'^2.0'`, `'=1.5'` (conda), `'>=1.5 || ==1.3.*'`; empty: everything
 * @param version numbers, see {@link parseVersion}
 */
export function allows(range: string, version: readonly number[]): boolean {
  return range.split('||').some((alternative) =>
    alternative
      .split(',')
      .flatMap((part) => part.trim().split(/\s+(?=[<>=~^!])/))
      .every((clause) => clauseAllows(clause.trim(), version)),
  );
}

function clauseAllows(clause: string, version: readonly number[]): boolean {
  const match = /^(===?|~=|!=|<=|>=|<|>|=|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?/.exec(clause);
  const bound = parseVersion(match?.[2] ?? '');
  if (!match || !bound) return true;
  const operator = match[1] ?? '==';
  const isPrefix = match[3] !== undefined;
  const order = compareVersions(version, bound);
  const hasPrefix = bound.every((number, place) => (version[place] ?? 0) === number);
  switch (operator) {
    case '=':
      return hasPrefix;
    case '==':
    case '===':
      return isPrefix ? hasPrefix : order === 0;
    case '!=':
      return isPrefix ? !hasPrefix : order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '~=':
      return order >= 0 && startsWith(version, bound.slice(0, -1));
    case '~':
      return order >= 0 && startsWith(version, bound.slice(0, Math.min(bound.length, 2)));
    default:
      // Poetry's caret: up to the next change of the first number that is not zero.
      return order >= 0 && startsWith(version, bound.slice(0, bound.findIndex((number) => number > 0) + 1));
  }
}

function startsWith(version: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((number, place) => (version[place] ?? 0) === number);
}

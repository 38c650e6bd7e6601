import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { combinationsFor, type Known } from './combinations-for.js';
import { type Environment, UNKNOWN_ENVIRONMENT } from './environment.js';
import { REQUIREMENTS_FORMATS, type Requirements } from './requirements.js';
import { exactVersion } from './version-range.js';

/**
 * What a notebook in `directory` will run on, by the nearest file that says which pandas: a lock file, requirements.txt,
 * environment.yml, pyproject.toml, in this directory or one above it, up to the repository's root (where `.git` is).
 * Nothing is run.
 *
 * @returns {@link UNKNOWN_ENVIRONMENT} where no file says so. A file that can't be read is named in `warning`.
 */
export function findEnvironment(directory: string): Environment {
  const unreadable: string[] = [];
  for (const place of upToRoot(path.resolve(directory))) {
    for (const { file, read } of REQUIREMENTS_FORMATS) {
      const text = readTextIfThere(path.join(place, file));
      if (text === null) continue;
      try {
        const requirements = read(text);
        if (requirements.packages.has('pandas')) return environmentOf(requirements, file, unreadable);
      } catch (error) {
        unreadable.push(
          `${file} can not be read: ${error instanceof Error ? error.message.split('\n')[0] : error}.`,
        );
      }
    }
  }
  if (unreadable.length === 0) return UNKNOWN_ENVIRONMENT;
  return { ...UNKNOWN_ENVIRONMENT, warning: unreadable.join(' ') };
}

function environmentOf(requirements: Requirements, file: string, unreadable: readonly string[]): Environment {
  const pandas = known(requirements, 'pandas');
  const numpy = known(requirements, 'numpy');
  const pyarrow = known(requirements, 'pyarrow');
  const { combinations, warning } = combinationsFor(pandas, numpy, pyarrow);
  const warnings = [...unreadable, ...(warning === null ? [] : [warning])];
  return {
    versions: {
      python: exact(known(requirements, 'python')),
      pandas: exact(pandas),
      numpy: exact(numpy),
      pyarrow: pyarrow === false ? false : exact(pyarrow),
    },
    origin: file,
    ...(warnings.length === 0 ? {} : { warning: warnings.join(' ') }),
    combinations,
  };
}

/** Only pyarrow can be absent where pandas is not. */
function known(requirements: Requirements, name: string): Known {
  const ranges = requirements.packages.get(name);
  if (ranges) return ranges;
  return requirements.isComplete && name === 'pyarrow' ? false : null;
}

function exact(ranges: Known): string | null {
  return ranges && ranges.length === 1 ? exactVersion(ranges[0] ?? '') : null;
}

function* upToRoot(directory: string): Generator<string> {
  for (let place = directory; ; place = path.dirname(place)) {
    yield place;
    if (existsSync(path.join(place, '.git')) || path.dirname(place) === place) return;
  }
}

function readTextIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not there, a directory, or not ours to read: it says nothing either way.
    return null;
  }
}

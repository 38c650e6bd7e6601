import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { refactorNotebook } from '../../src/batch/refactor-notebook.js';
import type { Settings } from '../../src/batch/settings.js';
import { type Environment, UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import type { Refactoring } from '../../src/refactor/refactoring.js';
import { transforms } from '../../transforms/index.js';

export const FIXTURES = fileURLToPath(new URL('../../__fixtures__', import.meta.url));

/** What a transform makes of a notebook: `out.ipynb`, or `refusals.json` (the notebook stays), or both. */
export interface Fixture {
  readonly transform: string;
  /** `refuses-alias-in-list`. */
  readonly name: string;
  readonly directory: string;
  /** Of `options.json`; the transform itself is selected by its folder. */
  readonly settings: Settings;
  /** `combinations` of `options.json`: what the notebook is known to run on. All six where it says nothing. */
  readonly environment: Environment;
  /** `needs` of `options.json`: modules that the test environments do not have, so that these cannot run it. */
  readonly needs: readonly string[];
  readonly out: string | null;
  readonly refusals: string | null;
}

/** What other files of a case are called: the notebook's own data, and what it finds its environment in. */
const KNOWN = new Set(['in.ipynb', 'out.ipynb', 'refusals.json', 'options.json']);
const DATA = /\.(csv|tsv|txt)$/;

/** All cases of the transforms that are there. Throws for a folder that no transform has, or a file that nobody reads. */
export function findFixtures(): readonly Fixture[] {
  const ids = new Set(transforms.map(({ id }) => id));
  return directoriesIn(FIXTURES).flatMap((transform) => {
    if (!ids.has(transform)) return [];
    return directoriesIn(path.join(FIXTURES, transform)).map((name) => readFixture(transform, name));
  });
}

function readFixture(transform: string, name: string): Fixture {
  const directory = path.join(FIXTURES, transform, name);
  const text = (file: string) => {
    const at = path.join(directory, file);
    return existsSync(at) ? readFileSync(at, 'utf8') : null;
  };
  for (const file of readdirSync(directory)) {
    if (!KNOWN.has(file) && !DATA.test(file)) throw new Error(`${directory}: nobody reads ${file}`);
  }
  const {
    combinations,
    needs = [],
    ...settings
  } = JSON.parse(text('options.json') ?? '{}') as Settings &
    Partial<Pick<Environment, 'combinations'> & Pick<Fixture, 'needs'>>;
  return {
    transform,
    name,
    directory,
    settings,
    environment: combinations
      ? { ...UNKNOWN_ENVIRONMENT, origin: 'options.json', combinations }
      : UNKNOWN_ENVIRONMENT,
    needs,
    out: text('out.ipynb'),
    refusals: text('refusals.json'),
  };
}

/**
 * Refactors the notebook of a fixture, or another text in its place.
 *
 * @param select the transforms: the fixture's alone, unless told; null for all
 */
export function refactorFixture(
  fixture: Fixture,
  text = readInput(fixture),
  select: Settings['select'] | null = [fixture.transform],
): Promise<Refactoring> {
  return refactorNotebook({
    text,
    path: path.join(fixture.directory, 'in.ipynb'),
    transforms,
    // The data of a case are a few rows: by default nothing would be worth it.
    settings: { minSaving: 0, ...fixture.settings, select: select ?? null },
    environment: fixture.environment,
  });
}

export function readInput(fixture: Fixture): string {
  return readFileSync(path.join(fixture.directory, 'in.ipynb'), 'utf8');
}

/** `refusals.json`: what is refused, where and why; `<here>` stands for the fixture's folder. */
export function formatRefusals({ directory }: Fixture, { refusals }: Refactoring): string {
  const rows = refusals.map(({ refusal: { code, subject, why }, place: { cell, line, column } }) => ({
    code,
    ...(subject === undefined ? {} : { subject }),
    place: `cell ${cell}:${line}:${column}`,
    why: why.replaceAll(directory, '<here>'),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function directoriesIn(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

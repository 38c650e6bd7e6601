import type { Environment } from '../environment/environment.js';
import { findEnvironment } from '../environment/find-environment.js';
import type { Transform } from '../refactor/contract.js';
import { gather } from '../refactor/gather.js';
import { defaultOptions, refactor } from '../refactor/refactor.js';
import type { Refactoring } from '../refactor/refactoring.js';
import type { Settings } from './settings.js';

export interface RefactorJob {
  /** The whole file. */
  readonly text: string;
  /** For messages, and where data files and the environment are looked for: beside it. */
  readonly path: string;
  readonly transforms: readonly Transform[];
  readonly settings: Settings;
  /** What the notebook runs on, where that is known already; else it is found. */
  readonly environment?: Environment | undefined;
  /** The Python that the notebook runs on, to be asked for its versions. */
  readonly python: string | null;
  /** Called with the bytes of data files that were scanned since the last call. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/** Refactors one notebook with all that belongs to it: its environment and its data. Writes nothing. */
export async function refactorNotebook(job: RefactorJob): Promise<Refactoring> {
  const { text, path, transforms, settings } = job;
  const environment = job.environment ?? (await findEnvironment(path, job.python));
  const options = { ...defaultOptions(environment), ...settings };
  return refactor(text, path, transforms, options, gather);
}

import type { Environment } from '../environment/environment.js';
import type { Transform } from '../refactor/contract.js';
import { gatherWith } from '../refactor/gather.js';
import { defaultOptions, refactor } from '../refactor/refactor.js';
import type { Refactoring } from '../refactor/refactoring.js';
import type { Settings } from './settings.js';

export interface RefactorJob {
  /** The whole file. */
  readonly text: string;
  /** For messages; data files are looked for beside it. */
  readonly path: string;
  readonly transforms: readonly Transform[];
  readonly settings: Settings;
  readonly environment: Environment;
  /** Called with the bytes of data files that were scanned since the last call. */
  readonly onBytes?: (count: number) => void;
}

/** Refactors one notebook with the data files around it. Writes nothing. */
export function refactorNotebook(job: RefactorJob): Promise<Refactoring> {
  const { text, path, transforms, settings, environment, onBytes } = job;
  const options = { ...defaultOptions(environment), ...settings };
  return refactor(text, path, transforms, options, gatherWith(onBytes));
}

import { transforms as allTransforms } from '../transforms/index.js';
import { environmentFinder } from './batch/find-environment.js';
import { refactorNotebook } from './batch/refactor-notebook.js';
import type { Settings } from './batch/settings.js';
import type { Environment } from './environment/environment.js';
import type { Transform } from './refactor/contract.js';
import type { Refactoring } from './refactor/refactoring.js';

export type { CellFacts, Program, StatementFacts } from './analysis/program.js';
export type { Settings } from './batch/settings.js';
export type { Environment, Versions } from './environment/environment.js';
export { UserError } from './errors/user-error.js';
export type { Cell, Notebook } from './notebook/notebook.js';
export type {
  Assumption,
  Change,
  Effect,
  Evidence,
  Finding,
  Intent,
  Options,
  Refusal,
  Tier,
  Transform,
} from './refactor/contract.js';
export type { PlacedRefusal, PlannedChange, Refactoring, Saving, Timeline } from './refactor/refactoring.js';

/** nbslim's own transforms, in the order in which they are planned. */
export const transforms: readonly Transform[] = allTransforms;

export interface RefactorOptions extends Settings {
  /** Where the notebook stands: its data and its environment are looked for beside it. Default: the current directory. */
  readonly path?: string;
  /** The Python that the notebook runs on, to be asked for its versions. */
  readonly python?: string;
  /** What the notebook runs on, instead of looking for it. */
  readonly environment?: Environment;
  /** Instead of nbslim's own. */
  readonly transforms?: readonly Transform[];
}

/**
 * Rewrites a notebook so that it needs less memory. Writes nothing: the result's `text` is the new file.
 *
 * @param text the whole .ipynb file
 * @throws UserError for what is no notebook of nbformat 4 in Python
 */
export async function refactor(text: string, options: RefactorOptions = {}): Promise<Refactoring> {
  const {
    path = 'notebook.ipynb',
    python = null,
    environment = await environmentFinder(python)(path),
    transforms = allTransforms,
    ...settings
  } = options;
  return refactorNotebook({ text, path, transforms, settings, environment });
}

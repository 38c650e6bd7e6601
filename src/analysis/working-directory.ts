import type { Call } from '../python/ast.js';
import type { Program } from './program.js';

/** What gives relative paths another meaning from then on. */
const CHANGES: ReadonlySet<string> = new Set(['os.chdir', 'os.fchdir', 'contextlib.chdir']);

/** Whether the call changes the working directory. */
export const changesDirectory = (program: Program, { func }: Call): boolean =>
  CHANGES.has(program.notebookNames.qualifiedName(func) ?? '');

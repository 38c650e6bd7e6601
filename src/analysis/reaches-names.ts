import type { Position } from '../python/ast.js';

/** What reaches any global name, in whatever function it is called. */
const FROM_ANYWHERE: ReadonlySet<string> = new Set([
  'exec',
  'eval',
  'globals',
  'get_ipython',
  // These run a text as code of the notebook.
  'cProfile.run',
  'profile.run',
  // And these give its names.
  'inspect.currentframe',
  'sys._getframe',
]);

/** What gives the names of where it stands: at the top level those of the notebook. */
const FROM_WHERE_IT_STANDS: ReadonlySet<string> = new Set(['locals', 'vars', 'dir']);

/** Whether a function can reach any of the notebook's names, by where it is defined. */
export const reachesAnyName = (qualified: string): boolean => FROM_ANYWHERE.has(qualified);

/** The same of a call that is followed to where it stands. */
export const reachesNamesHere = (qualified: string): boolean =>
  FROM_ANYWHERE.has(qualified) || FROM_WHERE_IT_STANDS.has(qualified);

/** Code that may read or change whatever any name holds, in a way that nobody can tell: `exec(text)`, `globals()`. */
export interface Reach {
  /** A sentence without its full stop. */
  readonly why: string;
  readonly at: Position;
}

export const reachOf = (qualified: string, at: Position): Reach => ({
  why: `\`${qualified}()\` can reach any name`,
  at,
});

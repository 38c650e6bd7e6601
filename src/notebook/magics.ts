import type { SourceSpan } from '../text/offset.js';

/**
 * - `line`: `%matplotlib inline`, `x = %timeit -o f()`
 * - `cell`: `%%bash`; its span is the whole rest of the cell, unless it holds Python: then it is the first line
 * - `shell`: `!ls`, `!!ls`, `files = !ls`
 * - `help`: `?f`, `f?`, `%time??`
 * - `automagic`: `pip install x`, a magic without its `%`
 * - `autocall`: `,f a b`, `;f a b`, `/f a b`, and a `;` alone
 * - `databricks`: a cell in another language, by its first line: `%sql`, `%md`
 */
export type MagicKind = 'line' | 'cell' | 'shell' | 'help' | 'automagic' | 'autocall' | 'databricks';

/**
 * What a magic does to the notebook, apart from the names that it defines and uses:
 * - `none`: nothing
 * - `display`: it shows something, or changes what is shown; its place in the order counts
 * - `config`: it changes how the code after it runs or is shown, and no names
 * - `outside`: it may change files, packages, processes, the environment; its place in the order counts
 * - `opaque`: any name may have changed, or the code is not what it seems
 */
export type MagicEffect = 'none' | 'display' | 'config' | 'outside' | 'opaque';

/** One piece of IPython syntax in a cell. */
export interface Magic {
  readonly kind: MagicKind;
  /** Without `%`; `'!'` or `'!!'` for a shell line, `'?'` or `'??'` for help, `','`, `';'` or `'/'` for autocall. */
  readonly name: string;
  readonly span: SourceSpan;
  /** What follows the name, on its line; a line that is continued by a backslash is put together. */
  readonly args: string;
  /** The Python that the magic runs and that is still there in the masked text; null if there is none. */
  readonly python: SourceSpan | null;
  /** That Python's names are its own: `%timeit x = f()` defines no x. Else they are the notebook's. */
  readonly discardsNames: boolean;
  /**
   * The value of its Python's last expression is the magic's own, and so is shown below the cell: `%time`, `%%time`.
   * With other magics (`%timeit`, `%%capture`) a last expression shows nothing.
   */
  readonly givesValue: boolean;
  /** Names that the magic itself binds: `files = !ls`, `%%capture out`. Not those that its Python binds. */
  readonly defines: readonly string[];
  /** Names that it may read: `$x` and `{x + 1}`, arguments that are code, words of a query. May be too many. */
  readonly uses: readonly string[];
  readonly effect: MagicEffect;
  /** A part of a sentence for messages: `'%run runs another file in this namespace'`. Empty where the effect is `none`. */
  readonly why: string;
}

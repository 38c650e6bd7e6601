import type { Program } from '../analysis/program.js';
import type { Read } from '../analysis/reads.js';
import type { CsvProfile } from '../data/column-profile.js';
import type { Environment } from '../environment/environment.js';
import type { Call, Expression, Node, Position, Statement } from '../python/ast.js';

/**
 * The contract of a transform: it looks at a program and says what it would change and what it refuses. It changes
 * nothing itself, reads no file and never sees another transform's text.
 */
export interface Transform {
  /** As it is written after `--select`: `'dtype'`. */
  readonly id: string;
  /** One line, for `nbslim list`. */
  readonly summary: string;
  /**
   * For `nbslim explain`, in Markdown: what it does, why that saves memory, an example before and after, and when it
   * refuses. It ends with a newline.
   */
  readonly explanation: string;
  /** Off unless it is selected by name or `isAskedFor`. */
  readonly optIn?: boolean;
  /** Whether an option of its own asks for it: then it runs although it is opt-in, and proposes what saves nothing too. */
  isAskedFor?(options: Options): boolean;
  /**
   * Whether it is right even where code may reach any name, as what it does rests on nothing but what is written out at one
   * place: only then is it asked about such a notebook.
   */
  readonly isTextual?: boolean;
  /** Which reads it wants profiled; none where it is not there. */
  needs?(program: Program, options: Options): Iterable<Read>;
  find(program: Program, evidence: Evidence, options: Options): Iterable<Finding>;
}

/** What is known about the data: at most one profile or refusal for each read. */
export type Evidence = ReadonlyMap<Read, ReadEvidence>;

export type ReadEvidence =
  | { readonly type: 'profile'; readonly profile: CsvProfile }
  | { readonly type: 'unknown'; readonly code: string; readonly why: string };

/** A finding and nothing else leaves a transform. */
export type Finding = Change | Refusal;

export interface Refusal {
  readonly type: 'refusal';
  /** Stable, in kebab case: `'alias'`. */
  readonly code: string;
  /** A whole sentence for the notebook's author: what was found, and where it stands. */
  readonly why: string;
  /** What would have been changed. */
  readonly at: Position;
  /** What makes two refusals at one place two: a column's name. */
  readonly subject?: string;
}

export interface Change {
  readonly type: 'change';
  /** What it is about; its place is the change's place. */
  readonly at: Node;
  /** What makes two changes at one place two: a column's name. */
  readonly subject?: string;
  /** In one line: `read 'Timestamp' as uint32`. */
  readonly summary: string;
  /** Why it is right and what it rests on, in whole sentences. */
  readonly reason: string;
  readonly effect: Effect;
  readonly assumes: readonly Assumption[];
  readonly intents: readonly Intent[];
  /** What it does to the objects of the memory model; the saving is worked out from this, never by the transform. */
  readonly adjustments: readonly Adjustment[];
  /** Names that hold a value at the notebook's end before and not after. */
  readonly frees?: readonly string[];
  /** Warnings that may be shown before and not after, by the names of their classes. */
  readonly silences?: readonly string[];
  /** Names that at the notebook's end hold another value than before, which nothing reads: where loops were left an older one. */
  readonly leavesStale?: readonly string[];
  /** Names that hold a list before and after it a sequence which loads the same values when they are asked for. */
  readonly loadsLater?: readonly string[];
  /** Columns of strings that hold codes afterwards, and the top-level name of the dict that says which. */
  readonly maps?: readonly { readonly column: string; readonly map: string }[];
  /** Changes of the same transform that this one cannot stand without, by identity. */
  readonly dependsOn?: readonly Change[];
}

/**
 * How the notebook's shown values may differ. `types`: only the names of types and the memory that a cell prints.
 * `rounding`: numbers, in late digits. `different`: by more.
 */
export type Effect = 'none' | 'types' | 'rounding' | 'different';

/**
 * What a change rests on beyond the code: `data`, the file as it was scanned; `linear`, that the cells run once, from
 * top to bottom; `version`, the environment that was found; `consent`, something that a person must agree to.
 */
export type Assumption = 'code' | 'data' | 'linear' | 'version' | 'consent';

export type Tier = 'safe' | 'lossy' | 'unsafe';

/**
 * Text that holds references to original nodes, so that what others want inside them survives. A reference brings the
 * parentheses along that stand around the expression. Lines after the first are indented by the renderer.
 */
export type Code = readonly (string | CodeReference)[];

export interface CodeReference {
  readonly node: Expression | Statement;
  /** Of an expression only what stands from this node on, which is a part of it: `b(x)` of `(a.b(x))`. */
  readonly from?: Node;
}

/** What a change wants of the original syntax. */
export type Intent =
  | SetKeyword
  | MergeEntries
  | ReplaceExpression
  | ReplaceStatements
  | InsertAfter
  | Delete
  | Show
  | Extract
  | Drop;

/** `name=code` among the call's arguments: in place of the value that stands there, or after the last argument. */
export interface SetKeyword {
  readonly type: 'setKeyword';
  readonly call: Call;
  readonly name: string;
  readonly code: Code;
}

/**
 * `name={key: value, ...}` among the call's arguments, its entries given by several changes together, in the order of
 * their keys' `order`. Where the call has a dict display there, the entries are added to it; anything else there is a
 * bug of the transform. `key` and `value` are Python source, quoted and escaped already: `"'a'"`, `"'int8'"`.
 */
export interface MergeEntries {
  readonly type: 'mergeEntries';
  readonly call: Call;
  readonly name: string;
  readonly entries: readonly { readonly key: string; readonly value: string; readonly order: number }[];
}

/** The parentheses around the expression stay; the code must not need more than those. */
export interface ReplaceExpression {
  readonly type: 'replaceExpression';
  readonly node: Expression;
  readonly code: Code;
}

/** Statements that follow each other in one block become `code`; comments between them stay. */
export interface ReplaceStatements {
  readonly type: 'replaceStatements';
  readonly statements: readonly Statement[];
  readonly code: Code;
}

/** A line of its own below the statement, indented as it is. */
export interface InsertAfter {
  readonly type: 'insertAfter';
  readonly statement: Statement;
  readonly code: Code;
}

/** `del name` on a line below the statement. In a function that got the name from outside it would free nothing. */
export interface Delete {
  readonly type: 'delete';
  readonly statement: Statement;
  readonly name: string;
}

/** The expression statement becomes `display(...)`. */
export interface Show {
  readonly type: 'show';
  readonly statement: Statement;
  /** Where its value may be None, which a notebook does not show: the name under which it is asked whether it is. */
  readonly testedAs?: string;
}

/**
 * Whole code cells that follow each other, with the markdown between them, become one cell: the statements of
 * `outside` (imports and the magics of the first cell) at its top, then a function of the rest, then its call. The
 * markdown cells move above it. Comments go where their statements go.
 */
export interface Extract {
  readonly type: 'extract';
  /** Indexes of the code cells, ascending, from 1 over all cells. */
  readonly cells: readonly number[];
  readonly outside: readonly Statement[];
  readonly name: string;
  readonly parameters: readonly string[];
  readonly results: readonly string[];
  /** One line for the function's docstring, or null. */
  readonly docstring: string | null;
}

export interface Drop {
  readonly type: 'drop';
  readonly statement: Statement;
}

/** What a change does to the memory model's objects. */
export type Adjustment =
  /** A column of a read takes `dtype` instead of what pandas infers. */
  | { readonly type: 'column-dtype'; readonly read: Read; readonly column: string; readonly dtype: string }
  /** The read makes these columns only. */
  | { readonly type: 'columns'; readonly read: Read; readonly columns: readonly string[] }
  /** No more than so many rows of the read are held at once. */
  | { readonly type: 'rows'; readonly read: Read; readonly rows: number }
  /** The read's working memory is no more than `fraction` of what it is now (read with one thread: 0.5). */
  | { readonly type: 'read-memory'; readonly read: Read; readonly fraction: number }
  /**
   * What these names hold after `statement` (an index into `program.statements`) is freed there; where there is a `since`,
   * only what they have come to hold at that statement or later. `Out` is the name of what cells show.
   */
  | {
      readonly type: 'dies-after';
      readonly names: readonly string[];
      readonly statement: number;
      readonly since?: number;
    }
  /** What the expression gives is no longer held as a whole. */
  | { readonly type: 'not-built'; readonly made: Expression; readonly statement: number }
  /** Each of the calls no longer makes a copy of `fraction` of its receiver while it runs. */
  | { readonly type: 'no-copy'; readonly calls: readonly Call[]; readonly fraction: number };

export interface Options {
  readonly environment: Environment;
  /** The widest tier that is wanted. */
  readonly tier: Tier;
  /** Leave out what has the effect `types`, and what rests on data that may grow. */
  readonly strict: boolean;
  /** How many times the range seen a narrower type must hold. */
  readonly headroom: number;
  /** Bytes that a change must save, where it is known what it saves. */
  readonly minSaving: number;
  /** Propose `inplace` wherever it is right, not only where it saves memory. */
  readonly inplaceAll: boolean;
  /** Take out again what a transform has put in, or a person has: `inplace=True` that pandas is about to drop. */
  readonly reverse: boolean;
  /** The largest batch that `batch-size` leaves, in samples; null: no bound. */
  readonly maxBatchSize: number | null;
  /** What `batch-size` makes of each batch, as a fraction below 1; null: nothing, or a half where it is selected by name alone. */
  readonly batchFactor: number | null;
  /** Allow float16, after reading, in the unsafe tier. */
  readonly float16: boolean;
  /** Where the imports of a collapsed chain go. */
  readonly imports: 'top' | 'inside';
  /** Transform ids; null: all that are not opt-in. */
  readonly select: readonly string[] | null;
  readonly ignore: readonly string[];
  readonly outputs: 'keep' | 'clear-changed' | 'clear';
  /** Changes to leave out, by id. */
  readonly leaveOut: readonly string[];
}

import type { CellMarkers } from '../notebook/cell-markers.js';
import type { Magic } from '../notebook/magics.js';
import type { Cell, Notebook } from '../notebook/notebook.js';
import type { ValueKind } from '../pandas/kinds.js';
import type { Expression, Module, Node, Position, Statement } from '../python/ast.js';
import type { ColumnUse } from './column-use.js';
import type { NotebookNames } from './notebook-names.js';
import type { Reach } from './reaches-names.js';
import type { Read } from './reads.js';

/**
 * Syntax and meaning of a whole notebook. A notebook is one program: its scope is all its code cells, in their order.
 * Every transform asks its questions here and holds no analysis of its own. All answers err to one side, the one that
 * makes a transform refuse. What it takes to run the abstract program is worked out when it is first asked for: the notebook,
 * its cells without their statements, and often `reach` are known without.
 */
export interface Program {
  readonly notebook: Notebook;
  /** All cells, markdown and raw ones too: `cells[i].index === i + 1`. */
  readonly cells: readonly CellFacts[];
  /** The top-level statements of the code cells that could be parsed, in notebook order: `statements[i].index === i`. */
  readonly statements: readonly StatementFacts[];
  /** The calls that read data files, in the order of their evaluation. */
  readonly reads: readonly Read[];
  /** What the statements made and how long it can be reached; for the memory model. */
  readonly objects: readonly ProgramObject[];
  /** What a name reaches, by binding, `Out` for what cells show: `objects[i].held`, the other way round. */
  heldBy(name: string): readonly HeldObjects[];
  /** Why no name can be known anywhere (`exec`, `globals()`, a star import ...), else null. */
  readonly opaque: string | null;
  /** Set where that is because code may read or change whatever any name holds: nothing can be said of any data. */
  readonly reach: Reach | null;
  /** The names that are bound at the notebook's end, with what they are. */
  readonly names: ReadonlyMap<string, ValueKind>;

  /** Whether the value is None that a name holds at the notebook's end; null for a name that is not bound then. */
  nonenessAtEnd(name: string): Noneness | null;
  /** The statements that may read, bind, delete or mutate the global name, in notebook order. */
  mentionsOf(name: string): readonly StatementFacts[];
  /** The top-level statement in which the node stands. */
  statementOf(node: Node): StatementFacts;
  cellOf(at: Position): CellFacts;
  /** The author's own text of the node. */
  textOf(node: Node): string;
  /** What the expression is where it stands; `'unknown'` inside functions unless it is plain. */
  kindOf(expression: Expression): ValueKind;
  /** Whether the expression's value is None. */
  noneness(expression: Expression): Noneness;
  /** Names (other than `name`) that after the statement may refer to the object of `name`, to a part or a view of it. */
  sharersOf(name: string, statement: number): ReadonlySet<string>;
  /** Those of `sharersOf` that keep its memory: what is held of a frame by its labels alone is not the frame. */
  keepersOf(name: string, statement: number): ReadonlySet<string>;
  /** Everything that is asked of the data of a read, in the order of evaluation. */
  usesOf(read: Read): readonly ColumnUse[];
  /** Names that are bound in one way in the whole notebook: what is said of them holds wherever the program is. */
  readonly notebookNames: NotebookNames;
}

export type Noneness = 'never' | 'always' | 'maybe';

export interface CellFacts {
  /** From 1, over all cells. */
  readonly index: number;
  readonly cell: Cell;
  /** Null for cells that are not Python or could not be parsed. */
  readonly module: Module | null;
  readonly statements: readonly StatementFacts[];
  readonly magics: readonly Magic[];
  readonly markers: CellMarkers;
  /** Where its comments stand, in order. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Why nothing can be said of the cell: it is not Python, it has a syntax error, a magic that may do anything. */
  readonly opaque: string | null;
  /** A markdown cell that holds a heading. */
  readonly isHeading: boolean;
  /** The expression statement whose value Jupyter shows below the cell, if any: the last one, without a `;`. */
  readonly shown: Expression | null;
}

export interface StatementFacts {
  readonly index: number;
  /** The cell's index, from 1. */
  readonly cell: number;
  readonly node: Statement;
  /** Global names that may be read, in functions that may be called here too. */
  readonly reads: ReadonlySet<string>;
  /** Those of `reads` that may be read before the statement itself has written them. */
  readonly needs: ReadonlySet<string>;
  /** Global names that functions defined elsewhere may read or bind while the statement runs. */
  readonly inFunctions: ReadonlySet<string>;
  /** Global names bound on every path. */
  readonly writes: ReadonlySet<string>;
  /** Global names bound on some path only. */
  readonly maybeWrites: ReadonlySet<string>;
  readonly deletes: ReadonlySet<string>;
  /** Global names whose object, or an object inside it, may be changed: all names that share it among them. */
  readonly mutates: ReadonlySet<string>;
  readonly effects: ReadonlySet<StatementEffect>;
  /** Global names that may be read after this statement before they are bound anew. */
  readonly liveAfter: ReadonlySet<string>;
  /** Why nothing can be said of the statement, else null. */
  readonly opaque: string | null;
}

export type StatementEffect =
  | 'prints'
  | 'displays'
  | 'draws'
  | 'reads-file'
  | 'writes-file'
  /** It asks somebody over a network, or may. */
  | 'network'
  | 'random'
  | 'imports'
  /** Something nobody knows: an unknown function was called. */
  | 'unknown';

/** An object that a statement makes: a place in the code, not a value. */
export interface ProgramObject {
  readonly kind: ValueKind;
  readonly node: Node;
  /** Index of the statement that makes it. */
  readonly statement: number;
  /** What data it holds, where that is known. */
  readonly data: ObjectData | null;
  /** By which names it can be reached. */
  readonly held: readonly HeldBy[];
  /** Whether any name reaches it, or `Out`: asks for less than `held` does. */
  readonly isHeld: boolean;
}

/** What a name reaches from one statement to another; `to` null: to the notebook's end. */
export interface HeldObjects {
  readonly from: number;
  readonly to: number | null;
  /** In the order in which they were made. */
  readonly objects: readonly ProgramObject[];
}

/** A name that keeps an object alive; `Out` for what a cell shows. */
export interface HeldBy {
  readonly name: string;
  /** From which statement to which, both inclusive; `to` null: to the notebook's end. */
  readonly from: number;
  readonly to: number | null;
  /** What the name refers to, where that is not the object but something that keeps it: a view, a group, a list. */
  readonly through?: ValueKind;
}

export interface ObjectData {
  readonly read: Read;
  /** The columns it holds. */
  readonly columns: 'all' | readonly string[];
  /** `whole`: all rows, in memory of its own; `view`: shares the memory of another; `part`: some rows; `aggregate`: few. */
  readonly extent: 'whole' | 'view' | 'part' | 'aggregate';
}

import type { SourceSpan } from '../text/offset.js';

/**
 * Python's syntax as a small typed tree. The kinds and their fields carry the names of CPython's `ast` module, so that
 * whoever knows one knows the other; what differs is said where it does.
 *
 * Spans are CPython's, except that a decorated definition starts at its first `@`. As there, a statement with a body ends
 * where its last block ends, behind a `;` that closes it; what has no span in CPython (a parameter list, a `with` item, a
 * clause of a comprehension) covers all that belongs to it.
 *
 * Every node has its span in the (masked) source it was parsed from, and `source`: the number under which `parse()` was
 * given that source, so that a node alone tells which cell it stands in. Nodes are never changed after parsing and are
 * compared by identity.
 */
export interface NodeBase extends SourceSpan {
  readonly source: number;
}

/** Where something starts: in which source, and at which of its UTF-16 code units, from 0. */
export type Position = Pick<NodeBase, 'source' | 'start'>;

/** One parsed source. */
export interface Module extends NodeBase {
  readonly kind: 'Module';
  readonly body: readonly Statement[];
}

// ── Statements ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FunctionDef extends NodeBase {
  readonly kind: 'FunctionDef';
  readonly isAsync: boolean;
  readonly name: Identifier;
  readonly typeParams: readonly TypeParam[];
  readonly params: Parameters;
  readonly returns: Expression | null;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface ClassDef extends NodeBase {
  readonly kind: 'ClassDef';
  readonly name: Identifier;
  readonly typeParams: readonly TypeParam[];
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface Return extends NodeBase {
  readonly kind: 'Return';
  readonly value: Expression | null;
}

export interface Delete extends NodeBase {
  readonly kind: 'Delete';
  readonly targets: readonly Expression[];
}

/** `a = b = value`: targets from left to right. */
export interface Assign extends NodeBase {
  readonly kind: 'Assign';
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface AugAssign extends NodeBase {
  readonly kind: 'AugAssign';
  readonly target: Expression;
  /** Without the `=`: `'+'`, `'//'`. */
  readonly op: BinaryOperator;
  readonly value: Expression;
}

export interface AnnAssign extends NodeBase {
  readonly kind: 'AnnAssign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
}

/** `type X[T] = ...` (3.12). */
export interface TypeAlias extends NodeBase {
  readonly kind: 'TypeAlias';
  readonly name: Identifier;
  readonly typeParams: readonly TypeParam[];
  readonly value: Expression;
}

export interface For extends NodeBase {
  readonly kind: 'For';
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface While extends NodeBase {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

/** `elif` is an `If` alone in `orelse`, as in CPython; its span starts at the `elif`. */
export interface If extends NodeBase {
  readonly kind: 'If';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface With extends NodeBase {
  readonly kind: 'With';
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
}

export interface WithItem extends NodeBase {
  readonly kind: 'WithItem';
  readonly context: Expression;
  readonly target: Expression | null;
}

export interface Match extends NodeBase {
  readonly kind: 'Match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends NodeBase {
  readonly kind: 'MatchCase';
  /** What the pattern binds, in order, and the expressions it evaluates (values, classes); its structure is not kept. */
  readonly pattern: Pattern;
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
}

export interface Pattern extends NodeBase {
  readonly kind: 'Pattern';
  readonly binds: readonly Identifier[];
  readonly reads: readonly Expression[];
  /** True where the pattern matches anything: `_`, a bare name. */
  readonly irrefutable: boolean;
}

export interface Raise extends NodeBase {
  readonly kind: 'Raise';
  readonly exception: Expression | null;
  readonly cause: Expression | null;
}

export interface Try extends NodeBase {
  readonly kind: 'Try';
  /** `except*` (3.11). */
  readonly isStar: boolean;
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}

export interface ExceptHandler extends NodeBase {
  readonly kind: 'ExceptHandler';
  readonly type: Expression | null;
  readonly name: Identifier | null;
  readonly body: readonly Statement[];
}

export interface Assert extends NodeBase {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly message: Expression | null;
}

export interface Import extends NodeBase {
  readonly kind: 'Import';
  readonly names: readonly ImportAlias[];
}

export interface ImportFrom extends NodeBase {
  readonly kind: 'ImportFrom';
  /** `'os.path'`; `''` for `from . import x`. */
  readonly module: string;
  /** The number of leading dots. */
  readonly level: number;
  /** Empty where `isStar`. */
  readonly names: readonly ImportAlias[];
  readonly isStar: boolean;
}

/** `a.b as c`: `name` is `'a.b'`, `asName` is `c`. */
export interface ImportAlias extends NodeBase {
  readonly kind: 'ImportAlias';
  readonly name: string;
  readonly asName: Identifier | null;
}

export interface Global extends NodeBase {
  readonly kind: 'Global';
  readonly names: readonly Identifier[];
}

export interface Nonlocal extends NodeBase {
  readonly kind: 'Nonlocal';
  readonly names: readonly Identifier[];
}

export interface ExpressionStatement extends NodeBase {
  readonly kind: 'ExpressionStatement';
  readonly value: Expression;
}

export interface Pass extends NodeBase {
  readonly kind: 'Pass';
}

export interface Break extends NodeBase {
  readonly kind: 'Break';
}

export interface Continue extends NodeBase {
  readonly kind: 'Continue';
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | TypeAlias
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue;

// ── Expressions ───────────────────────────────────────────────────────────────────────────────────────────────────

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export type UnaryOperator = '+' | '-' | '~' | 'not';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export interface Name extends NodeBase {
  readonly kind: 'Name';
  /** NFKC-normalised, as Python does: `µ` and `μ` are one name [fact: everywhere/nfkc-names]. The span covers what is written. */
  readonly id: string;
}

/** A number, `True`, `False`, `None` or `...`. */
export interface Constant extends NodeBase {
  readonly kind: 'Constant';
  readonly type: 'int' | 'float' | 'complex' | 'bool' | 'None' | 'Ellipsis';
  /** As it is written: `0x_ff`, `1e3`, `True`. */
  readonly text: string;
}

/** One string or bytes literal, or several side by side, joined; without interpolations. The span covers all of them. */
export interface StringLiteral extends NodeBase {
  readonly kind: 'StringLiteral';
  readonly isBytes: boolean;
  /** The value after escapes; null where it can't be told (`\N{...}`, an escaped surrogate). For bytes one unit a byte. */
  readonly value: string | null;
}

/** An f-string or t-string, or literals joined of which one is. */
export interface JoinedString extends NodeBase {
  readonly kind: 'JoinedString';
  /** Every interpolated expression in order, those inside format specs among them. */
  readonly expressions: readonly Expression[];
  /** Its literal text and its bare `{expression}`s in order; null where anything else is in it: a format, an escape, `!r`. */
  readonly parts: readonly (string | Expression)[] | null;
}

export interface BinaryOperation extends NodeBase {
  readonly kind: 'BinaryOperation';
  readonly left: Expression;
  readonly op: BinaryOperator;
  readonly right: Expression;
}

export interface UnaryOperation extends NodeBase {
  readonly kind: 'UnaryOperation';
  readonly op: UnaryOperator;
  readonly operand: Expression;
}

/** `a and b`: two operands; `a and b and c` nests to the left. */
export interface BooleanOperation extends NodeBase {
  readonly kind: 'BooleanOperation';
  readonly op: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export interface Compare extends NodeBase {
  readonly kind: 'Compare';
  readonly left: Expression;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expression[];
}

export interface Call extends NodeBase {
  readonly kind: 'Call';
  readonly func: Expression;
  /** Positional arguments, `Starred` among them. A lone generator has the call's parentheses in its span. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
  /** The argument list with its parentheses. */
  readonly argumentSpan: SourceSpan;
}

/** `name=value`, or `**value` where `name` is null. */
export interface Keyword extends NodeBase {
  readonly kind: 'Keyword';
  readonly name: Identifier | null;
  readonly value: Expression;
}

export interface Attribute extends NodeBase {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attr: Identifier;
}

/** `value[index]`; `a[b, c]` and `a[*b]` have a `Tuple` as index, `a[b:c]` a `Slice`. */
export interface Subscript extends NodeBase {
  readonly kind: 'Subscript';
  readonly value: Expression;
  readonly index: Expression;
}

export interface Slice extends NodeBase {
  readonly kind: 'Slice';
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

export interface List extends NodeBase {
  readonly kind: 'List';
  readonly elements: readonly Expression[];
}

/** With or without parentheses; the span covers the parentheses where they are. */
export interface Tuple extends NodeBase {
  readonly kind: 'Tuple';
  readonly elements: readonly Expression[];
}

export interface SetDisplay extends NodeBase {
  readonly kind: 'SetDisplay';
  readonly elements: readonly Expression[];
}

export interface Dict extends NodeBase {
  readonly kind: 'Dict';
  readonly entries: readonly DictEntry[];
}

/** `key: value`, or `**value` where `key` is null. */
export interface DictEntry extends NodeBase {
  readonly kind: 'DictEntry';
  readonly key: Expression | null;
  readonly value: Expression;
}

export interface Comprehension extends NodeBase {
  readonly kind: 'Comprehension';
  readonly type: 'list' | 'set' | 'generator';
  readonly element: Expression;
  readonly clauses: readonly ComprehensionFor[];
}

export interface DictComprehension extends NodeBase {
  readonly kind: 'DictComprehension';
  /** Null for 3.15's `{**d for d in ds}`. */
  readonly key: Expression | null;
  readonly value: Expression;
  readonly clauses: readonly ComprehensionFor[];
}

export interface ComprehensionFor extends NodeBase {
  readonly kind: 'ComprehensionFor';
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iter: Expression;
  readonly ifs: readonly Expression[];
}

export interface Lambda extends NodeBase {
  readonly kind: 'Lambda';
  readonly params: Parameters;
  readonly body: Expression;
}

export interface Conditional extends NodeBase {
  readonly kind: 'Conditional';
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

/** `(name := value)`. */
export interface NamedExpression extends NodeBase {
  readonly kind: 'NamedExpression';
  readonly target: Name;
  readonly value: Expression;
}

export interface Starred extends NodeBase {
  readonly kind: 'Starred';
  readonly value: Expression;
}

export interface Await extends NodeBase {
  readonly kind: 'Await';
  readonly value: Expression;
}

export interface Yield extends NodeBase {
  readonly kind: 'Yield';
  readonly isFrom: boolean;
  readonly value: Expression | null;
}

/**
 * What stands in parentheses has the span of what is inside them (`(a).b`: the `Name` covers `a`), except tuples and
 * generators, whose parentheses are their own. To replace an expression with its parentheses use `parenthesizedSpan`.
 */
export type Expression =
  | Name
  | Constant
  | StringLiteral
  | JoinedString
  | BinaryOperation
  | UnaryOperation
  | BooleanOperation
  | Compare
  | Call
  | Attribute
  | Subscript
  | Slice
  | List
  | Tuple
  | SetDisplay
  | Dict
  | Comprehension
  | DictComprehension
  | Lambda
  | Conditional
  | NamedExpression
  | Starred
  | Await
  | Yield;

// ── Parts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A name that is not an expression: of a function, a keyword, an attribute. NFKC-normalised. */
export interface Identifier extends NodeBase {
  readonly kind: 'Identifier';
  readonly id: string;
}

export interface Parameters extends NodeBase {
  readonly kind: 'Parameters';
  readonly items: readonly Parameter[];
}

export interface Parameter extends NodeBase {
  readonly kind: 'Parameter';
  readonly type:
    | 'positional-only'
    | 'positional-or-keyword'
    | 'keyword-only'
    | 'var-positional'
    | 'var-keyword';
  readonly name: Identifier;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

export interface TypeParam extends NodeBase {
  readonly kind: 'TypeParam';
  readonly name: Identifier;
  readonly bound: Expression | null;
  readonly default: Expression | null;
}

export type Part =
  | WithItem
  | MatchCase
  | Pattern
  | ExceptHandler
  | ImportAlias
  | Keyword
  | DictEntry
  | ComprehensionFor
  | Identifier
  | Parameters
  | Parameter
  | TypeParam;

export type Node = Module | Statement | Expression | Part;

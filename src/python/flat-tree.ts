import type { Cursor } from './engine/engine.js';

/** What `flatten` does at a node: tokens have no span, leaves are not entered, dropped nodes leave no trace. */
const UNKNOWN = 0;
const TOKEN = 1;
const LEAF = 2;
const INNER = 3;
const STRING = 4;
const COMMENT = 5;
const DROPPED = 6;

/** Nodes that hold nothing the syntax tree needs: their text tells all. */
const LEAVES = new Set([
  'identifier',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'ellipsis',
  'string_start',
  'string_content',
  'string_end',
  'type_conversion',
  'import_prefix',
  'wildcard_import',
  'pass_statement',
  'break_statement',
  'continue_statement',
]);

/**
 * A tree-sitter tree as parallel arrays in document order. Crossing into WebAssembly or native code costs more than anything
 * else after parsing, so each node is visited once, tokens are asked for nothing but their symbol, and leaves are not entered.
 *
 * A node is an index. Its first child, if it has any, is the index after it; `next` is the index after its last descendant.
 * Anonymous tokens have their type in double quotes, as in tree-sitter's queries: `"async"`, `"="`; they have no span.
 */
export interface FlatTree {
  readonly size: number;
  readonly symbols: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly next: Int32Array;
  /** Types by symbol. */
  readonly types: readonly string[];
  /** Start and end of each comment, one after the other. */
  readonly comments: readonly number[];
}

/** Makes flat trees; its buffers and what it knows of the engine's symbols are used again, so a tree lives until the next. */
export class Flattener {
  private readonly roles = new Uint8Array(65_536);
  private readonly types: string[] = [];
  private symbols = new Uint16Array(1024);
  private starts = new Int32Array(1024);
  private ends = new Int32Array(1024);
  private next = new Int32Array(1024);

  /** Walks the whole tree below `cursor`, which stands at its root. `text` is what was parsed. */
  flatten(cursor: Cursor, text: string): FlatTree {
    const comments: number[] = [];
    const open: number[] = [];
    let size = 0;
    walk: for (;;) {
      const symbol = cursor.nodeTypeId;
      let role = this.roles[symbol] ?? UNKNOWN;
      if (role === UNKNOWN) role = this.learn(symbol, cursor);
      let enter = false;
      if (role === COMMENT) {
        comments.push(cursor.startIndex, cursor.endIndex);
      } else if (role !== DROPPED) {
        if (size === this.symbols.length) this.grow();
        this.symbols[size] = symbol;
        if (role !== TOKEN) {
          const start = cursor.startIndex;
          this.starts[size] = start;
          this.ends[size] = cursor.endIndex;
          enter = role === INNER || (role === STRING && isInterpolated(text, start));
        }
        size += 1;
        this.next[size - 1] = size;
      }
      if (enter && cursor.gotoFirstChild()) {
        open.push(size - 1);
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        const parent = open.pop();
        if (parent === undefined) break walk;
        cursor.gotoParent();
        this.next[parent] = size;
      }
    }
    const { symbols, starts, ends, next, types } = this;
    return { size, symbols, starts, ends, next, types, comments };
  }

  /** Sees a symbol for the first time: both engines tell its name through the cursor, and only there in the same way. */
  private learn(symbol: number, cursor: Cursor): number {
    const named = cursor.nodeIsNamed;
    const type = cursor.nodeType;
    this.types[symbol] = named ? type : `"${type}"`;
    const role = named ? roleOf(type) : TOKEN;
    this.roles[symbol] = role;
    return role;
  }

  private grow(): void {
    this.symbols = enlarge(this.symbols, new Uint16Array(2 * this.symbols.length));
    this.starts = enlarge(this.starts, new Int32Array(2 * this.starts.length));
    this.ends = enlarge(this.ends, new Int32Array(2 * this.ends.length));
    this.next = enlarge(this.next, new Int32Array(2 * this.next.length));
  }
}

function roleOf(type: string): number {
  if (type === 'comment') return COMMENT;
  if (type === 'line_continuation') return DROPPED;
  if (type === 'string') return STRING;
  return LEAVES.has(type) ? LEAF : INNER;
}

/** Whether the string literal at `start` is an f-string or t-string: only these have expressions inside. */
function isInterpolated(text: string, start: number): boolean {
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charCodeAt(at) | 0x20;
    if (letter === 0x66 || letter === 0x74) return true; // f, t
    if (letter < 0x61 || letter > 0x7a) return false; // a..z
  }
  return false;
}

function enlarge<A extends Uint16Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

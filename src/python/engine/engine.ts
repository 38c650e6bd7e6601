/**
 * What both builds of tree-sitter offer under the same names: `TreeCursor`. Offsets are in UTF-16 code units in both.
 * A symbol's number means nothing outside the engine that gave it.
 */
export interface Cursor {
  readonly nodeTypeId: number;
  readonly nodeType: string;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** A tree that is walked once and then given back: WebAssembly memory is not garbage collected. */
export interface EngineTree {
  readonly hasError: boolean;
  readonly cursor: Cursor;
  dispose(): void;
}

export type EngineName = 'wasm' | 'native';

export interface Engine {
  readonly name: EngineName;
  parse(text: string): EngineTree;
}

/** What a rewrite says that it changes: everything else has to be the same. */
export interface Declared {
  /** The names of types, and the memory that a cell prints, may differ. */
  readonly types: boolean;
  /** The notebook asks how much memory there is: what it shows in bytes may differ. */
  readonly meters: boolean;
  /** Numbers may differ by this relative error; null where they have to be the same. */
  readonly rounding: number | null;
  /** Names that the rewritten notebook no longer holds. */
  readonly freed: readonly string[];
  /** Warnings that the rewritten notebook need not show, by the names of their classes. */
  readonly silenced: readonly string[];
  /** Names that may hold an older value. */
  readonly stale: readonly string[];
  /** Names that hold a sequence which loads its values, where they held a list. */
  readonly lazy: readonly string[];
  /** Columns of strings that have become codes, by the map that one of the rewritten notebook's names holds. */
  readonly maps: readonly { readonly column: string; readonly map: string }[];
}

export const NOTHING_DECLARED: Declared = {
  types: false,
  meters: false,
  rounding: null,
  freed: [],
  silenced: [],
  stale: [],
  lazy: [],
  maps: [],
};

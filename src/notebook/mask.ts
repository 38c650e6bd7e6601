import { type SourceSpan, sourceOffset } from '../text/offset.js';
import type { MagicMeaning } from './describe-magic.js';
import type { Magic, MagicKind } from './magics.js';

/** A code cell's source with its IPython syntax turned into Python of the same length. */
export interface MaskedSource {
  /** As long as the source, with the same line ends at the same offsets. */
  readonly text: string;
  /** In the order of their spans. */
  readonly magics: readonly Magic[];
  /** Where `text` is not the source's own, in order. */
  readonly masked: readonly SourceSpan[];
}

export interface MaskOptions {
  /** Names that the notebook binds, in this cell or before: `ls` is then no magic. */
  readonly knownNames?: ReadonlySet<string>;
  /** The notebook comes from Databricks, where `%sql select 1` makes the whole cell SQL. */
  readonly isDatabricks?: boolean;
}

/** Gathers what is to be replaced in a source, from its start to its end, and the magics that were found. */
export class Mask {
  readonly source: string;
  readonly #magics: Magic[] = [];
  readonly #parts: { start: number; text: string }[] = [];

  constructor(source: string) {
    this.source = source;
  }

  /** `start` lies behind all that has been replaced so far. */
  replace(start: number, end: number, by: (text: string) => string): void {
    if (start < end) this.#parts.push({ start, text: by(this.source.slice(start, end)) });
  }

  add(
    kind: MagicKind,
    name: string,
    span: SourceSpan,
    args: string,
    meaning: MagicMeaning,
    python?: SourceSpan,
  ): void {
    this.#magics.push({ kind, name, span, args, ...meaning, python: python ?? null });
  }

  finish(): MaskedSource {
    let text = '';
    let copied = 0;
    const masked: SourceSpan[] = [];
    for (const part of this.#parts) {
      text += this.source.slice(copied, part.start) + part.text;
      copied = part.start + part.text.length;
      masked.push(spanOf(part.start, copied));
    }
    return { text: text + this.source.slice(copied), magics: this.#magics, masked };
  }
}

export const OWN_NOTHING = { defines: [], discardsNames: false, givesValue: false } as const;

export function spanOf(start: number, end: number): SourceSpan {
  return { start: sourceOffset(start), end: sourceOffset(end) };
}

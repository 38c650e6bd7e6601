/** An offset in UTF-16 code units into the source of one cell. Masking keeps lengths, so it holds for the masked source too. */
export type SourceOffset = number & { readonly __offset: 'source' };

/** An offset in UTF-16 code units into the text of a whole file. */
export type FileOffset = number & { readonly __offset: 'file' };

/** A half-open range of offsets: `start` is in it, `end` is not. */
export interface Span<Offset extends number> {
  readonly start: Offset;
  readonly end: Offset;
}

export type SourceSpan = Span<SourceOffset>;
export type FileSpan = Span<FileOffset>;

export const sourceOffset = (offset: number): SourceOffset => offset as SourceOffset;
export const fileOffset = (offset: number): FileOffset => offset as FileOffset;

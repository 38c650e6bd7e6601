/** Why a data file gave no profile. A refusal is a result: where one is given, nothing may rest on the file. */
export type DataRefusalCode =
  | 'remote-path'
  | 'compressed'
  | 'unreadable'
  | 'empty-file'
  | 'header-too-long'
  | 'header-beyond-file'
  | 'duplicate-header'
  | 'names-do-not-fit'
  | 'usecols-not-found'
  | 'index-not-found'
  | 'index-from-extra-column'
  | 'ragged-rows'
  | 'stray-carriage-return'
  | 'unterminated-quote'
  | 'invalid-utf8'
  | 'nul-byte'
  | 'field-too-long';

export interface DataRefusal {
  readonly type: 'data-refusal';
  readonly code: DataRefusalCode;
  /** A sentence for people: what was found and where. */
  readonly why: string;
  /** The line of the file, from 1, where that is known. */
  readonly line: number | null;
}

export function refuse(code: DataRefusalCode, why: string, line: number | null = null): DataRefusal {
  return { type: 'data-refusal', code, why, line };
}

export function isRefusal(value: object): value is DataRefusal {
  return 'type' in value && value.type === 'data-refusal';
}

import { readFile } from 'node:fs/promises';
import { UserError } from '../errors/user-error.js';
import { explainFileError } from './file-error.js';

/**
 * The text of a notebook's file. Encoding it as UTF-8 gives back the same bytes: a byte order mark is kept, and bytes
 * that are not UTF-8 are an error.
 */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw explainFileError(error, path);
  }
  return decodeText(bytes, path);
}

export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError(`${path}: not a notebook: the file is not UTF-8 text`);
  }
}

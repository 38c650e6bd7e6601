import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Read } from '../analysis/reads.js';
import { profileCsv, readColumns } from '../data/profile-csv.js';
import type { CsvReadOptions } from '../data/read-options.js';
import { isRefusal } from '../data/refusal.js';
import type { Environment } from '../environment/environment.js';
import type { Evidence, ReadEvidence } from './contract.js';
import { readOptionsOf } from './read-options-of.js';

export interface GatherContext {
  /** The notebook's; relative paths of data start at its folder. */
  readonly path: string;
  readonly environment: Environment;
}

/** Finds out what is asked of the data of each read. */
export type Gather = (reads: readonly Read[], context: GatherContext) => Promise<Evidence>;

/** Scans the data files beside the notebook. */
export const gather: Gather = gatherWith();

/**
 * @param onBytes called with the bytes that were scanned since the last call
 */
export function gatherWith(onBytes: (count: number) => void = () => {}): Gather {
  return async (reads, { path, environment }) => {
    // One scan for calls that read the same file in the same way.
    const scans = new Map<string, Promise<ReadEvidence>>();
    const evidence = new Map<Read, ReadEvidence>();
    for (const read of reads) {
      const request = describeRead(read, path, environment);
      if ('type' in request) {
        evidence.set(read, request);
        continue;
      }
      const key = keyOf(request);
      const scan = scans.get(key) ?? scanFile(request, onBytes);
      scans.set(key, scan);
      evidence.set(read, await scan);
    }
    return evidence;
  };
}

/** The names of the columns that each read gives, of those whose file is there and begins as nbslim's scan knows it. */
export async function gatherColumns(
  reads: readonly Read[],
  { path, environment }: GatherContext,
): Promise<ReadonlyMap<Read, readonly (string | number)[]>> {
  const columns = new Map<Read, readonly (string | number)[]>();
  for (const read of reads) {
    const request = describeRead(read, path, environment);
    const found = 'type' in request ? null : await readColumns(request.file, request.options);
    if (found !== null && !isRefusal(found)) columns.set(read, found);
  }
  return columns;
}

interface Request {
  readonly file: string;
  readonly options: CsvReadOptions;
}

const unknown = (code: string, why: string): ReadEvidence => ({ type: 'unknown', code, why });

function describeRead(read: Read, notebookPath: string, environment: Environment): Request | ReadEvidence {
  if (read.unknown !== null) return unknown('unknown-read', read.unknown);
  if (read.path === null)
    return unknown('no-path', `Which file ${read.function} reads can't be told from the code.`);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(read.path))
    return unknown('remote', `${read.path} is not a local file, and nbslim downloads nothing.`);
  const options = readOptionsOf(read, noneIsMissing(environment));
  if ('code' in options) return unknown(options.code, options.why);
  return { file: resolvePath(read.path, notebookPath), options };
}

/** `None` in a file is a missing value from pandas 2.0 on; null where the version is not known. */
function noneIsMissing({ combinations }: Environment): boolean | null {
  if (!combinations.includes('E1')) return true;
  return combinations.length === 1 ? false : null;
}

/** As pandas does, which expands `~`; relative to the notebook's folder, where Jupyter runs it. */
function resolvePath(path: string, notebookPath: string): string {
  const expanded = /^~(?=$|[/\\])/.test(path) ? homedir() + path.slice(1) : path;
  return resolve(notebookPath === '-' ? '.' : dirname(notebookPath), expanded);
}

async function scanFile({ file, options }: Request, onBytes: (count: number) => void): Promise<ReadEvidence> {
  try {
    await access(file);
  } catch {
    return unknown('no-file', `There is no file ${file}, so nothing is known of the data.`);
  }
  let scanned = 0;
  const profile = await profileCsv(file, options, (bytes) => {
    onBytes(bytes - scanned);
    scanned = bytes;
  });
  return isRefusal(profile) ? unknown(profile.code, toSentence(profile.why)) : { type: 'profile', profile };
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function keyOf({ file, options }: Request): string {
  const { dtype } = options;
  return JSON.stringify([file, { ...options, dtype: dtype instanceof Map ? [...dtype] : dtype }]);
}

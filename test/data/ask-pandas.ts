import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Combination } from '../../src/environment/environment.js';
import { pythonOf } from '../environments.js';

export interface PandasColumn {
  readonly name: string | number;
  readonly type: 'int' | 'uint' | 'float' | 'bool' | 'str' | 'object';
  readonly missing: number;
  readonly count: number;
  readonly min?: string;
  readonly max?: string;
  readonly values?: readonly (readonly [string, number])[];
}

export interface PandasFrame {
  readonly error?: string;
  readonly rows: number;
  readonly plainIndex: boolean;
  readonly columns: readonly PandasColumn[];
}

export interface Question {
  readonly path: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
}

const SCRIPT = fileURLToPath(new URL('ask_pandas.py', import.meta.url));

/** What pandas makes of each file, in one process. */
export function askPandas(combination: Combination, questions: readonly Question[]): readonly PandasFrame[] {
  const input = JSON.stringify(questions);
  const output = execFileSync(pythonOf(combination), [SCRIPT], { input, maxBuffer: 1 << 28 });
  return JSON.parse(output.toString('utf8')) as PandasFrame[];
}

/** Writes each text into a file of its own and removes them all afterwards. */
export async function withFiles<T>(
  contents: readonly (string | Uint8Array)[],
  use: (paths: readonly string[]) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'nbslim-data-'));
  try {
    const paths = contents.map((content, number) => {
      const path = join(directory, `${number}.csv`);
      writeFileSync(path, content);
      return path;
    });
    return await use(paths);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

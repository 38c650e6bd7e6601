import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program: what is installed is what is tested. `npm test` builds it. */
const MAIN = fileURLToPath(new URL('../../dist/src/bin/main.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Read nothing of its output, as `| true` does. */
  readonly closeStdout?: boolean;
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { cwd = process.cwd(), stdin = '', env = {}, closeStdout = false } = options;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  if (closeStdout) child.stdout.destroy();
  else
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}

export function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'nbslim-cli-'));
}

/** A notebook as Jupyter writes it, one code cell for each source. */
export function notebookText(...sources: string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${i + 1}`,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** The article's notebook and its data, small: there is something to change in it. */
export async function writeExample(directory: string, name = 'btc.ipynb'): Promise<string> {
  const rows = Array.from({ length: 30_000 }, (_, i) => `${1325317920 + 60 * i},4.${i % 10}5,${i % 7}.25`);
  await writeFile(join(directory, 'btc.csv'), `Timestamp,Open,Close\n${rows.join('\n')}\n`);
  const text = notebookText(
    'import pandas as pd',
    "df = pd.read_csv('btc.csv')",
    'min_df = df.min()',
    'max_df = df.max()',
    'print(min_df, max_df)',
  );
  await writeFile(join(directory, name), text);
  return text;
}

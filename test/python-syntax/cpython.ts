import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What CPython says of sources: the oracle of the syntax tests. Needs interpreters on the PATH; what is not there is skipped. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `python3.13` where it runs, else null. */
export function findPython(...names: readonly string[]): string | null {
  for (const name of names) {
    if (spawnSync(name, ['-c', 'pass']).status === 0) return name;
  }
  return null;
}

/** Runs a script of `test/python/` over sources; one answer for each. Throws where the script fails. */
export function askPython(python: string, script: string, sources: readonly Json[], isPath = false): Json[] {
  const path = isPath ? script : findScript(script);
  const run = spawnSync(python, ['-I', path], {
    input: JSON.stringify(sources),
    encoding: 'utf8',
    maxBuffer: 4 * 1024 ** 3,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8:surrogatepass' },
  });
  if (run.status !== 0) throw new Error(`${script} failed: ${run.stderr}`);
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}

/** The scripts stand beside the sources, also when this file runs from a folder of compiled files. */
function findScript(name: string): string {
  for (const base of ['test/python/', '../../test/python/']) {
    try {
      readFileSync(base + name);
      return base + name;
    } catch {}
  }
  throw new Error(`test/python/${name} is not there: run this from the project's folder`);
}

/** The minor version of an interpreter of Python 3. */
export function versionOf(python: string): number {
  return Number(
    spawnSync(python, ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).stdout,
  );
}

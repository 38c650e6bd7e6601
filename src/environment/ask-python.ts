import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../errors/user-error.js';
import { combinationsFor } from './combinations-for.js';
import type { Environment } from './environment.js';

/** Reads what is installed and imports none of it: pandas takes a second, and may be broken. */
const QUESTION = `
import importlib.metadata, json, platform
def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
print(json.dumps([platform.python_version(), *map(version, ("pandas", "numpy", "pyarrow"))]))
`;

/**
 * What an interpreter has installed.
 *
 * @param python a path, or a name on PATH
 * @throws UserError where it can't be started or is no Python 3.8 or later
 */
export async function askPython(python: string): Promise<Environment> {
  const [version, pandas, numpy, pyarrow] = await ask(python);
  const known = (found: string | null) => (found === null ? (false as const) : [`==${found}`]);
  const { combinations, warning } = combinationsFor(known(pandas), known(numpy), known(pyarrow));
  const missing = pandas === null ? 'pandas is not installed there.' : warning;
  return {
    versions: { python: version, pandas, numpy, pyarrow: pyarrow ?? false },
    origin: `--python ${python}`,
    ...(missing === null ? {} : { warning: missing }),
    combinations,
  };
}

type Answer = [python: string, pandas: string | null, numpy: string | null, pyarrow: string | null];

async function ask(python: string): Promise<Answer> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-I', '-c', QUESTION], { timeout: 60_000 });
    return JSON.parse(stdout) as Answer;
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const reason = stderr.trim().split('\n').at(-1) || message;
    throw new UserError(
      `${python} could not be asked which packages it has: ${reason}. --python takes the path of a Python 3.8 or later.`,
    );
  }
}

import { dirname, resolve } from 'node:path';
import { askPython } from '../environment/ask-python.js';
import type { Environment } from '../environment/environment.js';
import { findEnvironment } from '../environment/find-environment.js';

/** What a notebook will run on. */
export type EnvironmentOf = (notebook: string) => Promise<Environment>;

/**
 * Asks the Python that was named, once, whatever the notebook; without one, looks into the files around each notebook,
 * once for each directory.
 */
export function environmentFinder(python: string | null): EnvironmentOf {
  let asked: Promise<Environment> | null = null;
  const found = new Map<string, Environment>();
  return async (notebook) => {
    if (python !== null) {
      asked ??= Promise.resolve(askPython(python));
      return asked;
    }
    const directory = resolve(dirname(notebook));
    const environment = found.get(directory) ?? findEnvironment(directory);
    found.set(directory, environment);
    return environment;
  };
}

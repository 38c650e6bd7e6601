import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { readConfig } from './read-config.js';
import type { WrittenSettings } from './settings.js';

export interface Config {
  /** The file it stands in, from the current directory; null where there is none. */
  readonly path: string | null;
  readonly settings: WrittenSettings;
}

/** Finds the configuration that holds for a notebook. Each directory is looked into once. */
export type FindConfig = (notebook: string) => Promise<Config>;

/**
 * The nearest configuration upward from a notebook: `nbslim.toml`, or a `pyproject.toml` that has `[tool.nbslim]`. One
 * file counts; what stands further up is not mixed in.
 *
 * @param transforms the ids that may be named
 */
export function configFinder(transforms: readonly string[]): FindConfig {
  const found = new Map<string, Promise<Config>>();
  function inDirectory(directory: string): Promise<Config> {
    let config = found.get(directory);
    if (config === undefined) {
      config = lookInto(directory);
      found.set(directory, config);
    }
    return config;
  }
  async function lookInto(directory: string): Promise<Config> {
    for (const name of ['nbslim.toml', 'pyproject.toml'] as const) {
      const path = join(directory, name);
      const text = await readIfThere(path);
      // Most pyproject.toml are none of ours, and then no TOML parser need be loaded.
      if (text === null || (name === 'pyproject.toml' && !text.includes('nbslim'))) continue;
      const shown = relative(process.cwd(), path);
      const settings = await readConfig(text, shown, name === 'pyproject.toml', transforms);
      if (settings !== null) return { path: shown, settings };
    }
    const parent = dirname(directory);
    return parent === directory ? { path: null, settings: {} } : inDirectory(parent);
  }
  return (notebook) => inDirectory(resolve(dirname(notebook)));
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null;
    if (code === 'EACCES' || code === 'EPERM')
      throw new UserError(`${path}: the configuration cannot be read: permission denied`);
    throw error;
  }
}

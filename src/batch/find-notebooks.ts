import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { UserError } from '../errors/user-error.js';
import { explainFileError } from './file-error.js';

/** A notebook to work on, or a path that leads to none. */
export type Found =
  | { readonly type: 'notebook'; readonly path: string }
  | { readonly type: 'problem'; readonly path: string; readonly error: UserError };

/**
 * The notebooks that paths lead to, in the order of the paths, those of a directory sorted by name, each once. A file
 * is taken whatever its name; in directories `*.ipynb` files are looked for, at any depth.
 *
 * Left out: hidden files and directories (`.ipynb_checkpoints` and `.git` among them), `node_modules` and virtual
 * environments. Directories that are symbolic links are not entered: they may lead in circles.
 */
export async function findNotebooks(paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  const seen = new Set<string>();
  const add = (path: string) => {
    const key = resolve(path);
    if (!seen.has(key)) found.push({ type: 'notebook', path });
    seen.add(key);
  };
  for (const path of paths) {
    try {
      if (!(await stat(path)).isDirectory()) add(path);
      else for await (const notebook of walk(path)) add(notebook);
    } catch (error) {
      found.push({ type: 'problem', path, error: explainFileError(error, path) });
    }
  }
  return found;
}

async function* walk(directory: string): AsyncGenerator<string> {
  const entries = await readdir(directory, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'pyvenv.cfg')) return;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    // Not `join` at once: `./a` should stay as the user wrote it.
    const path = directory === '.' ? entry.name : join(directory, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.name.endsWith('.ipynb')) yield path;
  }
}

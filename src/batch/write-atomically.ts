import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { explainFileError } from './file-error.js';

/**
 * Writes a file so that at any moment it holds either the old text or the new one: into a temporary file beside it,
 * which then takes its name. Permissions stay, and a symbolic link stays one.
 *
 * @param expected what the file held when it was read; where it holds something else by now it is left alone
 * @throws UserError where it cannot be written, or was changed in between
 */
export async function writeAtomically(path: string, text: string, expected?: string): Promise<void> {
  try {
    const target = await realTarget(path);
    const mode = await modeOf(target);
    if (mode === 'special') return await writeFile(target, text);
    const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await writeDurably(temporary, text, mode);
      if (expected !== undefined) await requireUnchanged(target, expected, path);
      await rename(temporary, target);
    } catch (error) {
      await unlink(temporary).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** The file behind a symbolic link, so that not the link is replaced. */
async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

/** The permissions of the file; null where there is none yet; `special` for devices and pipes, which cannot be replaced. */
async function modeOf(path: string): Promise<number | null | 'special'> {
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch {
    return null;
  }
  if (found.isDirectory()) throw new UserError(`${path}: this is a directory, not a file`);
  return found.isFile() ? found.mode & 0o7777 : 'special';
}

async function writeDurably(path: string, text: string, mode: number | null): Promise<void> {
  const file = await open(path, 'wx', mode ?? 0o666);
  try {
    await file.writeFile(text);
    // What `open` is given is cut down by the umask.
    if (mode !== null) await file.chmod(mode);
    // Else a crash of the machine may leave the new name with nothing in it.
    await file.sync();
  } finally {
    await file.close();
  }
}

async function requireUnchanged(target: string, expected: string, path: string): Promise<void> {
  if (Buffer.from(expected).equals(await readFile(target))) return;
  throw new UserError(
    `${path}: the file was changed while nbslim was at work; it was left as it is. Run again`,
  );
}

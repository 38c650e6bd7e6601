import { UserError } from '../errors/user-error.js';

const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EISDIR: 'this is a directory, not a file',
  ENOTDIR: 'a part of this path is a file, not a directory',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
  ELOOP: 'the symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/**
 * What the file system said, as an error for the user.
 *
 * @throws what it was given, if that does not come from the file system: then it is a bug
 */
export function explainFileError(error: unknown, path: string): UserError {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) throw error;
  return new UserError(`${path}: ${MEANINGS[String(error.code)] ?? error.message}`, { cause: error });
}

import { UserError } from '../errors/user-error.js';
import { printable } from '../text/colour.js';

/** What is said on stderr of an error: a user's in one line, a bug of nbslim with its stack. Ends with a newline. */
export function formatError(error: unknown, path?: string): string {
  if (error instanceof UserError) return `nbslim: ${printable(error.message)}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = path === undefined ? '' : `${path}: `;
  return [
    `nbslim: ${printable(where)}this is a bug of nbslim, please report it with the lines below`,
    ...stack.split('\n').map((line) => `    ${printable(line)}`),
    '',
  ].join('\n');
}

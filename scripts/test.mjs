// `npm test`: everything that the tests need, in a fresh clone too, and then the tests.
// Arguments go to vitest: `npm test -- test/pandas`.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

/** @param {string[]} command */
function step(...command) {
  const [program = '', ...args] = command;
  // npm and npx are .cmd files on Windows, which only a shell starts; none of these words needs quoting.
  const { status, error } = spawnSync(program, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(`${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync('node_modules')) step('npm', 'ci');
step('node', 'scripts/make-environments.mjs');
step('node', 'scripts/make-environments.mjs', 'images');
step('npm', 'run', '--silent', 'build');
step('npx', 'vitest', 'run', ...process.argv.slice(2));

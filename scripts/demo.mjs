// `npm run demo`: the main job on the examples, from a fresh clone too. Nothing in the checkout is changed but dist/ and
// node_modules/.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

/**
 * Runs a command; one that fails ends the demo.
 *
 * @param {string[]} command
 * @param {{ quiet?: boolean, exitCodes?: number[] }} [options] `quiet`: its output is shown only if it fails
 */
function run([program = '', ...args], { quiet = false, exitCodes = [0] } = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    // npm is a .cmd file on Windows, which only a shell starts; none of its words needs quoting.
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (error === undefined && status !== null && exitCodes.includes(status)) return;
  if (quiet) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  console.error(`${program} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
  process.exit(1);
}

/**
 * @param {string[]} args
 * @param {number[]} [exitCodes]
 */
function nbslim(args, exitCodes) {
  console.log(`\n$ nbslim ${args.join(' ')}`);
  run([process.execPath, 'dist/src/bin/main.js', ...args], { ...(exitCodes && { exitCodes }) });
}

if (!existsSync('node_modules')) {
  console.log('Installing (npm ci) ...');
  run(['npm', 'ci'], { quiet: true });
}
console.log('Building (npm run build) ...');
run(['npm', 'run', 'build'], { quiet: true });

const directory = mkdtempSync(path.join(tmpdir(), 'nbslim-demo-'));
try {
  for (const example of ['examples/btc/btc.ipynb', 'examples/country/country.ipynb']) {
    // 1 says that something would change, which is what is to be seen.
    nbslim(['refactor', example, '--diff'], [1]);
    nbslim(['refactor', example, '-o', path.join(directory, 'out.ipynb')]);
  }
} finally {
  rmSync(directory, { recursive: true });
}

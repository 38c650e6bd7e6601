// Makes the Python environments that the tests run in, from test/python/requirements/*.txt into .envs/.
//
//   node scripts/make-environments.mjs            those that NBSLIM_COMBINATIONS names ('all', 'E1 E6'), else E1 and E6
//   node scripts/make-environments.mjs E2 E3      these
//   node scripts/make-environments.mjs --all      all
//
// It runs before the build, so it is plain JavaScript. An environment is made once: a stamp in it holds the hash of
// the requirements it was made from, and is written last.

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const REQUIREMENTS = path.join(ROOT, 'test', 'python', 'requirements');
const ENVIRONMENTS = path.join(ROOT, '.envs');

/** Whatever `npm test` needs, where nothing else is asked for: the two ends. */
const DEFAULT = ['E1', 'E6'];

/** pandas 1.5.3 has no wheels for a later CPython, numpy 2.4 none for an earlier one. */
const PYTHON = '3.11';

const NAMES = ['python3.11', 'python3', 'python'];

/** @param {string} name */
const requirementsOf = (name) => path.join(REQUIREMENTS, `${name}.txt`);

/** @param {string} name of the environment: `'E6'` */
export function pythonPath(name) {
  const home = path.join(ENVIRONMENTS, name);
  return process.platform === 'win32'
    ? path.join(home, 'Scripts', 'python.exe')
    : path.join(home, 'bin', 'python');
}

/**
 * Which environments the arguments and NBSLIM_COMBINATIONS ask for.
 *
 * @param {readonly string[]} args
 * @param {string | undefined} variable
 * @returns {string[]}
 */
export function requested(args, variable) {
  const words = args.length > 0 ? [...args] : (variable ?? '').split(/[\s,]+/).filter(Boolean);
  const known = readdirSync(REQUIREMENTS)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => path.basename(file, '.txt'))
    .sort();
  if (words.length === 0) return DEFAULT;
  if (words.includes('--all') || words.includes('all')) return known.filter((name) => /^E\d$/.test(name));
  const strange = words.find((word) => !known.includes(word));
  if (strange)
    throw new Error(`There is no environment ${strange}; there are ${known.join(', ')}, and --all.`);
  return words;
}

/** Is the environment there, made from the requirements as they are now? @param {string} name */
export function isMade(name) {
  const stamp = path.join(ENVIRONMENTS, name, 'nbslim-stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(name);
}

/** @param {string} name */
function hashOf(name) {
  const text = readFileSync(requirementsOf(name), 'utf8');
  return createHash('sha256').update(`${PYTHON}\n${text}`).digest('hex');
}

/** A path to CPython 3.11. `NBSLIM_PYTHON` goes before what PATH has. */
function findPython() {
  const names = process.env.NBSLIM_PYTHON ? [process.env.NBSLIM_PYTHON] : NAMES;
  const seen = [];
  for (const name of names) {
    try {
      const code = 'import sys; print("%d.%d" % sys.version_info[:2], sys.executable)';
      const answer = execFileSync(name, ['-c', code], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [version, ...executable] = answer.trim().split(' ');
      if (version === PYTHON) return executable.join(' ');
      seen.push(`${name} is ${version}`);
    } catch {
      seen.push(`${name} is not there`);
    }
  }
  throw new Error(
    `The tests need CPython ${PYTHON}: ${seen.join(', ')}. Install it, or set NBSLIM_PYTHON to its path.`,
  );
}

/**
 * Runs a command; its output is shown only if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`${path.basename(command)} ${args.join(' ')} exited with ${code}:\n${output}`));
    });
  });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Takes the lock of one environment; another process that holds it is waited for, unless it has died.
 *
 * @param {string} name
 * @returns {Promise<() => void>} what gives the lock back
 */
async function lock(name) {
  const file = path.join(ENVIRONMENTS, `${name}.lock`);
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = Number(existsSync(file) ? readFileSync(file, 'utf8') : 0);
    // An empty file is one whose owner has not yet written its number.
    if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/**
 * @param {string} name
 * @param {string} python
 */
async function make(name, python) {
  const started = Date.now();
  const home = path.join(ENVIRONMENTS, name);
  rmSync(home, { recursive: true, force: true });
  console.error(`${name}: installing ...`);
  await run(python, ['-m', 'venv', home]);
  // The list is complete and pinned, so there is nothing to resolve; `check` says so if that is ever not true.
  const install = [
    '-m',
    'pip',
    'install',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--disable-pip-version-check',
  ];
  await run(pythonPath(name), [...install, '-r', requirementsOf(name)]);
  await run(pythonPath(name), ['-m', 'pip', 'check']);
  writeFileSync(path.join(home, 'nbslim-stamp'), hashOf(name));
  console.error(`${name}: ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** @param {readonly string[]} names */
export async function makeEnvironments(names) {
  mkdirSync(ENVIRONMENTS, { recursive: true });
  if (names.every(isMade)) return;
  const python = findPython();
  for (const name of names) {
    const unlock = await lock(name);
    try {
      if (!isMade(name)) await make(name, python);
    } finally {
      unlock();
    }
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await makeEnvironments(requested(process.argv.slice(2), process.env.NBSLIM_COMBINATIONS));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
// The worker is a process of its own, which Node starts from what was built.
import { runInWorkers } from '../../dist/src/batch/run-in-workers.js';
import { UserError } from '../../dist/src/errors/user-error.js';

async function workModule(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'nbslim-workers-')), 'work.mjs');
  await writeFile(
    file,
    `import { UserError } from '${new URL('../../dist/src/errors/user-error.js', import.meta.url)}';
export const start = (setup, onBytes) => async (job) => {
  if (job === 'die') process.kill(process.pid, 'SIGKILL');
  if (job === 'user') throw new UserError('mend it');
  if (job === 'bug') throw new TypeError('a bug');
  await new Promise((resolve) => setTimeout(resolve, job));
  onBytes(job);
  return setup + job;
};
`,
  );
  return pathToFileURL(file).href;
}

async function run(jobs: readonly unknown[], workers: number) {
  const items = jobs.map((job, at) => ({ path: String(at), job }));
  let bytes = 0;
  const outcomes = [];
  const order = { module: await workModule(), setup: 1000 };
  const all = runInWorkers(
    items,
    order,
    async ({ job }) => job,
    workers,
    (count) => {
      bytes += count;
    },
  );
  for await (const outcome of all) outcomes.push(outcome);
  return { outcomes, bytes };
}

it('gives the outcomes in the order of the items, whichever is done first', async () => {
  const { outcomes, bytes } = await run([90, 1, 2, 50, 3], 2);
  expect(outcomes).toEqual(
    [1090, 1001, 1002, 1050, 1003].map((value, at) => ({ type: 'done', path: String(at), value })),
  );
  expect(bytes).toBe(146);
});

it('loses one item where a worker dies, and goes on with another', async () => {
  const { outcomes } = await run([1, 'die', 'die', 2, 3], 2);
  expect(outcomes.map(({ type }) => type)).toEqual(['done', 'failed', 'failed', 'done', 'done']);
  expect(String(outcomes[1]?.type === 'failed' && outcomes[1].error)).toContain('SIGKILL');
});

it('tells what the user can mend from a bug, whose stack it keeps', async () => {
  const { outcomes } = await run(['user', 'bug', 1], 2);
  const [user, bug] = outcomes.map((outcome) => outcome.type === 'failed' && outcome.error);
  expect(user).toBeInstanceOf(UserError);
  expect(user).toMatchObject({ message: 'mend it' });
  expect(bug).not.toBeInstanceOf(UserError);
  expect(String(bug instanceof Error && bug.stack)).toContain('work.mjs');
});

it('fails each item where the module is not there', async () => {
  const order = { module: 'file:///nowhere.mjs', setup: null };
  const outcomes = [];
  for await (const outcome of runInWorkers(
    [{ path: 'a' }, { path: 'b' }],
    order,
    async () => 1,
    2,
    () => {},
  ))
    outcomes.push(outcome.type);
  expect(outcomes).toEqual(['failed', 'failed']);
});

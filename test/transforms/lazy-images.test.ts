import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/verify/compare-runs.js';
import { declaredBy } from '../../src/verify/declared-by.js';
import { findTorchPython, hasEnvironment, pythonOf } from '../environments.js';
import { runNotebooks } from '../fixtures/run-in-python.js';
import { findFixtures, readInput, refactorFixture } from './fixtures.js';

const IMAGES = 6;
const WIDTH = 7;
const HEIGHT = 5;

/** Small images, no two alike: image0.png, image1.png ... */
function writeImages(directory: string): void {
  for (let number = 0; number < IMAGES; number += 1) {
    const image = new PNG({ width: WIDTH, height: HEIGHT, colorType: 2 });
    for (let at = 0; at < image.data.length; at += 1)
      image.data[at] = at % 4 === 3 ? 255 : (at * 37 + number * 101 + ((at * at) % 113)) % 256;
    writeFileSync(path.join(directory, `image${number}.png`), PNG.sync.write(image, { colorType: 2 }));
  }
}

it('has an environment with what reads images where that is asked for', () => {
  if (process.env['CI']) expect(hasEnvironment('images')).toBe(true);
});

describe.skipIf(!hasEnvironment('images'))(
  'run with real images (left out where .envs/images is not there)',
  async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), 'nbslim-images-'));
    afterAll(() => rmSync(scratch, { recursive: true, force: true }));
    const fixtures = hasEnvironment('images')
      ? findFixtures().filter(({ needs }) => String(needs) === 'images')
      : [];
    const cases = await Promise.all(
      fixtures
        .flatMap((fixture) => [[fixture.transform], null].map((select) => ({ fixture, select })))
        .map(async ({ fixture, select }, number) => {
          const copy = path.join(scratch, String(number));
          cpSync(fixture.directory, copy, { recursive: true });
          writeImages(copy);
          const refactoring = await refactorFixture(fixture, undefined, select);
          writeFileSync(path.join(copy, 'rewritten.ipynb'), refactoring.text);
          const way = select === null ? 'with all others' : 'by itself';
          return { name: `${fixture.name} ${way}`, copy, refactoring };
        }),
    );
    const changed = cases.filter(({ refactoring }) => refactoring.changes.length > 0);
    const runs = await runNotebooks(
      'images',
      changed.flatMap(({ copy }) => [path.join(copy, 'in.ipynb'), path.join(copy, 'rewritten.ipynb')]),
      { workers: 2 },
    );

    it.each(changed.map((one, at) => [one.name, one, at] as const))('%s', (_, { refactoring }, at) => {
      const [original, rewritten] = runs.slice(2 * at, 2 * at + 2);
      if (original === undefined || rewritten === undefined) throw new Error('no run');
      for (const { failure } of [original, rewritten]) expect(failure).toBeNull();
      const raised = original.cells.flatMap(({ outputs }) => outputs.filter(({ kind }) => kind === 'error'));
      expect(raised, 'the original has to run').toEqual([]);
      expect(compareRuns(original, rewritten, declaredBy(refactoring)).differences).toEqual([]);
    });
  },
);

/** Runs each program in a name space and a directory of its own, all in one process: the import of torch takes seconds. */
const RUN = `
import contextlib, io, json, os, sys, tempfile
shown = []
for code in json.load(sys.stdin):
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as home, contextlib.redirect_stdout(out):
        os.chdir(home)
        exec(compile(code, "notebook", "exec"), {"__name__": "__main__"})
        os.chdir("/")
    shown.append(out.getvalue())
print(json.dumps(shown))
`;

const libraries = [
  { need: 'torch', python: findTorchPython() },
  { need: 'keras', python: hasEnvironment('keras') ? pythonOf('keras') : undefined },
] as const;

describe.each(libraries)('given to models of $need (left out where it is not there)', ({ need, python }) => {
  const fixtures = findFixtures().filter(
    ({ transform, needs, out }) =>
      transform === 'lazy-images' && (needs as readonly string[]).includes(need) && out !== null,
  );

  it('is there where that is asked for', () => {
    expect(fixtures.length).toBeGreaterThan(0);
    if (process.env['CI']) expect(python).toBeDefined();
  });

  it.skipIf(python === undefined).each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    async (_, fixture) => {
      const { text } = await refactorFixture(fixture);
      const programs = [readInput(fixture), text].map((notebook) => {
        const { cells } = JSON.parse(notebook) as { cells: { source: string[] }[] };
        return cells.map(({ source }) => source.join('')).join('\n\n');
      });
      const [before, after] = JSON.parse(
        execFileSync(python ?? '', ['-c', RUN], {
          encoding: 'utf8',
          input: JSON.stringify(programs),
          env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
          stdio: ['pipe', 'pipe', 'ignore'],
        }),
      ) as string[];
      expect(before).not.toBe('');
      expect(after).toBe(before);
    },
  );
});

it('owns a list of images that `generator` would take, too', async () => {
  const fixture = findFixtures().find(
    ({ transform, name }) => transform === 'lazy-images' && name === 'one-by-one',
  );
  if (fixture === undefined) throw new Error('no such fixture');
  const both = await refactorFixture(fixture, undefined, ['lazy-images', 'generator']);
  expect(new Set(both.changes.map(({ transform }) => transform))).toEqual(new Set(['lazy-images']));
  expect(both.text).toBe(fixture.out);
  const lost = both.refusals.filter(({ transform }) => transform === 'generator');
  expect(lost.map(({ refusal }) => refusal.code)).toContain('conflict');
  const alone = await refactorFixture(fixture, undefined, ['generator']);
  expect(alone.changes.map(({ transform }) => transform)).toContain('generator');
});

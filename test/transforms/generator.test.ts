import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refactorNotebook } from '../../src/batch/refactor-notebook.js';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { generator } from '../../transforms/generator.js';
import { notebookText } from '../cli/run-cli.js';
import { availableCombinations, pythonOf } from '../environments.js';

const PROGRAMS = 150;
const ROUNDS = 4;

const START = `import random
random.seed(1)
values = [3, 1, 2]
rows = [[1], [2], [2]]
k = 2
seen = set()


def noisy(x):
    print('noisy', x)
    return x


def double(x):
    return x * k


class Counter:
    made = 0

    def split(self, x):
        Counter.made += 1
        return x + Counter.made
`;

/** Statements that give \`xs\` a list. */
const MAKERS = [
  'xs = [x + k for x in values]',
  'xs = [double(x) for x in values if x > 1]',
  'xs = [noisy(x) for x in values]',
  'xs = [random.randint(0, 9) for x in values]',
  'xs = [len(row) for row in rows]',
  'xs = [row for row in rows]',
  'xs = [x * y for x in values for y in range(k)]',
  'xs = [x for x in values if x not in seen]',
  'xs = [Counter().split(x) for x in values]',
  'xs = list(map(abs, values))',
  'xs = list(map(double, values))',
  'xs = list(map(lambda x: x - k, values))',
  'xs = list(filter(None, values))',
  'xs = list(zip(values, range(9)))',
  'xs = []\nfor item in values:\n    xs.append(item + k)',
  'xs = []\nfor row in rows:\n    for item in row:\n        if item > 1:\n            xs.append((item, k))',
  'xs = [1 // x for x in values]',
  'def made(source):\n    return [x + k for x in source]\n\n\nxs = made(values)',
  'def made(source):\n    out = []\n    for x in source:\n        out.append(double(x))\n    return out\n\n\nxs = made(values)',
  'def made(source):\n    out = []\n    for x in source:\n        out.append(noisy(x))\n    return out\n\n\nxs = made(values)\nprint(sum(made([1])))',
];

/** What may be done with it, once or again, all of it or less, now or later. */
const TAKERS = [
  'print(str(max(xs)))',
  'print([x for x in xs])',
  'print(dict(enumerate(xs)))',
  'print(list(zip(xs, values)))',
  'for x in xs:\n    print(x)',
  'for x in xs:\n    print(x, random.random())',
  'for x in xs:\n    values.append(0) if len(values) < 9 else None',
  'for x in xs:\n    k = x',
  'for x in xs:\n    seen.add(str(x))\n    print(len(seen))',
  'for x in xs:\n    print(x)\n    break',
  'for row in xs:\n    row.append(4) if isinstance(row, list) else print(row)',
  'ys = [str(x) for x in xs]\nfor y in ys:\n    print(y)',
  'ys = [str(x) for x in xs]\nvalues.clear()\nfor y in ys:\n    print(y)',
  'print(any(x == 2 for x in xs))',
  'print(any([noisy(x) == 2 for x in xs]))',
  'print(len(set([str(x) for x in xs])))',
  'for turn in range(2):\n    print(sum(1 for x in xs))',
  'while sum(1 for x in xs) < 0:\n    pass',
  'if xs:\n    print(min(xs))',
  'def take():\n    return [x for x in xs]\n\n\nprint(take(), take())',
  'take = lambda: sum(1 for x in xs)\nprint(take())',
  'print(len(xs))',
  'print(xs[:1])',
  'print(2 in xs)',
  'same = xs\nprint(same)',
  'xs.append(5)',
  'xs = [x for x in xs if x]',
  'try:\n    for x in xs:\n        print(x)\nexcept ZeroDivisionError:\n    print(0)',
  'print(sorted(map(str, xs)))',
  'xs',
  'del xs\nxs = [1]',
];

/** What may come between. */
const OTHERS = [
  'k = 5',
  'values.append(7)',
  'values[0] = 9',
  'del values[-1:]',
  'rows[0].append(1)',
  'for row in rows:\n    row.append(8)',
  'chosen = [row for row in rows]\nfor row in chosen:\n    row.append(0)',
  'values = [4, 4]',
  'seen.add(1)',
  'print(k)',
  'def double(x):\n    return x - 1',
  'print(random.random())',
  'def more():\n    global k\n    k += 1\n\n\nmore()',
  'also = values\nalso.insert(0, 6)',
];

const program = fc
  .record({
    before: fc.array(fc.constantFrom(...OTHERS), { maxLength: 1 }),
    maker: fc.constantFrom(...MAKERS),
    rest: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...TAKERS) },
        { weight: 2, arbitrary: fc.constantFrom(...OTHERS) },
        { weight: 1, arbitrary: fc.constant('---') },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    inFunction: fc.boolean(),
  })
  .map(({ before, maker, rest, inFunction }) => {
    const body = [...before, maker, ...rest];
    if (!inFunction) return [START, ...body.join('\n').split(/^---\n?/m)];
    const lines = body.filter((one) => one !== '---' && !one.includes('global k')).join('\n');
    return [
      START,
      `def run(values, rows, k=2):\n${lines.replaceAll(/^(?=.)/gm, '    ')}\n\n\nrun(values, rows)`,
    ];
  });

async function rewrite(cells: readonly string[]): Promise<readonly string[]> {
  const result = await refactorNotebook({
    text: notebookText(...cells),
    path: 'notebook.ipynb',
    transforms: [generator],
    settings: { select: ['generator'], minSaving: 0 },
    environment: UNKNOWN_ENVIRONMENT,
  });
  expect(result.broken).toEqual([]);
  return (JSON.parse(result.text) as { cells: { source: string[] }[] }).cells.map(({ source }) =>
    source.join(''),
  );
}

/** For each program what its cells print and show, and what \`values\`, \`rows\`, \`k\` and \`seen\` hold at the end. */
const RUN = `
import ast, contextlib, io, json, sys
results = []
for cells in json.load(sys.stdin):
    space, out = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(out):
        for cell in cells:
            tree = ast.parse(cell)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            try:
                exec(compile(tree, "cell", "exec"), space)
                if last is not None:
                    print("shown:", repr(eval(compile(ast.Expression(last.value), "cell", "eval"), space)))
            except Exception as error:
                print(type(error).__name__)
                break
    results.append([out.getvalue(), repr([space.get(name) for name in ("values", "rows", "k", "seen")])])
print(json.dumps(results))
`;

function runAll(programs: readonly (readonly string[])[]): string[][] {
  const [combination] = availableCombinations();
  if (combination === undefined) throw new Error('no Python');
  const input = JSON.stringify(programs);
  return JSON.parse(
    execFileSync(pythonOf(combination), ['-c', RUN], { input, encoding: 'utf8' }),
  ) as string[][];
}

describe('whatever is done with a list', () => {
  let changed = 0;

  it('is done the same where it has become a generator', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(program, { minLength: PROGRAMS, maxLength: PROGRAMS }), async (programs) => {
        const rewritten = await Promise.all(programs.map(rewrite));
        const different = programs.flatMap((cells, at) =>
          cells.join('\n---\n') === rewritten[at]?.join('\n---\n')
            ? []
            : [{ cells, after: rewritten[at] ?? [] }],
        );
        changed += different.length;
        const results = runAll(different.flatMap(({ cells, after }) => [cells, after]));
        for (const [at, { after }] of different.entries()) {
          const [before, now] = results.slice(2 * at, 2 * at + 2);
          // Without a generator an error comes before anything is printed: where nobody catches it, that may differ.
          if (before?.[0]?.endsWith('Error\n')) continue;
          expect([after.slice(1).join('\n---\n'), now]).toEqual([after.slice(1).join('\n---\n'), before]);
        }
      }),
      { numRuns: ROUNDS, endOnFailure: true },
    );
  });

  it('and some do become one', () => {
    expect(changed).toBeGreaterThan(PROGRAMS / 10);
  });
});

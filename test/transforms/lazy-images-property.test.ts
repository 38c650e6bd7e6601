import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generator } from '../../transforms/generator.js';
import { lazyImages } from '../../transforms/lazy-images.js';
import { availableCombinations, pythonOf } from '../environments.js';
import { changedBy, programsOf, runPrograms, textOf } from './programs.js';

const PROGRAMS = 120;
const ROUNDS = 3;

const START = `import os
import random
import numpy as np

random.seed(1)
names = [f'part{n}.npy' for n in range(6)]
k = 2
limits = [3, 4]
kept = []


def load(name):
    part = np.load(name)
    return part * k


def noisy(name):
    print('noisy', name)
    return np.load(name)


def brighten(part):
    part[0] = 90
    return part.sum()


def look(part):
    part = part + 1
    part[0] = 90
    return part.sum()


def total(parts):
    return sum(part.sum() for part in parts)


def add(parts):
    parts.append(np.arange(2))`;

/** Statements that give \`xs\` a list of arrays. */
const MAKERS = [
  'xs = [np.load(name) for name in names]',
  'xs = [load(name) for name in names]',
  "xs = [np.load(name) * k for name in names if name != 'part2.npy']",
  'xs = [noisy(name) for name in names]',
  'xs = [np.load(name)[:2] for name in names]',
  'xs = [np.load(name).clip(0, limits[0]).reshape(-1) for name in names]',
  'xs = []\nfor name in names:\n    xs.append(np.load(name))',
  'xs = []\nfor name in names:\n    part = np.load(name)\n    part = part + k\n    xs.append(part)',
  'xs, shapes = [], []\nfor name in names:\n    part = np.load(name)\n    if part.sum() > 9:\n        shapes.append(part.shape)\n        xs.append(part)',
  'xs = []\nfor at, name in enumerate(names):\n    part = np.load(name)\n    xs.append(part + at)',
  'xs = []\nfor name in names:\n    part = np.load(name)\n    part[part > 3] = k\n    xs.append(part)\nprint(part, name)',
  'xs = []\nfor name in names:\n    part = np.load(name)\n    xs.append(part)\n    part[1] = 7',
  'xs = []\nfor name in names:\n    part = np.load(name)\n    whole = part[:]\n    xs.append(whole)\n    kept.append(part)',
  "xs = []\nfor name in [*names, 'none.npy']:\n    try:\n        part = np.load(name)\n        xs.append(part)\n    except OSError:\n        print('no', name)",
  'xs = []\nfor name in names[:3]:\n    part = np.load(name)\n    xs.append(part + 1)\nfor path in names[3:]:\n    part = np.load(path)\n    xs.append(part + 1)',
  'xs = []\nfor name in names:\n    part = np.load(name)\n    if k > 2:\n        part = part[::-1]\n    xs.append(part)',
  'xs = []\nfor name in names:\n    part = np.load(name) + random.random()\n    xs.append(part)',
  'def gather(source):\n    out = []\n    for name in source:\n        out.append(np.load(name))\n    return out\n\n\nxs = gather(names)',
];

/** What may be done with it, once or again, all of it or less, now or later. */
const TAKERS = [
  'print(xs[0], xs[-1])',
  'print(len(xs))',
  'for x in xs:\n    print(x.sum())',
  'for x in xs[1:3]:\n    print(x)',
  'for name, x in zip(names, xs):\n    print(name, x.mean())',
  'for at, x in enumerate(xs):\n    print(at, x.max())\n    if at == 1:\n        break',
  'print([x.shape for x in xs], sum(x.sum() for x in xs))',
  'print(total(xs))',
  'print(look(xs[0]), xs[0])',
  'print(brighten(xs[0]), xs[0])',
  'for x in xs:\n    x[0] = 5\nprint(xs[0], xs[-1])',
  'for x in xs:\n    x = x * 2\n    x[0] = 5\nprint(xs[0])',
  'first = xs[0]\nfirst += 1\nprint(xs[0])',
  'flat = xs[1].reshape(-1)\nflat[0] = 8\nprint(xs[1])',
  'np.add(xs[0], 1, out=xs[1])\nprint(xs[1])',
  'for row in xs[0], xs[1]:\n    row[0] = 1\nprint(xs[0])',
  'xs.append(np.arange(3))\nprint(len(xs))',
  'add(xs)\nprint(len(xs))',
  'xs.pop()\nprint(len(xs))',
  'xs[0] = np.arange(3)\nprint(xs[0])',
  'del xs[0]\nprint(xs[0])',
  'xs.reverse()\nprint(xs[0])',
  'random.shuffle(xs)\nprint(xs[0])',
  'print(random.choice(xs))',
  'print(np.stack([x[:1] for x in xs]))',
  'print(np.concatenate(xs))',
  'same = xs\nprint(len(same), same[1])',
  'some = xs[:2]\nsome.append(1)\nprint(len(some), len(xs))',
  'kept.extend(xs)\nkept[0][0] = 77\nprint(xs[0])',
  'kept.append(xs[0])\nkept[-1][0] = 77\nprint(xs[0])',
  'print(xs == xs[:], xs is xs)',
  'print(xs[0] is xs[0])',
  'print(isinstance(xs, list))',
  'xs',
  'print(xs)',
  'xs = [x for x in xs if x.sum() > 9]\nprint(len(xs))',
  'try:\n    print(xs[9])\nexcept IndexError as error:\n    print(error is None)',
  'while len(xs) < 2:\n    break',
  'print(sorted(x.sum() for x in xs))',
  'print([look(x) for x in xs], [brighten(x) for x in xs[:1]], xs[0])',
  'sums = [x.sum() for x in xs]\nfor one in sums:\n    print(one)',
  "sums = [x + 1 for x in xs]\nnp.save('part3.npy', np.arange(9))\nfor one in sums:\n    print(one)",
];

/** What may come between. */
const OTHERS = [
  "np.save('part1.npy', np.arange(3))",
  "os.remove('part1.npy')\nnames.remove('part1.npy')",
  "os.replace('part2.npy', 'part4.npy')",
  "os.makedirs('deep', exist_ok=True)\nos.chdir('deep')",
  'names.pop()',
  'names = names[:3]',
  'names[0], names[1] = names[1], names[0]',
  'k = 5',
  'limits[0] = 1',
  'def load(name):\n    return np.load(name)',
  'def more():\n    global k\n    k += 1\n\n\nmore()',
  'print(random.random())',
  "name = part = 'none'",
  "with open('part0.npy', 'wb') as file:\n    np.save(file, np.ones(3))",
  'print(k)',
];

const program = programsOf({
  start: START,
  makers: MAKERS,
  takers: TAKERS,
  others: OTHERS,
  weightOfOthers: 1,
  header: 'def run(names, limits, k=2):',
  call: 'run(names, limits)',
  isTopLevel: (statement) => statement.includes('global k') || statement.startsWith('def load'),
});

/** What its cells print and show, and what some names hold at the end; in a directory with six arrays. */
const RESULT = `
import os, tempfile
import numpy as np
def result(cells):
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        for number in range(6):
            np.save(f"part{number}.npy", np.arange(number, number + 4))
        space, shown = run(cells)
        xs = space.get("xs")
        try:
            held = [repr(x) for x in xs] if hasattr(xs, "__len__") else None
        except OSError as error:
            held = type(error).__name__
        os.chdir("/")
    return [shown, repr([space.get(name) for name in ("names", "k", "kept", "limits")]), repr(held)]
`;

const [combination] = availableCombinations();

describe('whatever is done with a list of arrays that are loaded', () => {
  let changed = 0;
  const seen = new Set<string>();

  it('is done the same where each is loaded when it is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(program, { minLength: PROGRAMS, maxLength: PROGRAMS }), async (programs) => {
        const different = await changedBy(programs, [lazyImages, generator], {});
        changed += different.length;
        for (const [, after] of different)
          for (const word of ['LazyImages(', 'in (np.load']) if (after.join().includes(word)) seen.add(word);
        if (combination === undefined) throw new Error('no Python');
        const results = runPrograms<string[]>(pythonOf(combination), different.flat(), RESULT);
        for (const [at, [, after]] of different.entries()) {
          const [before, now] = results.slice(2 * at, 2 * at + 2);
          // An error that nobody catches may come at another time.
          if (before?.[0]?.endsWith('Error\n')) continue;
          // What has been gone through holds nothing any more.
          const held = now?.[2] === 'None' ? 'None' : before?.[2];
          const text = textOf(after.slice(1));
          expect([text, now]).toEqual([text, [before?.[0], before?.[1], held]]);
        }
      }),
      { numRuns: ROUNDS, endOnFailure: true },
    );
  });

  it('and some do become lazy', () => {
    expect(changed).toBeGreaterThan(PROGRAMS / 10);
    expect(seen.has('LazyImages(')).toBe(true);
  });
});

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXACT_LAYERS } from '../../src/analysis/evaluation-loop.js';
import { detachLoss } from '../../transforms/detach-loss.js';
import { noGrad } from '../../transforms/no-grad.js';
import { sourcesOf } from '../refactor/notebooks.js';
import { findFixtures, readInput, refactorFixture } from './fixtures.js';
import { changedBy, textOf } from './programs.js';
import { runWithTorch, torchPython } from './torch-python.js';

const PROGRAMS = 150;
const ROUNDS = 1;

const START = `import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
batches = [(torch.randn(5, 4), torch.randint(0, 3, (5,))) for _ in range(3)]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 6)
        self.drop = nn.Dropout(0.2)
        self.second = nn.Linear(6, 3)

    def forward(self, x):
        return self.second(self.drop(F.relu(self.first(x))))


model = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
box = {'losses': [], 'other': []}


def loss_of(x, y):
    return criterion(model(x), y)


def show(value):
    print(value)


def plain(value):
    return float(value)


class Holder:
    pass


holder = Holder()`;

/** Loops over `batches`; what they leave is `losses`, `total`, `outputs`, `loss`. */
const TRAINING = `    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()`;
const ASKING = `    outputs = model(x)
    loss = F.cross_entropy(outputs, y)`;
const HELPED = '    loss = loss_of(x, y)';
const KEEPING = [
  'losses.append(loss)',
  'losses.append(loss * 2)',
  'losses.append(loss.item())',
  'total += loss',
  'total += loss.item()',
  'total = total + loss',
  "box['losses'].append(loss)",
  'losses.append(model(x).argmax(1).sum())',
  'losses.append((loss, 1))',
  'losses.extend([loss])',
  'holder.loss = loss',
  "print(f'{loss:.3f}')",
  'print(loss)',
  'show(loss)',
  'best, place = torch.max(model(x), 1)',
  'print(plain(loss))',
];

const STARTS = [
  'losses, total = [], 0',
  'losses = []\ntotal = 0.0',
  'losses = []\ntotal = torch.zeros(())',
  'kept = losses = []\ntotal = 0',
];

/** What may be done with them. */
const USES = [
  "print(f'{total:.4f}')",
  "print(f'{total}')",
  'print(total)',
  'total',
  'losses',
  'len(losses)',
  'print(sum(losses) / 3)',
  "print('%.4f' % (total / 3))",
  "print('%s' % total)",
  "print('{:.3f} {:.3f}'.format(total, total))",
  "print('{}'.format(losses))",
  'print([float(one) for one in losses])',
  'print([one for one in losses])',
  'for step, one in enumerate(losses):\n    print(step, plain(one))',
  'for step, one in enumerate(losses):\n    print(step, one)',
  'for one, two in zip(losses, [1, 2, 3]):\n    print(two)',
  'print(np.mean(losses))',
  'print(np.asarray(total).round(3))',
  'print(torch.stack(losses).mean().item())',
  'print(torch.stack(losses))',
  'print(torch.tensor(losses))',
  'average = total / 3\nprint(plain(average))',
  'average = total / 3\nshow(average)',
  'average = total / 3\naverage',
  'total.backward()\nprint(model.second.bias.grad)',
  'loss.backward()\nprint(model.second.bias.grad)',
  'sum(losses).backward()\nprint(model.second.bias.grad)',
  'copy = list(losses)\nprint(copy[:1])',
  'copy = losses\ncopy[-1]',
  'record = {"losses": losses}\nprint(len(record["losses"]))',
  'record = {"losses": losses}\nrecord',
  "print(len(box['losses']), box['other'])",
  "print(box['losses'][:1])",
  'print(box)',
  'print(holder.loss)',
  'print(loss.requires_grad)',
  'print(any(getattr(one, "grad_fn", None) for one in losses))',
  'def later():\n    return [show(one) for one in losses]\n\n\nlater()',
  'def later(values):\n    return max(values)\n\n\nprint(plain(later(losses)))',
  'def later(values):\n    return max(values)\n\n\nlater(losses)',
  'print(sorted(losses, key=repr))',
  'print(list(map(str, losses)))',
  'print(outputs.argmax(1))',
  'print(outputs)',
  'try:\n    print(outputs.numpy().shape)\nexcept RuntimeError:\n    print("a graph")',
  'losses = [1]\nprint(losses)',
  'total = 0\nprint(total)',
  'if total > 1:\n    print(True)',
  'print(best.sum().item())',
  'print(best)',
  'print(place)',
  'print(kept)',
];

const loop = fc
  .record({
    start: fc.constantFrom(...STARTS),
    step: fc.constantFrom(TRAINING, ASKING, HELPED),
    keeping: fc.uniqueArray(fc.constantFrom(...KEEPING), { minLength: 1, maxLength: 2 }),
    evaluates: fc.boolean(),
    inFunction: fc.boolean(),
  })
  .map(({ start, step, keeping, evaluates, inFunction }) => {
    const body = `${start}\n${evaluates ? 'model.eval()\n' : ''}for x, y in batches:\n${step}\n    ${keeping.join('\n    ')}`;
    if (!inFunction) return body;
    const indented = body.replaceAll(/^(?=.)/gm, '    ');
    return `def run():\n${indented}\n    return losses, total\n\n\nlosses, total = run()`;
  });

const program = fc
  .record({
    loops: fc.array(loop, { minLength: 1, maxLength: 2 }),
    uses: fc.array(fc.constantFrom(...USES), { minLength: 1, maxLength: 3 }),
  })
  .map(({ loops, uses }) => [START, ...loops, ...uses]);

describe.skipIf(torchPython === undefined)(
  'run by PyTorch (left out where no Python has torch)',
  async () => {
    const own = findFixtures().filter(
      ({ transform, out }) => (transform === 'detach-loss' || transform === 'no-grad') && out !== null,
    );
    const rewritten = await Promise.all(
      own.map(async (fixture) => sourcesOf((await refactorFixture(fixture)).text)),
    );
    const shown =
      torchPython === undefined
        ? []
        : runWithTorch([...own.map((fixture) => sourcesOf(readInput(fixture))), ...rewritten]);

    it.each(own.map(({ transform, name }, at) => [`${transform}/${name}`, at] as const))(
      '%s shows the same',
      (_, at) => {
        expect(shown[at]).not.toMatch(/Error\n$/);
        expect(shown[own.length + at]).toBe(shown[at]);
      },
    );

    let changed = 0;

    it('shows the same whatever is done with losses and answers', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(program, { minLength: PROGRAMS, maxLength: PROGRAMS }),
          async (programs) => {
            const different = await changedBy(programs, [detachLoss, noGrad], {
              select: ['detach-loss', 'no-grad'],
              tier: 'lossy',
            });
            changed += different.length;
            const results = runWithTorch(different.flat());
            // What went wrong is told whole: the programs are many, and each is short.
            const wrong = different.flatMap(([, after], at) => {
              const [before, now] = results.slice(2 * at, 2 * at + 2);
              return before === now ? [] : [textOf([...after.slice(1), `${before}`, `${now}`])];
            });
            expect(wrong[0]).toBeUndefined();
          },
        ),
        { numRuns: ROUNDS, endOnFailure: true },
      );
    }, 300_000);

    it('and some programs are changed', () => {
      expect(changed).toBeGreaterThan(PROGRAMS / 10);
    });
  },
);

describe.skipIf(torchPython === undefined)('PyTorch itself', () => {
  it('gives the same bits without a graph, in every layer that is taken for one that does', {
    timeout: 300_000,
  }, () => {
    const script = fileURLToPath(new URL('../python/torch_layers.py', import.meta.url));
    const output = execFileSync(torchPython ?? 'python3', [script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { same } = JSON.parse(output) as { same: Record<string, boolean | string> };
    expect(same).toEqual(Object.fromEntries(EXACT_LAYERS.map((name) => [name, true])));
  });
});

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { NOTHING_DECLARED } from '../../src/verify/declared.js';
import type { Verification } from '../../src/verify/verification.js';
import { type VerifyOptions, verify } from '../../src/verify/verify.js';
import { notebookText } from '../cli/run-cli.js';
import { availableCombinations } from '../environments.js';
import { runOptions } from './run-options.js';

const [combination = 'E6'] = [...availableCombinations()].reverse();

// A place of its own for what is temporary: others may verify at the same time, and what is left behind is looked at.
const temporary = mkdtempSync(path.join(tmpdir(), 'nbslim-temporary-'));
vi.stubEnv('TMPDIR', temporary);
const directory = mkdtempSync(path.join(temporary, 'in-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});
writeFileSync(path.join(directory, 'data.csv'), 'a,b\n1,x\n2,y\n');

/** Verifies two notebooks of these cells, as if they stood beside `data.csv`. */
function verifyCells(
  original: readonly string[],
  rewritten = original,
  options: Partial<VerifyOptions> = {},
): Promise<Verification> {
  return verify(
    {
      path: path.join(directory, 'in.ipynb'),
      original: notebookText(...original),
      rewritten: notebookText(...rewritten),
      declared: NOTHING_DECLARED,
    },
    { ...runOptions(combination), ...options },
  );
}

/** Processes whose command names the driver or a kernel that it started. */
function ownProcesses(): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes('ipykernel_launcher') && line.includes(home()));
}

const home = () => path.join(tmpdir(), 'nbslim-run-');
const workplaces = () => readdirSync(tmpdir()).filter((name) => name.startsWith('nbslim-run-'));

describe('two notebooks in real kernels', () => {
  test.skipIf(process.platform === 'win32')(
    "are talked to by files: a free port may be another kernel's next",
    async () => {
      const { verdict, original } = await verifyCells([
        "import json\nfrom ipykernel import get_connection_file\nassert json.load(open(get_connection_file()))['transport'] == 'ipc'",
      ]);
      expect(verdict).toBe('same');
      expect(original?.stoppedAt).toBeNull();
    },
  );

  test('are the same, and their memory is told', async () => {
    const before = workplaces();
    const result = await verifyCells(
      ['import numpy as np', 'big = np.ones(20_000_000)\nbig.sum()', 'del big', 'print(1)'],
      ['import numpy as np', 'np.ones(20_000_000).sum()', 'print(1)'],
    );
    expect(result.verdict).toBe('same');
    const { original, rewritten } = result;
    expect(original?.memory.method).toBe('exact');
    // Nothing differs: there is nothing that a second run of the original could explain.
    expect(original?.runs).toBe(1);
    // 160 MB of ones, held in one cell and gone at the end.
    const grown = (original?.cells[1]?.held ?? 0) - (original?.cells[0]?.held ?? 0);
    expect(grown / 1e6).toBeCloseTo(160, -1);
    expect((original?.memory.peak ?? 0) - (original?.memory.held ?? 0)).toBeGreaterThan(140e6);
    // Freed within the cell: only the peak says that it was there.
    expect((rewritten?.cells[1]?.peak ?? 0) - (rewritten?.cells[1]?.held ?? 0)).toBeGreaterThan(140e6);
    expect(original?.memory.heldAfterTrim).not.toBeNull();
    expect(workplaces()).toEqual(before);
  });

  test('count of their children what these have to themselves', async () => {
    const fork = (work: string) =>
      `pid = os.fork()\nif pid == 0:\n    ${work}\n    time.sleep(1)\n    os._exit(0)\nos.waitpid(pid, 0);`;
    const { original } = await verifyCells([
      'import os, time\nimport numpy as np\nbig = np.ones(12_500_000)',
      fork('pass'),
      fork('own = np.ones(12_500_000)'),
    ]);
    const [first, shared, own] = original?.cells ?? [];
    expect(((shared?.peak ?? 0) - (first?.held ?? 0)) / 1e6).toBeLessThan(40);
    expect(((own?.peak ?? 0) - (first?.held ?? 0)) / 1e6).toBeGreaterThan(90);
  });

  test('differ in what they show, hold and write', async () => {
    const result = await verifyCells(
      ['print(1)', 'x = [1, 2]', 'open("out.txt", "w").write("a");'],
      ['print(2)', 'x = [1, 3]', 'open("out.txt", "w").write("b");'],
    );
    expect(result.verdict).toBe('different');
    expect(result.differences.map(({ kind, where, cells }) => [kind, where, cells.original])).toEqual([
      ['shown', 'shown 1', 1],
      ['name', 'x[1]', null],
      ['file', 'out.txt', null],
    ]);
    expect(existsSync(path.join(directory, 'out.txt'))).toBe(false);
  });

  test('are seeded alike, so that what is random can be compared', async () => {
    const cells = [
      'import random',
      'print(random.random())',
      'import numpy as np; print(np.random.rand())',
      'print({"a", "b", "c"})',
    ];
    const result = await verifyCells(cells, ['x = 1', ...cells]);
    expect(result).toMatchObject({ verdict: 'same', notReproducible: [] });
    const other = await verifyCells(cells, [cells[0] ?? '', 'print(random.random() + 1)', ...cells.slice(2)]);
    expect(other.verdict).toBe('different');
  });

  test('are not held to what the original itself does not show twice', async () => {
    const cells = [
      'import os',
      'print("same")\nprint(os.urandom(8).hex())',
      'noise = os.urandom(8)',
      'y = x = 5',
    ];
    const result = await verifyCells(cells);
    expect(result.verdict).toBe('same');
    expect(result.notReproducible.map(({ where }) => where)).toEqual(['shown 1, 1 line of it', 'noise']);
    const other = await verifyCells(cells, [
      cells[0] ?? '',
      (cells[1] ?? '').replace('same', 'other'),
      ...cells.slice(2),
    ]);
    expect(other.verdict).toBe('different');
  });

  test('could not be compared where most of it is not reproducible', async () => {
    const result = await verifyCells(['import os', 'os.urandom(8)', 'os.urandom(9)', '1']);
    expect(result).toMatchObject({
      verdict: 'could-not-compare',
      why: 'Only 1 of 3 outputs could be compared.',
    });
  });

  test('fail alike, or are different', async () => {
    const cells = ['a = 1', 'b = 2', 'c = 3', '1 / 0', 'print("never")'];
    const result = await verifyCells(cells);
    expect(result.verdict).toBe('same');
    expect(result.original?.stoppedAt).toEqual({ cell: 4, error: 'ZeroDivisionError: division by zero' });
    const mended = await verifyCells(cells, ['a = 1', 'b = 2', 'c = 3', 'pass', 'print("never")']);
    expect(mended.verdict).toBe('different');
    const early = await verifyCells(['import nothing_that_is_there', 'a = 1', 'b = 2', 'c = 3']);
    expect(early.verdict).toBe('could-not-compare');
  });

  test('change an output that was shown, and clear what was', async () => {
    const result = await verifyCells(
      [
        'h = display("a", display_id=True)',
        'h.update("b")',
        'from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)',
      ],
      ['h = display("b", display_id=True)', 'from IPython.display import clear_output\nprint(2)'],
    );
    expect(result.verdict).toBe('same');
  });

  test('find their files above their directory', async () => {
    const inner = path.join(directory, 'inner');
    mkdirSync(inner);
    const job = notebookText(
      'import csv',
      'rows = list(csv.reader(open("../data.csv")))\nrows',
      'open("../made.txt", "w").write("a");',
    );
    const result = await verify(
      { path: path.join(inner, 'in.ipynb'), original: job, rewritten: job, declared: NOTHING_DECLARED },
      runOptions(combination),
    ).catch((error: unknown) => error);
    expect(result).toMatchObject({
      verdict: 'same',
      original: { stoppedAt: null },
      compared: { files: { compared: 1, of: 1 } },
    });
    expect(existsSync(path.join(directory, 'made.txt'))).toBe(false);
  });
});

describe('a notebook that misbehaves', () => {
  test('dies', async () => {
    const result = await verifyCells(['x = 1', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)']);
    expect(result.verdict).toBe('could-not-run');
    expect(result.why).toContain('cell 2: the kernel died by SIGKILL');
  });

  test('runs out of memory where the rewritten one does not need to', async () => {
    const limit = 'import resource\nresource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))';
    const result = await verifyCells(
      [limit, 'x = 1', 'y = 2', 'z = bytearray(3 << 30)'],
      [limit, 'x = 1', 'y = 2'],
    );
    expect(result.verdict).toBe('different');
    expect(result.differences[0]).toMatchObject({ kind: 'error', original: 'MemoryError: ' });
  });

  test('is different if it dies and the original does not', async () => {
    const result = await verifyCells(['x = 1'], ['import os\nos._exit(3)']);
    expect(result).toMatchObject({ verdict: 'different', rewritten: null });
    expect(result.why).toContain('cell 1: the kernel died with exit status 3');
  });

  test('never ends, and leaves no process', async () => {
    const result = await verifyCells(
      [
        'import subprocess\nchild = subprocess.Popen(["sleep", "4321"], start_new_session=True)',
        'while True: pass',
      ],
      undefined,
      { timeout: 3 },
    );
    expect(result.why).toContain('cell 2: did not end within 3 s');
    expect(ownProcesses()).toEqual([]);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 4321');
  });

  test('prints 200 MB, of which the last character differs', { timeout: 240_000 }, async () => {
    const print = (end: string) => `for _ in range(20): print("a" * 10_000_000)\nprint("${end}")`;
    const result = await verifyCells([print('b')], [print('c')]);
    expect(result.differences.map(({ where }) => where)).toEqual(['shown 1']);
  });

  test('takes its directory away', async () => {
    const result = await verifyCells(['import os, shutil', 'shutil.rmtree(os.getcwd())', 'x = 1']);
    expect(result.verdict).toBe('same');
    expect(result.compared.files).toEqual({ compared: 1, of: 1 });
    expect(readFileSync(path.join(directory, 'data.csv'), 'utf8')).toContain('1,x');
  });

  test('writes into a large file that is only linked', async () => {
    const result = await verifyCells(['x = 1', 'open("data.csv", "a").write("b");'], undefined, {
      copyUpTo: 4,
    });
    expect(result.original?.stoppedAt?.error).toContain('PermissionError: nbslim verify links to data.csv');
    expect(readFileSync(path.join(directory, 'data.csv'), 'utf8')).toBe('a,b\n1,x\n2,y\n');
  });
});

describe('a kernel that does not start', () => {
  test('has no interpreter', async () => {
    const result = await verifyCells(['1'], undefined, { python: '/nowhere/python' });
    expect(result).toMatchObject({ verdict: 'could-not-run' });
    expect(result.why).toContain('/nowhere/python can not be started');
  });

  test('has a name that nobody knows', async () => {
    const result = await verifyCells(['1'], undefined, { kernel: 'no-such-kernel' });
    expect(result.verdict).toBe('could-not-run');
    expect(result.why).toContain("no kernel 'no-such-kernel'");
  });

  test('has no Jupyter', async () => {
    const result = await verifyCells(['1'], undefined, { python: 'python3', env: {} });
    if (result.verdict === 'could-not-run')
      expect(result.why).toContain('pip install jupyter_client ipykernel');
  });
});

describe('control-C', () => {
  test('ends everything', async () => {
    const controller = new AbortController();
    const before = workplaces();
    const running = verifyCells(['import time; time.sleep(100)'], undefined, {
      signal: controller.signal,
      onCell: () => controller.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
    expect(ownProcesses()).toEqual([]);
    expect(workplaces()).toEqual(before);
  });
});

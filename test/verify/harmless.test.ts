import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareRuns } from '../../src/verify/compare-runs.js';
import { notebookText } from '../cli/run-cli.js';
import { availableCombinations } from '../environments.js';
import { runNotebooks } from '../fixtures/run-in-python.js';

type Pair = readonly [point: string, original: readonly string[], rewritten: readonly string[]];

const PD = 'import pandas as pd\nimport numpy as np\nimport matplotlib.pyplot as plt';

/** What differs between two runs of notebooks that do the same: nothing is declared, and all of it is the same. */
const PAIRS: readonly Pair[] = [
  ['an address', ['object()'], ['a = [object(), object()]\nobject()']],
  [
    'an address in an error',
    ['raise ValueError(object())'],
    ['keep = [object()]\nraise ValueError(object())'],
  ],
  ['the address of a function', ['def f(): pass\nprint(f)'], ['x = 1\ndef f(): pass\nprint(f)']],
  ['an address in what a name holds', ['x = [object()]'], ['y = [1]; x = [object()]']],
  ['a time that IPython tells', ['%time x = 1'], ['%time x = 1\nimport time']],
  ['a time of many loops', ['%timeit -n1 -r1 1 + 1'], ['%timeit -n1 -r1 1 + 1 + 1']],
  [
    'that one of many loops was slow',
    [
      'import time\ndef f(runs=[]):\n    runs.append(1)\n    if len(runs) == 3: time.sleep(0.05)',
      '%timeit -n1 -r5 f()',
    ],
    [
      'import time\ndef f(runs=[]):\n    runs.append(1)\n    if len(runs) == 3: time.sleep(0)',
      '%timeit -n1 -r5 f()',
    ],
  ],
  ['a random id', ['import uuid\nprint(uuid.uuid4())'], ['import uuid\nprint(uuid.uuid4())']],
  [
    'an id in hexadecimal',
    ['import uuid\nprint(uuid.uuid4().hex)'],
    ['import uuid\nprint(uuid.uuid4().hex)'],
  ],
  [
    "a styled table's id",
    [PD, 'pd.DataFrame({"a": [1]}).style.set_caption("c")'],
    [PD, 'pd.DataFrame({"a": [1]}).style.set_caption("c")'],
  ],
  [
    'a temporary directory',
    ['import tempfile\nprint(tempfile.mkdtemp())'],
    ['import tempfile\nprint(tempfile.mkdtemp())'],
  ],
  ['the order of a set', ['print({"a", "b", "c", "d"})'], ['s = set()\nfor c in "dcba": s.add(c)\nprint(s)']],
  ['the order of a set that is shown', ['{8, 16, 0}'], ['{0, 16, 8}']],
  ['the order of a set that is held', ['x = {8, 16, 0}'], ['x = {0, 16, 8}']],
  [
    "a warning's line",
    ['import warnings\nwarnings.warn("w")'],
    ['import warnings\n\n\n\nwarnings.warn("w")'],
  ],
  ["a warning's cell", ['import warnings', 'warnings.warn("w")'], ['import warnings\nwarnings.warn("w")']],
  [
    'a warning of another statement',
    ['import warnings', 'warnings.warn("w")'],
    ['import warnings\ndef f():\n    warnings.warn("w")\nf()'],
  ],
  ['cells that are merged', ['print(1)', 'print(2)'], ['print(1)\nprint(2)']],
  ['a cell that is split', ['print(1)\nprint(2)'], ['print(1)', 'print(2)']],
  ['a last value that is displayed', [PD, 'pd.Series([1])'], [PD, 'display(pd.Series([1]))']],
  ['a string that is displayed', ['"a"'], ['display("a")']],
  [
    'a figure that is shown at the end of its cell',
    [PD, 'plt.plot([1, 2]);'],
    [PD, 'plt.plot([1, 2]);\nplt.show()'],
  ],
  [
    'two figures in one cell',
    [PD, 'plt.plot([1]);', 'plt.plot([2]);'],
    [PD, 'plt.plot([1])\nplt.show()\nplt.plot([2]);'],
  ],
  [
    'standard error between two lines',
    ['import sys\nprint(1)\nprint("e", file=sys.stderr)\nprint(2)'],
    ['import sys\nprint("e", file=sys.stderr)\nprint(1)\nprint(2)'],
  ],
  [
    'the steps of a progress bar',
    ['for i in (1, 2): print(f"\\r {i}0%|#| {i}/2 [00:0{i}<00:01, 1.0it/s]", end="")\ndel i'],
    ['print("\\r 20%|#| 2/2 [00:02<00:00, 2.0it/s]", end="")'],
  ],
  ['lines that are written over', ['print("\\r1", end="")\nprint("\\r2")'], ['print("\\r2")']],
  [
    'what is random after one seed',
    ['import random\nrandom.random()'],
    ['import random\nx_ = 0\nrandom.random()'],
  ],
  [
    'what is random in numpy',
    [PD, 'np.random.rand(3)'],
    ['import numpy as np\nimport pandas as pd, matplotlib.pyplot as plt\nnp.random.rand(3)'],
  ],
  ['the order of imports', ['import os, sys'], ['import sys\nimport os']],
  ['a name that only the rewritten notebook holds', ['x = 1'], ['x = 1\nmap_ = {"a": 1}']],
  [
    'another layout of the same frame',
    [PD, 'df = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]})'],
    [PD, 'df = pd.DataFrame({"a": [1.0, 2.0]})\ndf["b"] = [3.0, 4.0]'],
  ],
  [
    'an array that is not contiguous',
    [PD, 'a = np.arange(6).reshape(2, 3).T.copy()'],
    [PD, 'a = np.arange(6).reshape(2, 3).T'],
  ],
  [
    'a file written twice',
    ['open("a.txt", "w").write("x");'],
    ['open("a.txt", "w").write("y")\nopen("a.txt", "w").write("x");'],
  ],
  ['an error that both raise', ['x = 1', '{}["k"]'], ['x = 1\n{}["k"]']],
];

const directory = mkdtempSync(path.join(tmpdir(), 'nbslim-harmless-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(availableCombinations())(
  'harmless pairs are the same in %s',
  { timeout: 240_000 },
  async (combination) => {
    const files = PAIRS.flatMap(([, ...cells], pair) =>
      cells.map((sources, side) => {
        const file = path.join(directory, `${pair}-${side}.ipynb`);
        writeFileSync(file, notebookText(...sources));
        return file;
      }),
    );
    const runs = await runNotebooks(combination, files);
    const found = PAIRS.map(([point], pair) => {
      const [original, rewritten] = runs.slice(2 * pair, 2 * pair + 2);
      if (!original || !rewritten) throw new Error('a run is missing');
      return { point, failure: original.failure, differences: compareRuns(original, rewritten).differences };
    });
    expect(PAIRS.length).toBeGreaterThanOrEqual(25);
    expect(found).toEqual(PAIRS.map(([point]) => ({ point, failure: null, differences: [] })));
  },
);

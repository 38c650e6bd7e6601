import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { availableCombinations, pythonOf } from '../environments.js';
import { notebookOf } from '../notebook-of.js';
import { inspectFile, judgeColumns, traceNotebooks } from './traced.js';

const HEAD = `import pandas as pd
a = pd.read_csv('a.csv')
b = pd.read_csv('b.csv', usecols=['k', 'x', 'z'])
i = pd.read_csv('a.csv', index_col='k')`;

/** Each binds, or changes, \`r\`: whose columns must be said. */
const KNOWN = [
  'r = a',
  'r = b.copy()',
  'r = i.reset_index(drop=True)',
  'r = a[["y", "k"]]',
  'wanted = ["y", "k"]\nr = a[wanted]',
  'r = a[a.x > 3]',
  'r = a[(a.x > 3) & ~(a["y"] == 5)].head(1)',
  'r = a[1:]',
  'r = a.loc[a.x > 3, ["x", "k"]]',
  'r = a.loc[:, ["x"]]',
  'r = a.iloc[:2]',
  'r = a.drop(columns=["x"])',
  'r = a.drop("x", axis=1)',
  'r = a.drop(["x", "y"], axis="columns")',
  'r = a.drop([0])',
  'r = a.rename(columns={"x": "X", "nobody": "n"})',
  'r = a.rename({"x": "X"}, axis=1)',
  'r = a.assign(w=1, x=lambda d: d.y)',
  'r = a.filter(["y", "nobody"])',
  'r = a.set_index("k")',
  'r = a.set_index(["k", "y"], drop=False)',
  'r = a.merge(b)',
  'r = a.merge(b, on="k")',
  'r = pd.merge(a, b, on=["k"], suffixes=("_l", ""))',
  'r = pd.merge(a, b, left_on="x", right_on="z", how="outer")',
  'r = pd.concat([a, b])',
  'r = pd.concat([a, i.rename(columns={"x": "p", "y": "q"})], axis=1)',
  'r = pd.DataFrame({"p": [1], "q": [2]})',
  'r = pd.DataFrame([[1, 2]], columns=["p", "q"])',
  'r = a.sort_values("x").dropna().fillna(0).reset_index(drop=True)',
  'r = a.copy()\nr["n"] = 1',
  'r = a.copy()\nr[["n", "m"]] = 0',
  'r = a.copy()\nr["x"] = r["x"] + 1',
  'r = a.copy()\nr.loc[r.x > 3, "flag"] = 1',
  'r = a.copy()\nr.loc[7] = [1, 2, 3]',
  'r = a.copy()\nr.drop("y", axis=1, inplace=True)',
  'r = a.copy()\nr.rename(columns={"x": "X"}, inplace=True)',
  'r = a.copy()\nr.sort_values("x", inplace=True)',
  'r = a.copy()\nr.columns = ["p", "q", "s"]',
  'r = a.copy()\nr.insert(1, "n", 0)',
  'r = a.copy()\nn = r.pop("y")',
  'r = a.copy()\ndel r["k"]',
  'r = a.copy()\nother = r\nother["n"] = 1',
  'r = a.copy()\npart = r[["k"]].copy()\npart["n"] = 1',
  'r = a.copy()\nr["x"] *= 2',
];

/** Nobody knows the columns of \`r\`, or they are not followed; what is said of other frames must hold. */
const UNKNOWN = [
  'def add(d):\n    d["n"] = 1\nr = a.copy()\nadd(r)',
  'r = a.copy()\nfor c in ["p", "q"]:\n    r[c] = 1',
  'r = a.copy()\nif len(r) > 1:\n    r["n"] = 1',
  'r = a.copy()\nframes = [r]\nframes[0]["n"] = 1',
  'r = a.copy()\nn = "p"\nn = "q"\nr[n] = 1',
  'wanted = ["k"]\nwanted.append("x")\nr = a[wanted]',
  'r = a.T',
  'r = a.pivot_table(index="k", columns="x", values="y")',
  'r = a.groupby("k").mean()',
  'r = a.rename(columns=str.upper)',
  'r = a.sort_index(axis=1)',
  'r = a.sample(2, axis=1)',
  'r = pd.get_dummies(a, columns=["k"])',
  'r = a.copy()\nr[("p", "q")] = 1',
  'r = a.join(b, rsuffix="_b")',
  'r = a.reset_index()',
  'r = a.copy()\nr.eval("n = x + y", inplace=True)',
  'def make():\n    return a.assign(w=1)\nr = make()',
  'r = a.copy()\nexec("r[\'n\'] = 1")',
  'r = a.copy()\nn = [r.insert(0, c, 1) for c in ["p"]]',
  'r = a.copy()\nr.apply(lambda row: row, axis=1)\nsetattr(r, "columns", ["p", "q", "s"])',
  'r = a.copy()\nr.columns = r.columns.str.upper()',
  'r = pd.read_csv("a.csv")\nr.columns.values[0] = "p"',
];

const scratch = mkdtempSync(path.join(tmpdir(), 'nbslim-columns-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
writeFileSync(path.join(scratch, 'a.csv'), 'k,x,y\n1,3,5\n2,4,6\n3,5,7\n');
writeFileSync(path.join(scratch, 'b.csv'), 'k,u,x,z\n1,0,3,9\n2,0,4,8\n');
const files = [...KNOWN, ...UNKNOWN].map((code, number) => {
  const file = path.join(scratch, `${number}.ipynb`);
  writeFileSync(file, notebookOf(HEAD, code));
  return file;
});

describe.each(availableCombinations())('the columns of frames, as pandas has them in %s', (combination) => {
  it('are what is said', { timeout: 600_000 }, async () => {
    const wrong: string[] = [];
    const raised: string[] = [];
    let number = 0;
    for await (const { cells, failure } of traceNotebooks(pythonOf(combination), files, {
      isInPlace: true,
    })) {
      const code = [...KNOWN, ...UNKNOWN][number] ?? '';
      const isKnown = number < KNOWN.length;
      const last = cells.at(-1);
      if (last === undefined || (last.failed && isKnown))
        throw new Error(`${code}: ${failure ?? 'it raises'}`);
      const inspection = await inspectFile(files[number] ?? '');
      const isSaid = (inspection.values['r']?.columns ?? null) !== null;
      if (isSaid !== isKnown) wrong.push(`${code}: ${isSaid ? 'said' : 'not said'}`);
      // A later pandas refuses some of what is not known.
      if (last.failed) raised.push(code);
      else for (const what of judgeColumns(inspection, last).wrong) wrong.push(`${code}: ${what}`);
      number += 1;
    }
    expect(wrong).toEqual([]);
    expect(raised.length).toBeLessThan(2);
    expect(number).toBe(files.length);
  });
});

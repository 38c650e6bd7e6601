import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/report/diagnosis.js';
import { availableCombinations, pythonOf } from '../environments.js';
import { notebookText, runCli, temporaryDirectory, writeExample } from './run-cli.js';

const [newest = 'E6'] = [...availableCombinations()].reverse();

async function diagnose(cwd: string, ...args: string[]): Promise<Diagnosis> {
  const { code, stdout, stderr } = await runCli(['doctor', 'btc.ipynb', '--json', ...args], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Diagnosis;
}

describe('doctor', () => {
  it('tells what holds memory, where, and what each change would save; and writes nothing', async () => {
    const cwd = await temporaryDirectory();
    const text = await writeExample(cwd);
    const { code, stdout, stderr } = await runCli(['doctor', 'btc.ipynb'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('btc.ipynb: ');
    expect(stdout).toMatch(/703\.1 KiB +2 to the end +df: DataFrame, all rows of btc\.csv +cell 4 +df\n/);
    expect(stdout).toContain('cells 3-5');
    expect(stdout).toMatch(/btc\.ipynb:cell 2:1:1: collapse: .* \(frees 703\.1 KiB by the end\) \[collapse-/);
    expect(await readFile(join(cwd, 'btc.ipynb'), 'utf8')).toBe(text);
  });

  it('has the changes of refactor, by their ids, in every tier, the most bytes first', async () => {
    const cwd = await temporaryDirectory();
    await writeExample(cwd);
    const { changes, model } = await diagnose(cwd);
    const { stdout } = await runCli(['refactor', 'btc.ipynb', '--check', '--output-format', 'json'], { cwd });
    const [report] = JSON.parse(stdout).notebooks;
    const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id).sort();
    expect(ids(changes.filter(({ planned }) => planned))).toEqual(ids(report.changes));
    expect(ids(changes.filter(({ planned }) => !planned))).toEqual(ids(report.withheld));
    expect(changes.map(({ tier }) => tier)).toContain('lossy');
    const bytes = changes.map(({ saving }) => saving?.peak || saving?.held || 0);
    expect(bytes).toEqual([...bytes].sort((a, b) => b - a));
    expect(model).toMatchObject({ peak: report.memory.before.peak, after: report.memory.after });
  });

  it('measures with --run, and agrees with the model of what a frame takes', async () => {
    const cwd = await temporaryDirectory();
    await writeExample(cwd);
    const { model, measured } = await diagnose(cwd, '--run', '--python', pythonOf(newest));
    const [modelled] = model?.objects ?? [];
    const [seen] = measured?.objects ?? [];
    expect(seen).toMatchObject({ from: 2, to: null, pins: [{ name: 'df', through: null }] });
    // The index is not in the model.
    expect(Math.abs((seen?.bytes ?? 0) - (modelled?.bytes ?? 0))).toBeLessThan(1000);
    expect(measured?.run.cells.map(({ cell }) => cell)).toEqual([1, 2, 3, 4, 5]);
  });

  it('numbers what is shown as IPython does', async () => {
    const cwd = await temporaryDirectory();
    await writeExample(cwd, 'other.ipynb');
    const cells = ['import pandas as pd', ' \n', "df = pd.read_csv('btc.csv')\ndf", "df['Open']"];
    await writeFile(join(cwd, 'btc.ipynb'), notebookText(...cells));
    const { model } = await diagnose(cwd);
    expect(model?.objects[0]?.pins).toEqual([
      { name: 'df', through: null, from: 3, to: null },
      { name: 'Out[2]', through: null, from: 3, to: null },
      { name: 'Out[3]', through: 'Series', from: 4, to: null },
    ]);
    const { measured } = await diagnose(cwd, '--run', '--python', pythonOf(newest));
    expect(measured?.objects[0]?.pins.map(({ name }) => name)).toEqual(['df', 'Out[2]', 'Out[3]']);
  });

  it('says what is not known, and what can not be run', async () => {
    const cwd = await temporaryDirectory();
    await writeFile(join(cwd, 'n.ipynb'), notebookText("import pandas as pd\npd.read_csv('\u202enone.csv')"));
    const { code, stdout } = await runCli(['doctor', 'n.ipynb'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('the memory is not known without running it (--run)');
    expect(stdout).toContain('\\u202enone.csv: file not found');
    const failed = await runCli(
      ['doctor', 'n.ipynb', '--run', '--python', pythonOf(newest), '--kernel', 'no-such'],
      {
        cwd,
      },
    );
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(failed.stderr).toContain("There is no kernel 'no-such'");
  });
});

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect } from 'vitest';
import { refactorNotebook } from '../../src/batch/refactor-notebook.js';
import type { Settings } from '../../src/batch/settings.js';
import { UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import type { Transform } from '../../src/refactor/contract.js';
import { notebookText } from '../cli/run-cli.js';
import { sourcesOf } from '../refactor/notebooks.js';

/** The sources of a program's cells. */
export type Program = readonly string[];

export const textOf = (program: Program): string => program.join('\n---\n');

/** What a random program is put together from. */
interface Parts {
  /** The first cell. */
  readonly start: string;
  readonly makers: readonly string[];
  readonly takers: readonly string[];
  readonly others: readonly string[];
  /** How many of `others` come for four of `takers`. */
  readonly weightOfOthers: number;
  /** `def run(values):` and the call of it, around those that stand in a function. */
  readonly header: string;
  readonly call: string;
  /** What can only stand at the top level. */
  readonly isTopLevel: (statement: string) => boolean;
}

/** Programs that make a list, and do something with it in the same cell, in later ones, or in a function. */
export function programsOf(parts: Parts): fc.Arbitrary<Program> {
  const { start, makers, takers, others, weightOfOthers, header, call, isTopLevel } = parts;
  return fc
    .record({
      before: fc.array(fc.constantFrom(...others), { maxLength: 1 }),
      maker: fc.constantFrom(...makers),
      rest: fc.array(
        fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...takers) },
          { weight: weightOfOthers, arbitrary: fc.constantFrom(...others) },
          { weight: 1, arbitrary: fc.constant('---') },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      inFunction: fc.boolean(),
    })
    .map(({ before, maker, rest, inFunction }) => {
      const body = [...before, maker, ...rest];
      if (!inFunction) return [start, ...body.join('\n').split(/^---\n?/m)];
      const lines = body.filter((one) => one !== '---' && !isTopLevel(one)).join('\n');
      return [start, `${header}\n${lines.replaceAll(/^(?=.)/gm, '    ')}\n\n\n${call}`];
    });
}

/** The programs that the transforms change, with what becomes of them. */
export async function changedBy(
  programs: readonly Program[],
  transforms: readonly Transform[],
  settings: Settings,
): Promise<readonly (readonly [before: Program, after: Program])[]> {
  const pairs = await Promise.all(
    programs.map(async (cells) => {
      const result = await refactorNotebook({
        text: notebookText(...cells),
        path: 'notebook.ipynb',
        transforms,
        settings: { minSaving: 0, ...settings },
        environment: UNKNOWN_ENVIRONMENT,
      });
      expect(result.broken).toEqual([]);
      return [cells, sourcesOf(result.text)] as const;
    }),
  );
  return pairs.filter(([before, after]) => textOf(before) !== textOf(after));
}

const HELPERS = fileURLToPath(new URL('../python', import.meta.url));

/**
 * Runs the programs, all in one process.
 *
 * @param result Python: `def result(cells):`, what is wanted of a program; `run` of test/python/run_programs.py is there
 */
export function runPrograms<Result>(python: string, programs: readonly Program[], result: string): Result[] {
  const code = `
import json, sys
sys.path.insert(0, ${JSON.stringify(HELPERS)})
from run_programs import run
${result}
print(json.dumps([result(cells) for cells in json.load(sys.stdin)]))
`;
  const input = JSON.stringify(programs);
  const output = execFileSync(python, ['-c', code], { encoding: 'utf8', input, maxBuffer: 1 << 26 });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as Result[];
}

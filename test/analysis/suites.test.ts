import { describe, expect, it } from 'vitest';
import { interfaceOf } from '../../src/analysis/block-interface.js';
import type { Program } from '../../src/analysis/program.js';
import { analyzeCells } from './analyze-cells.js';
import { IPYFLOW } from './suites/ipyflow.js';
import { MARIMO } from './suites/marimo.js';
import type { NamesCase } from './suites/names-case.js';
import { PROGRAM_ANALYSIS } from './suites/program-analysis.js';
import { ROPE } from './suites/rope.js';
import { SLICES } from './suites/slices.js';

const SUITES: Readonly<Record<string, readonly NamesCase[]>> = {
  ipyflow: IPYFLOW,
  marimo: MARIMO,
  'python-program-analysis': PROGRAM_ANALYSIS,
};

/** What the program binds, and what it or whoever uses what it defines reads before that. */
async function namesOf(code: string): Promise<{ readonly binds: string; readonly needs: string }> {
  const bound = bindsOf(await analyzeCells(code));
  const program = await analyzeCells(code, bound.length === 0 ? 'pass' : bound.join('\n'));
  const definite = new Set<string>();
  const needs = new Set<string>();
  for (const statement of program.statements) {
    const isUse = statement.cell === 2;
    for (const name of statement.needs)
      if (!definite.has(name) && !(isUse && bound.includes(name))) needs.add(name);
    for (const name of statement.writes) definite.add(name);
  }
  return { binds: bound.join(' '), needs: [...needs].sort().join(' ') };
}

function bindsOf({ statements }: Program): string[] {
  return [...new Set(statements.flatMap(({ writes, maybeWrites }) => [...writes, ...maybeWrites]))].sort();
}

describe.each(Object.entries(SUITES))('the suite of %s', (_project, cases) => {
  it.each(cases.map((one) => [one.code, one] as const))('%j', async (code, { binds, needs, theirs }) => {
    expect(await namesOf(code)).toEqual({ binds, needs });
    // A difference that is none any more is to be struck off the table.
    if (theirs !== undefined) expect({ binds, needs }).not.toMatchObject({ ...theirs, why: undefined });
  });
});

describe('the suite of rope', () => {
  it.each(ROPE.map((one) => [one.from, one] as const))('%s', async (_from, one) => {
    const program = await analyzeCells(one.before, one.block, one.after);
    const block = program.cells[1]?.statements ?? [];
    const { parameters, results, obstacle } = interfaceOf(program, block, () => false);
    const ours = { parameters: [...parameters].sort().join(' '), results: [...results].sort().join(' ') };
    expect(ours).toEqual({ parameters: one.parameters, results: one.results });
    expect(obstacle?.code).toBe(one.obstacle);
    if (one.theirs !== undefined) expect(ours).not.toMatchObject({ ...one.theirs, why: undefined });
  });
});

/** The statements on which the last one depends. */
function sliceOf({ statements }: Program): readonly number[] {
  const [last, ...others] = statements.toReversed();
  const wanted = new Set(last?.reads);
  const needed: number[] = [];
  for (const { index, writes, maybeWrites, mutates, reads } of others) {
    if (![...writes, ...maybeWrites, ...mutates].some((name) => wanted.has(name))) continue;
    for (const name of writes) wanted.delete(name);
    for (const name of reads) wanted.add(name);
    needed.unshift(index);
  }
  return needed;
}

describe('the slices of python-program-analysis', () => {
  it.each(SLICES.map((one) => [one.from, one] as const))(
    '%s',
    async (_from, { statements, needed, theirs }) => {
      expect(sliceOf(await analyzeCells(...statements))).toEqual(needed);
      if (theirs !== undefined) expect(needed).not.toEqual(theirs.needed);
    },
  );
});

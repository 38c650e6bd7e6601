import { analyzeNotebook } from '../analysis/analyze.js';
import type { Program } from '../analysis/program.js';
import type { Read } from '../analysis/reads.js';
import { type Environment, UNKNOWN_ENVIRONMENT } from '../environment/environment.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { loadParser, type Parser } from '../python/parse.js';
import { chooseTransforms, findCandidates } from './candidates.js';
import { renderChecked } from './check.js';
import type { Evidence, Options, Transform } from './contract.js';
import type { Gather } from './gather.js';
import { SavingModel } from './memory/saving.js';
import { inNotebookOrder, makePlan } from './plan.js';
import type { PlannedChange, Refactoring } from './refactoring.js';
import { NotebookSyntax } from './render/cell-syntax.js';
import { renderNotebook } from './render/render.js';

/** 100 KiB: about what a table of a thousand rows and a dozen columns takes. */
const MIN_SAVING = 100 * 1024;

export function defaultOptions(environment: Environment = UNKNOWN_ENVIRONMENT): Options {
  return {
    environment,
    tier: 'safe',
    strict: false,
    headroom: 2,
    minSaving: MIN_SAVING,
    inplaceAll: false,
    reverse: false,
    maxBatchSize: null,
    batchFactor: null,
    float16: false,
    imports: 'top',
    select: null,
    ignore: [],
    outputs: 'keep',
    leaveOut: [],
  };
}

/**
 * Refactors a notebook: what would be changed, why, and the new text. Writes nothing; other files are touched by `gather`
 * alone.
 *
 * @param text the whole file
 * @param path for messages; data files are looked for beside it
 * @throws UserError for what is no notebook of nbformat 4 in Python
 */
export async function refactor(
  text: string,
  path: string,
  transforms: readonly Transform[],
  options: Options,
  gather: Gather,
): Promise<Refactoring> {
  const parser = await loadParser();
  const program = analyzeNotebook(readNotebook(text, path), parser);
  const evidence = await gather(neededReads(program, transforms, options), {
    path,
    environment: options.environment,
  });
  return refactorProgram(program, evidence, transforms, options, parser);
}

/** The pure part of `refactor`: the same arguments always give the same result. */
export function refactorProgram(
  program: Program,
  evidence: Evidence,
  transforms: readonly Transform[],
  options: Options,
  parser: Parser,
): Refactoring {
  const syntax = new NotebookSyntax(program);
  const savings = new SavingModel(program, evidence, options.environment);
  const candidates = findCandidates(syntax, evidence, transforms, options, savings);
  const render = (changes: readonly PlannedChange[]) => renderNotebook(syntax, changes, options.outputs);
  const broken = new Map<string, Refactoring['broken'][number]>();
  for (;;) {
    const leaveOut = new Set([...options.leaveOut, ...broken.keys()]);
    const plan = makePlan(syntax, candidates, options, leaveOut);
    const outcome = renderChecked(syntax, plan.changes, render, parser);
    if (outcome.type === 'faults') {
      for (const fault of outcome.faults) broken.set(fault.change.id, fault);
      continue;
    }
    const { text, cellMap } = outcome.rendered;
    return {
      program,
      evidence,
      options,
      changes: inNotebookOrder(plan.changes),
      withheld: inNotebookOrder(plan.withheld),
      refusals: inNotebookOrder(plan.refusals),
      broken: [...broken.values()],
      text,
      cellMap,
      // What unknown code keeps alive nobody can say.
      timelines:
        program.reach !== null
          ? null
          : savings.timelines(plan.changes.flatMap(({ change }) => change.adjustments)),
    };
  }
}

/** The reads that the chosen transforms want profiled, each once, in notebook order; none where the file is not to be changed. */
function neededReads(program: Program, transforms: readonly Transform[], options: Options): Read[] {
  if (program.cells.some(({ markers }) => markers.skipsFile)) return [];
  const wanted = new Set(
    chooseTransforms(transforms, options, program).flatMap((transform) => [
      ...(transform.needs?.(program, options) ?? []),
    ]),
  );
  return program.reads.filter((read) => wanted.has(read));
}

import { maskSource } from '../notebook/mask-source.js';
import { compileProblems } from '../python/compile-check.js';
import type { Parser } from '../python/parse.js';
import type { PlannedChange } from './refactoring.js';
import type { NotebookSyntax } from './render/cell-syntax.js';
import { ImpossibleIntent } from './render/impossible-intent.js';
import type { Rendered } from './render/render.js';

/** A change that must not be made, and what is wrong with its result. */
export interface Fault {
  readonly change: PlannedChange;
  readonly problem: string;
}

export type Outcome =
  | { readonly type: 'rendered'; readonly rendered: Rendered }
  | { readonly type: 'faults'; readonly faults: readonly [Fault, ...Fault[]] };

type Render = (changes: readonly PlannedChange[]) => Rendered;

/**
 * Renders the changes and checks that Python would still compile each changed cell. Where it would not, the changes
 * that are wrong by themselves are at fault; where each is right by itself, the last one of the cell is.
 */
export function renderChecked(
  syntax: NotebookSyntax,
  changes: readonly PlannedChange[],
  render: Render,
  parser: Parser,
): Outcome {
  const result = attempt(syntax, changes, render, parser);
  if (result.problem === null) return { type: 'rendered', rendered: result.rendered };
  const faults = result.suspects.flatMap((change): Fault[] => {
    const { problem } = attempt(syntax, withNeeds(change, changes), render, parser);
    return problem === null ? [] : [{ change, problem }];
  });
  const [first, ...others] = faults;
  if (first !== undefined) return { type: 'faults', faults: [first, ...others] };
  const last = result.suspects.at(-1);
  if (last === undefined) throw new Error(`a notebook without changes does not compile: ${result.problem}`);
  return { type: 'faults', faults: [{ change: last, problem: result.problem }] };
}

type Attempt =
  | { readonly problem: null; readonly rendered: Rendered }
  | { readonly problem: string; readonly suspects: readonly PlannedChange[] };

function attempt(
  syntax: NotebookSyntax,
  changes: readonly PlannedChange[],
  render: Render,
  parser: Parser,
): Attempt {
  let rendered: Rendered;
  try {
    rendered = render(changes);
  } catch (error) {
    if (error instanceof ImpossibleIntent) return { problem: error.message, suspects: changes };
    throw error;
  }
  for (const { before, source, changes: ids } of rendered.cells) {
    const known = new Set(before.flatMap((cell) => findProblems(syntax.cell(cell).source, parser)));
    const problem = findProblems(source, parser).find((message) => !known.has(message));
    if (problem !== undefined) return { problem, suspects: changes.filter(({ id }) => ids.includes(id)) };
  }
  return { problem: null, rendered };
}

/** What CPython would say of the source. */
function findProblems(source: string, parser: Parser): string[] {
  const { text } = maskSource(source);
  const { module, errors } = parser.parse(text, 0);
  const problems = errors.length > 0 ? errors : compileProblems(module, text);
  return problems.map(({ message }) => message);
}

/** The change and what it rests on, in the plan's order. */
function withNeeds(change: PlannedChange, changes: readonly PlannedChange[]): PlannedChange[] {
  const wanted = new Set([change.change]);
  for (const one of wanted) for (const needed of one.dependsOn ?? []) wanted.add(needed);
  return changes.filter((candidate) => wanted.has(candidate.change));
}

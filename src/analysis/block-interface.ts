import type { Node } from '../python/ast.js';
import { childrenOf } from '../python/walk.js';
import type { Program, StatementFacts } from './program.js';

/** What statements that follow each other take from the rest of the notebook and give to it. */
export interface BlockInterface {
  /** Data that they read before they bind it, and names they must be handed because they bind them, too. */
  readonly parameters: readonly string[];
  /** What they bind and somebody wants afterwards, in the order in which it is bound last. */
  readonly results: readonly string[];
  /** What they bind and nobody wants afterwards. */
  readonly locals: readonly string[];
  /** Why they cannot become a function. */
  readonly obstacle: { readonly code: string; readonly why: string } | null;
}

/** The interface of the function that these statements would be. */
export function interfaceOf(program: Program, block: readonly StatementFacts[]): BlockInterface {
  const bound = new Map<string, number>();
  const definite = new Set<string>();
  const needs = new Set<string>();
  for (const statement of block) {
    for (const name of statement.needs) if (!definite.has(name)) needs.add(name);
    for (const name of [...statement.writes, ...statement.maybeWrites]) bound.set(name, statement.index);
    for (const name of statement.writes) definite.add(name);
    for (const name of statement.deletes) definite.delete(name);
  }
  const last = block.at(-1);
  const live = last?.liveAfter ?? new Set<string>();
  const direct = namesWrittenOut(block.map((statement) => statement.node));
  const results = [...bound]
    .filter(([name]) => live.has(name) || isFinal(program, block, name))
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);
  const locals = [...bound.keys()].filter((name) => !results.includes(name));
  const parameters = [...needs].filter(
    (name) => bound.has(name) || (direct.has(name) && isVariable(program, name)),
  );
  const missing = results.find((name) => !definite.has(name) && !parameters.includes(name));
  return {
    parameters,
    results,
    locals,
    obstacle: obstacleOf(program, block, bound, definite, missing, parameters),
  };
}

function obstacleOf(
  program: Program,
  block: readonly StatementFacts[],
  bound: ReadonlyMap<string, number>,
  definite: ReadonlySet<string>,
  missing: string | undefined,
  parameters: readonly string[],
): BlockInterface['obstacle'] {
  for (const statement of block) {
    for (const name of statement.inFunctions)
      if (bound.has(name))
        return {
          code: 'global-used-by-function',
          why: `a function that is called there uses the global \`${name}\``,
        };
    for (const name of statement.deletes)
      if (!bound.has(name))
        return { code: 'deletes-global', why: `\`del ${name}\` deletes what was made before` };
  }
  if (missing !== undefined)
    return { code: 'maybe-unbound', why: `\`${missing}\` is bound on some paths only, and read afterwards` };
  const first = block[0]?.index ?? 0;
  const unbound = parameters.find(
    (name) =>
      !program.statements.slice(0, first).some((s) => s.writes.has(name) || s.maybeWrites.has(name)) &&
      bound.has(name) &&
      !definite.has(name),
  );
  if (unbound !== undefined)
    return { code: 'maybe-unbound', why: `\`${unbound}\` may be read before anything has bound it` };
  return null;
}

/** Whether nothing reads the value that the name has after the block: then it is what the user wanted to look at. */
function isFinal(program: Program, block: readonly StatementFacts[], name: string): boolean {
  const at = block.findLast((s) => s.writes.has(name) || s.maybeWrites.has(name));
  const last = block.at(-1);
  if (at === undefined || last === undefined || at.node.kind === 'For' || name.startsWith('_')) return false;
  const later = program.statements.slice(at.index + 1, last.index + 1);
  if (later.some((s) => s.reads.has(name) || s.mutates.has(name) || s.deletes.has(name))) return false;
  return !program.statements.slice(last.index + 1).some((s) => s.writes.has(name)) && !at.liveAfter.has(name);
}

/** Whether the name is bound by assignments: modules, functions and classes are globals that a function may use. */
function isVariable(program: Program, name: string): boolean {
  return program.statements.some(
    (s) =>
      (s.writes.has(name) || s.maybeWrites.has(name)) && !/^(Import|FunctionDef|ClassDef)/.test(s.node.kind),
  );
}

function namesWrittenOut(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'Name') names.add(node.id);
    pending.push(...childrenOf(node));
  }
  return names;
}

import type { Node } from '../python/ast.js';
import { builtinNames } from '../python/identifiers.js';
import { childrenOf, namesIn } from '../python/walk.js';
import { findKeptClosures } from './kept-closures.js';
import type { Program, StatementFacts } from './program.js';

/** What statements that follow each other take from the rest of the notebook and give to it. */
export interface BlockInterface {
  /** Data that they read before they bind it, and names they must be handed because they bind them, too. */
  readonly parameters: readonly string[];
  /** What they bind and somebody wants afterwards, in the order in which it is bound last. */
  readonly results: readonly string[];
  /** Those of `results` that nothing reads, and whose older value would come to light again if they were not. */
  readonly outlived: readonly string[];
  /** What they bind and nobody wants afterwards. */
  readonly locals: readonly string[];
  /** Those of `locals` that go on holding what they held before, where they held what the statements bind last. */
  readonly stale: readonly string[];
  /** Why they cannot become a function. */
  readonly obstacle: { readonly code: string; readonly why: string } | null;
}

/**
 * The interface of the function that these statements would be.
 *
 * @param isGone whether a name that was bound before is none any more when they run: another function has taken it in
 */
export function interfaceOf(
  program: Program,
  block: readonly StatementFacts[],
  isGone: (name: string, index: number) => boolean,
): BlockInterface {
  const bound = new Map<string, number>();
  const definite = new Set<string>();
  const deleted = new Set<string>();
  const needs = new Set<string>();
  for (const statement of block) {
    for (const name of statement.needs) if (!definite.has(name)) needs.add(name);
    for (const name of [...statement.writes, ...statement.maybeWrites]) bound.set(name, statement.index);
    for (const name of statement.writes) definite.add(name);
    for (const name of statement.deletes) {
      definite.delete(name);
      deleted.add(name);
    }
  }
  const last = block.at(-1);
  const live = last?.liveAfter ?? new Set<string>();
  const direct = new Set(block.flatMap(({ node }) => [...namesIn(node)]));
  const inBlock = new Set(block);
  const first = block[0]?.index ?? 0;
  const outlived = new Set([...bound.keys()].filter((name) => isOutlived(program, block, name, isGone)));
  const stale = new Set([...outlived].filter((name) => isLoopVariable(block, name)));
  const results = [...bound]
    .filter(
      ([name]) =>
        live.has(name) || isFinal(program, block, inBlock, name) || (outlived.has(name) && !stale.has(name)),
    )
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);
  const isResult = new Set(results);
  const locals = [...bound.keys()].filter((name) => !isResult.has(name));
  const isGiven = (name: string) => isBoundBefore(program, name, first) || BUILTINS.has(name);
  // A name that may be unbound stays a global, which fails only where it is read: the call would fail at once.
  const read = [...needs].filter(
    (name) =>
      bound.has(name) ||
      (direct.has(name) && isVariable(program, name) && isBoundBefore(program, name, first)),
  );
  const passedThrough = results.filter((name) => !definite.has(name) && !needs.has(name) && isGiven(name));
  const parameters = [...read, ...passedThrough];
  const isReboundAfter = (name: string) =>
    program
      .mentionsOf(name)
      .some(
        (s) =>
          s.index > (last?.index ?? 0) &&
          (s.writes.has(name) || s.maybeWrites.has(name) || s.deletes.has(name)),
      );
  const missing =
    results.find((name) => !definite.has(name) && (!parameters.includes(name) || deleted.has(name))) ??
    parameters.find((name) => !isGiven(name));
  return {
    parameters,
    results,
    outlived: results.filter((name) => outlived.has(name) && !live.has(name)),
    locals,
    stale: locals.filter((name) => stale.has(name)),
    obstacle: obstacleOf(block, bound, live, isReboundAfter, missing),
  };
}

const BUILTINS = builtinNames();

/** Whether the name is bound on every path that leads to the statement of this index. */
function isBoundBefore(program: Program, name: string, index: number): boolean {
  const last = program
    .mentionsOf(name)
    .findLast((s) => s.index < index && (s.writes.has(name) || s.deletes.has(name)));
  return last?.writes.has(name) === true;
}

function obstacleOf(
  block: readonly StatementFacts[],
  bound: ReadonlyMap<string, number>,
  live: ReadonlySet<string>,
  isReboundAfter: (name: string) => boolean,
  missing: string | undefined,
): BlockInterface['obstacle'] {
  for (const statement of block) {
    for (const name of statement.inFunctions)
      if (bound.has(name))
        return {
          code: 'global-used-by-function',
          why: `a function that is called there uses the global \`${name}\``,
        };
    const caught = namesOfHandlers(statement.node);
    for (const name of statement.deletes)
      if (!bound.has(name) && (live.has(name) || !caught.has(name)))
        return { code: 'deletes-global', why: `\`del ${name}\` deletes what was made before` };
    const all = statement.effects.has('unknown');
    for (const closure of findKeptClosures(statement.node, all))
      for (const name of namesIn(closure))
        if (bound.has(name) && isReboundAfter(name))
          return {
            code: 'captured',
            why: `a \`${closure.kind === 'Lambda' ? 'lambda' : 'generator'}\` that may be kept reads \`${name}\`, and would not see it change afterwards`,
          };
  }
  if (missing !== undefined)
    return {
      code: 'maybe-unbound',
      why: `\`${missing}\` is bound on some paths only, and may be wanted afterwards`,
    };
  return null;
}

/** `e` of `except ... as e`, which Python deletes at the handler's end. */
function namesOfHandlers(node: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [node];
  for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
    if (inner.kind === 'ExceptHandler' && inner.name !== null) names.add(inner.name.id);
    pending.push(...childrenOf(inner));
  }
  return names;
}

/** Whether nothing reads the value that the name has after the block: then it is what the user wanted to look at. */
function isFinal(
  program: Program,
  block: readonly StatementFacts[],
  inBlock: ReadonlySet<StatementFacts>,
  name: string,
): boolean {
  const last = block.at(-1)?.index ?? -1;
  const mentions = program.mentionsOf(name);
  const at = mentions.findLast((s) => inBlock.has(s) && (s.writes.has(name) || s.maybeWrites.has(name)));
  if (at === undefined || at.node.kind === 'For' || name.startsWith('_')) return false;
  if (at.deletes.has(name) || isOpenedBy(at.node, name) || at.liveAfter.has(name)) return false;
  // A block that binds it for its own use.
  if (at.maybeWrites.has(name) && at.reads.has(name)) return false;
  return !mentions.some(
    (s) =>
      s.index > at.index &&
      (s.index > last ? s.writes.has(name) : s.reads.has(name) || s.mutates.has(name) || s.deletes.has(name)),
  );
}

/**
 * Whether an older value would come to light again at the notebook's end: the name is bound before the block and not after
 * it. As a local it would not be missed but be wrong.
 */
function isOutlived(
  program: Program,
  block: readonly StatementFacts[],
  name: string,
  isGone: (name: string, index: number) => boolean,
): boolean {
  const first = block[0]?.index ?? 0;
  const last = block.at(-1)?.index ?? 0;
  if (olderBinding(program, name, first, isGone) === null) return false;
  return !program.mentionsOf(name).some((s) => s.index > last && (s.writes.has(name) || s.deletes.has(name)));
}

/**
 * The statement that has bound what the name holds in front of the statement of this index; null where it holds nothing.
 *
 * @param isGone whether a statement binds or deletes the name for nobody else: it becomes a part of a function
 */
export function olderBinding(
  program: Program,
  name: string,
  index: number,
  isGone: (name: string, index: number) => boolean,
): StatementFacts | null {
  const binds = (s: StatementFacts) => s.writes.has(name) || s.maybeWrites.has(name);
  const before = program
    .mentionsOf(name)
    .findLast((s) => s.index < index && (binds(s) || s.deletes.has(name)) && !isGone(name, s.index));
  return before !== undefined && binds(before) ? before : null;
}

/** Whether the block binds the name by nothing but `for`: where a loop was left nobody wants to know. */
function isLoopVariable(block: readonly StatementFacts[], name: string): boolean {
  return block.every(
    ({ writes, maybeWrites, node }) =>
      !(writes.has(name) || maybeWrites.has(name)) || (node.kind === 'For' && namesIn(node.target).has(name)),
  );
}

/** Whether the name is what a `with` opens, which is closed when it is left. */
function isOpenedBy(node: Node, name: string): boolean {
  return (
    node.kind === 'With' && node.items.some(({ target }) => target !== null && namesIn(target).has(name))
  );
}

/** Whether the name is bound by assignments: modules, functions and classes are globals that a function may use. */
function isVariable(program: Program, name: string): boolean {
  return program
    .mentionsOf(name)
    .some(
      (s) =>
        (s.writes.has(name) || s.maybeWrites.has(name)) &&
        !/^(Import|FunctionDef|ClassDef)/.test(s.node.kind),
    );
}

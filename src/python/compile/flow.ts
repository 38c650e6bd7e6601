import type {
  Await,
  Comprehension,
  DictComprehension,
  For,
  ImportFrom,
  Match,
  Module,
  Node,
  Return,
  Try,
  With,
  Yield,
} from '../ast.js';
import type { Check, Frame, Place } from './frame.js';
import { outsideComprehensions } from './frame.js';

/** What may stand only in a function, a loop, or at the top. */

export function checkReturn(check: Check, node: Return, { frame, inExceptStar }: Place): void {
  if (frame.kind !== 'function' && frame.kind !== 'async-function')
    check.report(node, "'return' outside function");
  else if (inExceptStar) check.report(node, LEAVES_EXCEPT_STAR);
  if (node.value !== null) frame.returned ??= node;
}

export function checkLoopExit(check: Check, node: Node, { inLoop, inExceptStar }: Place): void {
  if (inExceptStar && !inLoop) check.report(node, LEAVES_EXCEPT_STAR);
  else if (!inLoop) {
    check.report(node, node.kind === 'Break' ? "'break' outside loop" : "'continue' not properly in loop");
  }
}

const LEAVES_EXCEPT_STAR = "'break', 'continue' and 'return' cannot appear in an 'except*' block";

export function checkYield(check: Check, node: Yield, { frame }: Place): void {
  if (frame.kind === 'module' || frame.kind === 'class') check.report(node, "'yield' outside function");
  if (frame.kind === 'comprehension') check.report(node, "'yield' inside comprehension");
  if (frame.kind === 'generator') check.report(node, "'yield' inside generator expression");
  if (frame.kind === 'async-function' && node.isFrom)
    check.report(node, "'yield from' inside async function");
  frame.yields = true;
}

/** When the walk has left a function. */
export function checkAsyncGenerator(check: Check, frame: Frame): void {
  if (frame.kind === 'async-function' && frame.yields && frame.returned !== null) {
    check.report(frame.returned, "'return' with value in async generator");
  }
}

export function checkAwait(
  check: Check,
  node: Await | For | With | Comprehension | DictComprehension,
  place: Place,
): void {
  if (mayAwait(check, place.frame)) return;
  const what = { Await: 'await', For: 'async for', With: 'async with' } as const;
  const name = node.kind === 'Comprehension' || node.kind === 'DictComprehension' ? null : what[node.kind];
  check.report(
    node,
    name === null
      ? 'asynchronous comprehension outside of an asynchronous function'
      : `'${name}' outside ${place.frame.kind === 'function' || place.frame.kind === 'lambda' ? 'async function' : 'function'}`,
  );
}

/** In an asynchronous function, in a generator, which then is asynchronous itself, or at the top of a notebook. */
function mayAwait(check: Check, frame: Frame): boolean {
  if (frame.kind === 'generator') return true;
  const around = outsideComprehensions(frame);
  return around.kind === 'async-function' || (around.kind === 'module' && check.options.topLevelAwait);
}

export function checkTry(check: Check, node: Try): void {
  const bare = node.handlers.find((handler, at) => handler.type === null && at < node.handlers.length - 1);
  if (bare !== undefined) check.report(bare, "default 'except:' must be last");
}

export function checkMatch(check: Check, node: Match): void {
  for (const { pattern, guard } of node.cases.slice(0, -1)) {
    if (pattern.irrefutable && guard === null)
      check.report(pattern, 'this pattern makes remaining patterns unreachable');
  }
}

/** `__future__.all_feature_names` of 3.13. */
const FEATURES = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'barry_as_FLUFL',
  'generator_stop',
  'annotations',
]);

/** `from __future__` stands before everything but the docstring and its like. Each cell is compiled by itself. */
export function checkFuture(check: Check, module: Module): void {
  const late = new Set<Node>();
  let isEarly = true;
  for (const [at, statement] of module.body.entries()) {
    if (statement.kind === 'ImportFrom' && isFuture(statement)) {
      if (!isEarly) late.add(statement);
      continue;
    }
    const isDocstring =
      at === 0 &&
      statement.kind === 'ExpressionStatement' &&
      statement.value.kind === 'StringLiteral' &&
      !statement.value.isBytes;
    if (!isDocstring) isEarly = false;
  }
  for (const node of late) check.report(node, LATE_FUTURE);
}

export const LATE_FUTURE = 'from __future__ imports must occur at the beginning of the file';

export function checkImportFrom(check: Check, node: ImportFrom, frame: Frame, isTopLevel: boolean): void {
  if (node.isStar && frame.kind !== 'module') check.report(node, 'import * only allowed at module level');
  if (!isFuture(node)) return;
  if (!isTopLevel) check.report(node, LATE_FUTURE);
  for (const { name } of node.names) {
    if (!FEATURES.has(name))
      check.report(node, name === 'braces' ? 'not a chance' : `future feature ${name} is not defined`);
  }
  if (node.isStar) check.report(node, 'future feature * is not defined');
}

const isFuture = (node: ImportFrom): boolean => node.module === '__future__' && node.level === 0;

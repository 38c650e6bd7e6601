import type { Program } from '../analysis/program.js';
import type { Call, Identifier, Statement } from '../python/ast.js';
import type { Code, CodeReference } from './contract.js';

/** A call of a method, whatever it is a method of. */
export interface MethodCall {
  readonly call: Call;
  readonly method: Identifier;
}

/**
 * `name.a(...)` and below it `name.b(...)`, for the steps of `name = name.a(...).b(...)`. A comment goes with the step behind
 * which it stands, or above the step before which it stands.
 *
 * @param isQuiet whether a semicolon keeps IPython from showing the last step's value
 */
export function inPlaceCode(
  program: Program,
  statement: Statement,
  name: string,
  steps: readonly MethodCall[],
  isQuiet: boolean,
): Code {
  const { comments, cell } = program.cellOf(statement);
  const lines = steps.map((step) => ({ step, above: [] as string[], behind: [] as string[] }));
  const take = (from: number, to: number, above: number, behind: number) => {
    for (const { start, end } of comments) {
      if (start < from || to <= start) continue;
      const isBehind = lines[behind] !== undefined && !cell.source.slice(from, start).includes('\n');
      lines[isBehind ? behind : above]?.[isBehind ? 'behind' : 'above'].push(
        cell.source.slice(start, end).trimEnd(),
      );
    }
  };
  let done: number = statement.start;
  steps.forEach(({ call, method }, at) => {
    take(done, method.start, at, at - 1);
    done = call.end;
  });
  take(done, statement.end, steps.length - 1, steps.length - 1);
  return lines.flatMap(({ step: { call, method }, above, behind }, at): (string | CodeReference)[] => [
    at > 0 ? '\n' : '',
    ...above.map((comment) => `${comment}\n`),
    `${name}.`,
    { node: call, from: method },
    isQuiet && at === steps.length - 1 ? ';' : '',
    ...behind.map((comment) => `  ${comment}`),
  ]);
}

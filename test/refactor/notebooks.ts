import { analyzeNotebook } from '../../src/analysis/analyze.js';
import type { Program } from '../../src/analysis/program.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import type { Call, Expression, Node, Statement } from '../../src/python/ast.js';
import { loadParser } from '../../src/python/parse.js';
import { walk } from '../../src/python/walk.js';
import type { Change, Evidence, Finding, Intent, Options, Transform } from '../../src/refactor/contract.js';
import { defaultOptions, refactorProgram } from '../../src/refactor/refactor.js';
import type { Refactoring } from '../../src/refactor/refactoring.js';

export const parser = await loadParser();

export type CellText =
  | string
  | {
      readonly type?: 'markdown' | 'code';
      readonly source: string;
      readonly tags?: readonly string[];
      readonly outputs?: readonly object[];
      /** Its execution count; its place where none is given. */
      readonly count?: number;
    };

/** The text of a notebook with these cells; strings are code. */
export function notebookText(cells: readonly CellText[]): string {
  const json = {
    cells: cells.map((cell, at) => {
      const {
        type = 'code',
        source,
        tags,
        outputs = [],
        count = at + 1,
      } = typeof cell === 'string' ? { source: cell } : cell;
      return {
        cell_type: type,
        ...(type === 'code' && { execution_count: count }),
        id: `cell${at + 1}`,
        metadata: tags === undefined ? {} : { tags },
        ...(type === 'code' && { outputs }),
        source: source.split(/(?<=\n)/),
      };
    }),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(json, null, 1)}\n`;
}

export function programOf(...cells: readonly CellText[]): Program {
  return analyzeNotebook(readNotebook(notebookText(cells), 'test.ipynb'), parser);
}

/** A transform that finds what the function says. */
export function transformOf(id: string, find: (program: Program) => Iterable<Finding>): Transform {
  return { id, summary: id, explanation: `${id}\n`, find };
}

export interface ChangeParts extends Partial<Omit<Change, 'type' | 'intents'>> {
  readonly intents: readonly Intent[];
  readonly at: Node;
}

export function changeOf(parts: ChangeParts): Change {
  return {
    type: 'change',
    summary: 'change something',
    reason: 'It is a test.',
    effect: 'none',
    assumes: ['code'],
    adjustments: [],
    ...parts,
  };
}

/** With these transforms; however little they save, for the data of tests are small. */
export function run(
  program: Program,
  transforms: readonly Transform[],
  options: Partial<Options> = {},
  evidence: Evidence = new Map(),
): Refactoring {
  return refactorProgram(
    program,
    evidence,
    transforms,
    { ...defaultOptions(), minSaving: 0, ...options },
    parser,
  );
}

/** The sources of the cells after the intents were carried out, each by a change of its own. */
export function apply(program: Program, ...intents: readonly Intent[]): string[] {
  const at = program.statements[0]?.node;
  if (at === undefined) throw new Error('a notebook without statements');
  const result = run(program, [
    transformOf('t', () => intents.map((intent) => changeOf({ at, intents: [intent] }))),
  ]);
  if (result.broken.length > 0) throw new Error(`broken: ${result.broken.map(({ problem }) => problem)}`);
  const [conflict] = result.refusals;
  if (conflict !== undefined) throw new Error(conflict.refusal.why);
  return sourcesOf(result.text);
}

export function sourcesOf(text: string): string[] {
  return readNotebook(text, 'test.ipynb').cells.map(({ source }) => source);
}

export function statement(program: Program, index: number): Statement {
  const found = program.statements[index]?.node;
  if (found === undefined) throw new Error(`no statement ${index}`);
  return found;
}

/** The first node whose own text is this. */
export function node(program: Program, text: string): Expression & Statement {
  let found: Node | null = null;
  for (const { node: top } of program.statements)
    walk(top, (one) => {
      if (found === null && program.textOf(one) === text) found = one;
    });
  if (found === null) throw new Error(`nothing reads ${text}`);
  return found;
}

/** The first expression (not the statement that is just as long) whose own text is this. */
export function expression(program: Program, text: string): Expression {
  const found: Node = node(program, text);
  return found.kind === 'ExpressionStatement' ? found.value : (found as Expression);
}

export function call(program: Program, text: string): Call {
  const found = expression(program, text);
  if (found.kind !== 'Call') throw new Error(`${text} is no call`);
  return found;
}

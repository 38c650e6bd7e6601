import type { EagerList, Filling } from '../analysis/eager-list.js';
import type { NotebookTree } from '../analysis/notebook-tree.js';
import type { Program } from '../analysis/program.js';
import type { Comprehension, Expression, Node } from '../python/ast.js';
import { parenthesizedSpan } from '../python/parentheses.js';
import type { Code, Intent } from './contract.js';

/** What makes a generator of a list. */
export function listAsGenerator(program: Program, tree: NotebookTree, list: EagerList): readonly Intent[] {
  if (list.kind === 'filled') {
    const { start, loop } = list.filling;
    return [
      { type: 'drop', statement: start },
      { type: 'replaceStatements', statements: [loop], code: loopAsGenerator(program, list.filling) },
    ];
  }
  const alone = isAlone(program, tree.parentOf(list.node), list.node);
  return [{ type: 'replaceExpression', node: list.node, code: codeOf(program, list, alone) }];
}

/** @param alone whether a call is given nothing else: then its parentheses are the generator's, too */
function codeOf(program: Program, list: Exclude<EagerList, { kind: 'filled' }>, alone: boolean): Code {
  switch (list.kind) {
    case 'comprehension':
      return asGenerator(program, list.node, alone);
    case 'list':
      return [{ node: list.inner }];
    case 'readlines':
      return [{ node: list.file }];
    case 'splitlines': {
      // A text is also split at what ends no line of a file: \x0b, \x0c, \x1c, \u2028 ...
      const ends = list.keepEnds === null ? [] : [{ node: list.keepEnds }];
      const lines = [
        'line for chunk in ',
        { node: list.file },
        ' for line in chunk.splitlines(',
        ...ends,
        ')',
      ];
      return alone ? lines : ['(', ...lines, ')'];
    }
  }
}

/** Whether the expression is all that the call is given, without a comma or parentheses of its own. */
function isAlone(program: Program, call: Node | null, made: Expression): boolean {
  if (call?.kind !== 'Call' || call.args.length !== 1 || call.keywords.length > 0) return false;
  const { source } = program.cellOf(made).cell;
  const { start, end } = call.argumentSpan;
  return /^\(\s*$/.test(source.slice(start, made.start)) && /^\s*\)$/.test(source.slice(made.end, end));
}

/** The comprehension with parentheses for brackets, or with neither; comments and line breaks stay. */
export function asGenerator(program: Program, node: Comprehension, isAlone: boolean): Code {
  const [open, close] = isAlone ? ['', ''] : ['(', ')'];
  return comprehensionOf(program, node, [{ node: node.element }], [open, close]);
}

/** The comprehension with another element, between other brackets. */
export function comprehensionOf(
  program: Program,
  node: Comprehension,
  element: Code,
  [open, close]: readonly [string, string],
): Code {
  const { source } = program.cellOf(node).cell;
  const lineStart = source.lastIndexOf('\n', node.start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? '';
  // The renderer indents what follows a line break.
  const between = (from: number, to: number) => source.slice(from, to).replaceAll(`\n${indent}`, '\n');
  const code: Code[number][] = [open];
  let at = node.start + 1;
  const parts: readonly (readonly [Expression, Node])[] = [
    [node.element, node],
    ...node.clauses.flatMap((clause) =>
      [clause.target, clause.iter, ...clause.ifs].map((part) => [part, clause] as const),
    ),
  ];
  for (const [part, container] of parts) {
    const { start, end } = parenthesizedSpan(part, source, container);
    code.push(between(at, start), ...(part === node.element ? element : [{ node: part }]));
    at = end;
  }
  code.push(between(at, node.end - 1), close);
  return code;
}

/** `name = (...)` for a loop that fills `name`; its comments stand above. */
function loopAsGenerator(program: Program, { name, loop, value, clauses }: Filling): Code {
  const { comments, cell } = program.cellOf(loop);
  const enclosed = (node: Expression, kinds: readonly Expression['kind'][]): Code => {
    const has =
      node.kind === 'Tuple'
        ? cell.source[node.start] === '('
        : /\(\s*$/.test(cell.source.slice(0, node.start));
    return kinds.includes(node.kind) && !has ? ['(', { node }, ')'] : [{ node }];
  };
  const parts: Code[] = [
    [{ node: value }],
    ...clauses.map(
      (clause): Code =>
        clause.kind === 'For'
          ? ['for ', { node: clause.target }, ' in ', ...enclosed(clause.iter, LOW)]
          : ['if ', ...enclosed(clause.test, LOW)],
    ),
  ];
  const kept = comments
    .filter(({ start, end }) => loop.start <= start && end <= loop.end)
    .map(({ start, end }) => `${cell.source.slice(start, end).trimEnd()}\n`);
  const length = parts
    .flat()
    .reduce(
      (sum, part) => sum + (typeof part === 'string' ? part.length : part.node.end - part.node.start),
      0,
    );
  const [open, between, close] = length < LINE ? ['(', ' ', ')'] : ['(\n    ', '\n    ', '\n)'];
  const inner = parts.flatMap((part, at) => (at === 0 ? part : [between, ...part]));
  return [...kept, `${name} = ${open}`, ...inner, close];
}

/** Characters of a generator that still stand on one line. */
const LINE = 80;

/** What a clause takes in parentheses only. */
const LOW: readonly Expression['kind'][] = ['Conditional', 'Lambda', 'NamedExpression', 'Tuple'];

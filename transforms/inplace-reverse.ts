import { bindsNewFrame, keepsToItself, ownAttributeOf } from '../src/analysis/frame-of-block.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program, StatementFacts } from '../src/analysis/program.js';
import { INPLACE_DEPRECATED, inplaceFact } from '../src/pandas/inplace.js';
import type { Call, Expression, Keyword, Name, Node, Statement } from '../src/python/ast.js';
import { findAll } from '../src/python/walk.js';
import type { Change, Code, Finding, Options, Refusal } from '../src/refactor/contract.js';

/** The way back of `inplace`: `x.m(..., inplace=True)` becomes `x = x.m(...)`, where pandas takes the argument away. */
export function* findInplaceToTakeOut(program: Program, options: Options): Iterable<Finding> {
  const tree = NotebookTree.of(program);
  for (const module of tree.modules)
    for (const call of findAll(module, 'Call')) {
      const { func } = call;
      if (func.kind !== 'Attribute' || !INPLACE_DEPRECATED.has(func.attr.id)) continue;
      const keyword = call.keywords.find(({ name }) => name?.id === 'inplace');
      if (keyword?.value.kind !== 'Constant' || keyword.value.text !== 'True') continue;
      yield judge(program, tree, call, func.value, keyword, options);
    }
}

type Obstacle = readonly [code: string, why: string];

function judge(
  program: Program,
  tree: NotebookTree,
  call: Call,
  receiver: Expression,
  keyword: Keyword,
  options: Options,
): Finding {
  const refuse = ([code, why]: Obstacle): Refusal => ({ type: 'refusal', at: call, code, why });
  const statement = tree.parentOf(call);
  if (statement?.kind !== 'ExpressionStatement') {
    return refuse(['value-used', 'The value of the call, which is None, is used.']);
  }
  if (receiver.kind !== 'Name') {
    const why = `\`${firstLine(program, receiver)}\` is not a name: what was selected may be a copy, and then nothing has changed in the first place.`;
    return refuse(['not-a-name', why]);
  }
  const facts = program.statementOf(statement);
  const obstacle =
    (facts.node === statement
      ? globalObstacle(program, tree, facts, receiver, call)
      : blockObstacle(program, tree, statement, receiver)) ?? attributeObstacle(tree, receiver);
  return obstacle === null ? takeOut(program, call, statement, receiver, keyword, options) : refuse(obstacle);
}

/** At the top level, where it is followed who else has the frame. */
function globalObstacle(
  program: Program,
  tree: NotebookTree,
  facts: StatementFacts,
  receiver: Name,
  call: Call,
): Obstacle | null {
  const name = receiver.id;
  const opaque = program.opaque ?? facts.opaque;
  if (opaque !== null) return ['opaque', `Who else holds the frame can't be told: ${opaque}.`];
  const kind = program.kindOf(receiver);
  if (kind !== 'DataFrame' && kind !== 'Series')
    return ['unknown-receiver', `It is not known whether \`${name}\` is a DataFrame.`];
  const sharers = [...program.sharersOf(name, facts.index - 1)].filter((sharer) => sharer !== 'Out').sort();
  if (sharers.length > 0 && !isMadeForItself(program, tree, facts, name)) {
    const list = sharers.map((sharer) => `\`${sharer}\``).join(', ');
    return [
      'alias',
      `${list} may refer to the same data as \`${name}\`, and would no longer see the change.`,
    ];
  }
  const shows = program.cellOf(facts.node).shown === call;
  // `series.rename('name', inplace=True)` gives the Series itself, in all six combinations.
  if (shows && kind === 'Series' && call.func.kind === 'Attribute' && call.func.attr.id === 'rename')
    return ['last-statement', 'Its value is shown below the cell, and an assignment shows nothing.'];
  return null;
}

/**
 * Whether the name's own frame was made anew, and nothing has been given it since: what shares its data is another frame, which
 * methods that only rearrange leave alone.
 */
function isMadeForItself(program: Program, tree: NotebookTree, facts: StatementFacts, name: string): boolean {
  const before = program.statements.slice(0, facts.index);
  const made = before.findLastIndex(({ node }) => bindsNewFrame(node, name));
  if (made < 0) return false;
  return before.slice(made + 1).every(({ node, reads, writes, maybeWrites, deletes, inFunctions }) => {
    const uses = findAll(node, 'Name').filter(({ id }) => id === name);
    const isHidden = reads.has(name) && uses.length === 0;
    const isBound = writes.has(name) || maybeWrites.has(name) || deletes.has(name);
    return (
      !isHidden &&
      !isBound &&
      !inFunctions.has(name) &&
      uses.every((use) => keepsToItself(program, tree, use))
    );
  });
}

/** In a function or a block: only where the frame is made in the same block, and nobody else is given it. */
function blockObstacle(
  program: Program,
  tree: NotebookTree,
  statement: Statement,
  { id: name }: Name,
): Obstacle | null {
  const refused: Obstacle = [
    'in-a-block',
    `\`${name}\` is not made in the same block, or something else is given it there: it may be somebody else's frame, which must change with it.`,
  ];
  const block = tree.blockOf(statement) ?? [];
  const before = block.slice(0, block.indexOf(statement));
  const made = before.findLastIndex((one) => bindsNewFrame(one, name));
  const scope = tree.surroundingsOf(statement);
  if (made < 0 || scope?.kind === 'Lambda' || scope?.kind === 'ClassDef') return refused;
  if (scope !== null && tree.textOf(scope).declared.has(name)) return refused;
  if (program.opaque !== null)
    return ['opaque', `Who else holds the frame can't be told: ${program.opaque}.`];
  const uses = before.slice(made + 1).flatMap((one) => findAll(one, 'Name').filter(({ id }) => id === name));
  return uses.every((use) => keepsToItself(program, tree, use)) ? null : refused;
}

/** What an assignment makes is another object, without the attributes that this one has been given. */
function attributeObstacle(tree: NotebookTree, { id: name }: Name): Obstacle | null {
  const attribute = ownAttributeOf(tree, name);
  return attribute === null
    ? null
    : [
        'own-attribute',
        `\`${name}.${attribute}\` is set: the frame that an assignment makes may not have it.`,
      ];
}

function takeOut(
  program: Program,
  call: Call,
  statement: Statement,
  { id: name }: Name,
  keyword: Keyword,
  { environment }: Options,
): Change {
  const method = call.func.kind === 'Attribute' ? call.func.attr.id : '';
  const copies = environment.combinations.filter(
    (one) => (inplaceFact('DataFrame', method)?.saves[one] ?? 0) > 0,
  );
  const costs =
    copies.length === 0
      ? ''
      : ` Up to pandas 2.3 the assignment makes a copy of the frame${environment.origin === null ? ', should the notebook run on that' : ''}.`;
  return {
    type: 'change',
    at: call,
    summary: `\`${name}.${method}\` without \`inplace\``,
    reason: `pandas 3.1 prints a Pandas4Warning for \`${method}(inplace=True)\`. Nothing else refers to \`${name}\`.${costs}`,
    effect: 'none',
    assumes: ['code'],
    intents: [
      { type: 'replaceStatements', statements: [statement], code: codeOf(program, name, call, keyword) },
    ],
    adjustments: [],
    silences: ['Pandas4Warning', 'SettingWithCopyWarning'],
  };
}

/** `name = ` and the call without the argument; all others stay as they are written. */
function codeOf(program: Program, name: string, call: Call, keyword: Keyword): Code {
  const { source } = program.cellOf(call).cell;
  const others = [...call.args, ...call.keywords]
    .filter((one) => one !== keyword)
    .sort((a, b) => a.start - b.start);
  const previous = others.findLast(({ end }) => end <= keyword.start);
  const following = others.find(({ start }) => start >= keyword.end);
  const gap = (from: number, to: number) =>
    source.slice(from, to).includes('#') ? null : ([from, to] as const);
  const [from, to] =
    (following !== undefined ? gap(keyword.start, following.start) : null) ??
    (following === undefined && previous !== undefined ? gap(previous.end, keyword.end) : null) ??
    withComma(source, keyword);
  const lineStart = source.lastIndexOf('\n', call.start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? '';
  // The renderer indents what follows a line break; the arguments themselves it leaves as they are.
  const code: (string | { readonly node: Expression })[] = [`${name} = `];
  let at: number = call.start;
  const push = (text: string) => code.push(text.replaceAll(`\n${indent}`, '\n'));
  for (const node of [call.func, ...others.map((one) => (one.kind === 'Keyword' ? one.value : one))]) {
    push(without(source, at, node.start, from, to));
    code.push({ node });
    at = node.end;
  }
  push(without(source, at, call.end, from, to));
  return code;
}

/** The source between two offsets, but for what is taken out. */
function without(source: string, start: number, end: number, from: number, to: number): string {
  if (to <= start || end <= from) return source.slice(start, end);
  return source.slice(start, Math.max(start, from)) + source.slice(Math.min(end, to), end);
}

/** The argument and the comma behind it; the whole line where nothing else stands on it. */
function withComma(source: string, { start, end }: Node): readonly [number, number] {
  const to = end + (/^\s*,[ \t]*/.exec(source.slice(end))?.[0].length ?? 0);
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const isAlone = source.slice(lineStart, start).trim() === '' && /^\r?\n/.test(source.slice(to));
  return isAlone ? [lineStart, source.indexOf('\n', to) + 1] : [start, to];
}

const firstLine = (program: Program, node: Node): string => program.textOf(node).split('\n')[0] ?? '';

import { readOfHistory } from '../src/analysis/cell-barriers.js';
import { isOwnFrameOfBlock, mayCallBack, ownAttributeOf } from '../src/analysis/frame-of-block.js';
import { labelsOfData } from '../src/analysis/labels-of-data.js';
import { NotebookTree } from '../src/analysis/notebook-tree.js';
import type { Program, StatementFacts } from '../src/analysis/program.js';
import { COMBINATIONS, type Environment, mayBePandas2 } from '../src/environment/environment.js';
import {
  CHANGES_VALUES,
  INPLACE_BY_VALUES,
  type InplaceFact,
  inplaceFact,
  MAKES_UNMARKED_FRAMES,
} from '../src/pandas/inplace.js';
import type { ValueKind } from '../src/pandas/kinds.js';
import { givesNoneInPlace } from '../src/pandas/method-effects.js';
import type { Assign, Call, Expression, Name } from '../src/python/ast.js';
import { calledName } from '../src/python/called-name.js';
import { findAll, namesIn } from '../src/python/walk.js';
import type { Finding, Options, Refusal, Transform } from '../src/refactor/contract.js';
import { inPlaceCode, type MethodCall } from '../src/refactor/in-place-code.js';
import { findInplaceToTakeOut } from './inplace-reverse.js';

/** `x = x.m(...)` becomes `x.m(..., inplace=True)`. */
export const inplace: Transform = {
  id: 'inplace',
  summary: '`df = df.m(...)` becomes `df.m(..., inplace=True)` where that saves a copy',
  explanation: `\
\`df = df.m(...)\` becomes \`df.m(..., inplace=True)\`, where that saves memory.

While \`df.m(...)\` runs, the frame that it is called on is alive, and so is the one that it makes: twice the memory. In
place, some methods make no second one. Which ones has changed with the versions of pandas, and most save nothing at all, so
nbslim goes by what was measured.

    df = df.ffill()

becomes

    df.ffill(inplace=True)

A chain becomes statements, where each of its steps is right in place and saves a copy by itself:

    df = df.replace(-1, 0).ffill()

becomes

    df.replace(-1, 0, inplace=True)
    df.ffill(inplace=True)

\`--inplace all\` writes it wherever it is right, whether it saves anything or not.

It refuses where anything else may refer to the same object (another name, a list, a column, a groupby, an iterator):
that would see the change too. It refuses where the frame was cut out of another (pandas up to 2.3.3 prints a
SettingWithCopyWarning), on a cell's last line (some versions return the frame, which would be shown), where a version that
the notebook may run on warns of \`inplace\`, and where it is not known that the name holds a DataFrame or a Series. In a
function or another block the frame must be made in that block, and nothing else may be given it there. A chain stays where
what a later step is given asks the frame itself. \`fillna\`, \`clip\`, \`where\` and \`mask\` are refused: where a value does
not fit the type of a column, in place raises an error and the assignment makes another type.

\`--select inplace --reverse\` goes the other way, for those who move to pandas 3.1, which prints a warning for \`inplace\` of
\`drop\`, \`dropna\`, \`drop_duplicates\`, \`rename\`, \`rename_axis\`, \`reset_index\`, \`set_index\`, \`sort_values\`,
\`sort_index\`, \`query\` and \`eval\`:

    df.drop(columns='a', inplace=True)

becomes

    df = df.drop(columns='a')

It refuses where anything else may refer to the same frame, which would no longer see the change: another name, a groupby, a
function's caller, the list that a loop goes through. In a function or another block the frame must be made in the same block.
\`df['a'].m(inplace=True)\` is left to you. What keeps the argument (\`fillna\`, \`ffill\`, \`replace\` ...) keeps it.
`,

  isAskedFor: ({ inplaceAll, reverse }) => inplaceAll || reverse,

  *find(program, _evidence, options) {
    if (options.reverse) {
      yield* findInplaceToTakeOut(program, options);
      return;
    }
    const tree = NotebookTree.of(program);
    for (const module of tree.modules)
      for (const node of findAll(module, 'Assign')) {
        const found = selfAssignment(node);
        if (found !== null) yield* judge(program, tree, found, options);
      }
  },
};

/** `x = x.a(...).b(...)`, with the same bare name. */
interface SelfAssignment {
  readonly statement: Assign;
  /** The `x` that the first call is a method of. */
  readonly name: Name;
  /** The calls, the innermost first: one at least. */
  readonly steps: readonly MethodCall[];
  /** The last of them, whose value is assigned. */
  readonly last: MethodCall;
}

function selfAssignment(statement: Assign): SelfAssignment | null {
  const [target, ...others] = statement.targets;
  if (target?.kind !== 'Name' || others.length > 0) return null;
  const steps: MethodCall[] = [];
  let at = statement.value;
  while (at.kind === 'Call' && at.func.kind === 'Attribute') {
    steps.unshift({ call: at, method: at.func.attr });
    at = at.func.value;
  }
  const last = steps.at(-1);
  if (at.kind !== 'Name' || at.id !== target.id || last === undefined) return null;
  return { statement, name: at, steps, last };
}

function* judge(
  program: Program,
  tree: NotebookTree,
  found: SelfAssignment,
  { environment, inplaceAll }: Options,
): Iterable<Finding> {
  const { name, steps, statement, last } = found;
  if (!steps.every(({ method }) => mayBeOffered(method.id))) return;
  const facts = program.statementOf(statement);
  const isInBlock = facts.node !== statement;
  const isOwn =
    isInBlock &&
    isOwnFrameOfBlock(program, tree, statement, name) &&
    !steps.some(({ call, method }) => mayCallBack(call, method.id));
  const kind = isOwn ? 'DataFrame' : program.kindOf(name);
  if ((kind !== 'DataFrame' && kind !== 'Series') || (isInBlock && !isOwn)) {
    if (!mayBeFrame(kind, steps)) return;
    yield isInBlock
      ? refuse(last.call, 'in-a-block', notOwn(name.id))
      : refuse(last.call, 'unknown-receiver', `It is not known whether \`${name.id}\` is a DataFrame.`);
    return;
  }
  const judged = judgeSteps(program, kind, steps, environment);
  if (judged === null) return;
  const isWanted = inplaceAll || judged.some(({ saving }) => saving > 0);
  const byValues = judged.find(({ fact }) => fact === null);
  if (byValues !== undefined) {
    const why = `\`${byValues.name}\` in place raises or warns where a value does not fit the type of its column; the assignment makes another type.`;
    if (isWanted || byValues.name === 'fillna') yield refuse(last.call, 'depends-on-values', why);
    return;
  }
  if (!isWanted) return;
  const wrong = judged.find((one) => !environment.combinations.every((it) => isRight(one, it)));
  if (wrong !== undefined) {
    const where = environment.origin === null ? ', which the notebook may run on,' : '';
    const why = `pandas 3.1${where} prints a Pandas4Warning for \`${wrong.name}(inplace=True)\`.`;
    yield refuse(last.call, 'deprecated', why);
    return;
  }
  const useless = judged.find(({ saving }) => saving === 0);
  if (useless !== undefined && !inplaceAll) {
    const why = `A chain is split only where each step saves a copy in place, and \`${useless.name}\` saves none.`;
    yield refuse(last.call, 'chain', why);
    return;
  }
  const obstacle =
    steps.map(argumentObstacle).find((one) => one !== null) ??
    chainObstacle(program, facts, found) ??
    commentObstacle(program, found) ??
    sameFrameObstacle(tree, found, environment) ??
    (isOwn
      ? null
      : (objectObstacle(program, facts, found, kind, environment) ?? shownObstacle(program, kind, last)));
  if (obstacle !== null) {
    yield refuse(last.call, ...obstacle);
    return;
  }
  const saving = Math.min(...judged.map((one) => one.saving));
  const owner = isOwn ? 'else in the block that makes it' : 'else';
  yield {
    type: 'change',
    at: last.call,
    summary: `${judged.map((step) => `\`${name.id}.${step.name}\``).join(', ')} in place`,
    reason: `Nothing ${owner} refers to \`${name.id}\`. ${describeSaving(saving, judged, environment)}`,
    effect: 'none',
    assumes: COMBINATIONS.every((it) => judged.every((one) => isRight(one, it)))
      ? ['code']
      : ['code', 'version'],
    intents: [
      {
        type: 'replaceStatements',
        statements: [statement],
        code: inPlaceCode(
          program,
          statement,
          name.id,
          steps,
          !isInBlock && needsSemicolon(program, kind, facts, last),
        ),
      },
      ...steps.map(({ call }) => ({ type: 'setKeyword', call, name: 'inplace', code: ['True'] }) as const),
    ],
    adjustments:
      saving > 0 ? [{ type: 'no-copy', calls: steps.map(({ call }) => call), fraction: saving }] : [],
  };
}

/** All that a Series is offered, a frame is. */
const mayBeOffered = (method: string): boolean =>
  INPLACE_BY_VALUES.has(method) || inplaceFact('DataFrame', method) !== undefined;

const notOwn = (name: string): string =>
  `\`${name}\` may be somebody else's frame too: the function, loop or other block that this stands in does not make it, or hands it on.`;

/** What one call would be in place. */
interface JudgedStep {
  readonly name: string;
  /** Null where being right depends on the values. */
  readonly fact: InplaceFact | null;
  /** In sizes of the frame. */
  readonly saving: number;
}

/** Null where one of the methods has no `inplace` that nbslim offers. */
function judgeSteps(
  program: Program,
  kind: 'DataFrame' | 'Series',
  steps: readonly MethodCall[],
  environment: Environment,
): readonly JudgedStep[] | null {
  const judged: JudgedStep[] = [];
  for (const step of steps) {
    const name = step.method.id;
    const fact = INPLACE_BY_VALUES.has(name) ? null : inplaceFact(kind, name);
    if (fact === undefined) return null;
    const savesNone = fact === null || keepsIndex(program, step);
    judged.push({ name, fact, saving: savesNone ? 0 : savingIn(fact, environment) });
  }
  return judged;
}

const isRight = ({ fact }: JudgedStep, combination: (typeof COMBINATIONS)[number]): boolean =>
  fact?.right.includes(combination) === true;

type Obstacle = readonly [code: string, why: string];

function argumentObstacle({ call: { args, keywords }, method }: MethodCall): Obstacle | null {
  if (keywords.some(({ name }) => name === null) || args.some(({ kind }) => kind === 'Starred')) {
    return ['unknown-arguments', 'Its arguments are not all written out: `inplace` may be among them.'];
  }
  const named = keywords.find(({ name }) => name?.id === 'inplace' || name?.id === 'copy')?.name?.id;
  if (named !== undefined) return [`existing-${named}`, `The call has a \`${named}=\` already.`];
  const axis = keywords.find(({ name }) => name?.id === 'axis');
  if (axis !== undefined && CHANGES_VALUES.has(method.id)) {
    return ['axis', `\`${method.id}\` in place with \`axis=\` fails where columns have different types.`];
  }
  return args.length > 2
    ? ['positional-arguments', 'One of its arguments may be `inplace`, by its position.']
    : null;
}

/** What keeps a chain together: a later step's arguments are worked out while the name holds the frame as it was. */
function chainObstacle(program: Program, facts: StatementFacts, found: SelfAssignment): Obstacle | null {
  const { name, statement, steps } = found;
  if (steps.length === 1) return null;
  const later = steps.slice(1).flatMap(({ call }) => [...call.args, ...call.keywords]);
  const isText = (call: Call) => ['eval', 'exec', 'query'].includes(calledName(call));
  const reads =
    facts.inFunctions.has(name.id) ||
    later.some((node) => namesIn(node).has(name.id) || findAll(node, 'Call').some(isText));
  if (reads) {
    const why = `What a later step of the chain is given may ask \`${name.id}\`, which holds the frame as it was until all steps are done.`;
    return ['chain-reads-the-frame', why];
  }
  return program.cellOf(statement).markers.raisesException
    ? ['may-raise', 'The cell is meant to raise an error: the first steps would be done by then.']
    : null;
}

/** Comments inside of it get lines of their own, for which there must be room. */
function commentObstacle(program: Program, { statement }: SelfAssignment): Obstacle | null {
  const { comments, cell } = program.cellOf(statement);
  if (!comments.some(({ start }) => statement.start <= start && start < statement.end)) return null;
  const before = cell.source.slice(0, statement.start).split('\n').at(-1) ?? '';
  const after = cell.source.slice(statement.end).split('\n')[0] ?? '';
  return before.trim() !== '' || !/^\s*(?:#.*)?$/.test(after)
    ? ['shares-its-line', 'It shares a line with other code, and there are comments in it.']
    : null;
}

/** What the assignment makes is another frame than what there was: without its attributes, with labels of its own. */
function sameFrameObstacle(
  tree: NotebookTree,
  { name: { id: name }, steps }: SelfAssignment,
  environment: Environment,
): Obstacle | null {
  const attribute = ownAttributeOf(tree, name);
  if (attribute !== null)
    return ['own-attribute', `\`${name}.${attribute}\` is set, and the frame would keep it.`];
  if (!mayBePandas2(environment) || !steps.some(({ method }) => CHANGES_VALUES.has(method.id))) return null;
  return labelsOfData(tree) === null
    ? null
    : [
        'labels-of-data',
        'The notebook makes labels of data (`df.index = df[...]`, `set_index(..., drop=False)`): up to pandas 2.3 they would change too.',
      ];
}

/** Why the object must not change in place. */
function objectObstacle(
  program: Program,
  facts: StatementFacts,
  { name: { id: name }, steps }: SelfAssignment,
  kind: 'DataFrame' | 'Series',
  environment: Environment,
): Obstacle | null {
  const opaque = program.opaque ?? facts.opaque;
  if (opaque !== null) return ['opaque', `Who else holds the frame can't be told: ${opaque}.`];
  if (steps.some(({ call }) => program.kindOf(call) !== kind)) {
    return ['other-kind', `The result is not a ${kind} as \`${name}\` is, so it can't be made in place.`];
  }
  // What a cell has shown was text by then: `Out` keeps the frame, and only who reads it would see the change.
  const readsHistory = readOfHistory(program) !== null;
  const sharers = [...program.sharersOf(name, facts.index - 1)]
    .filter((sharer) => sharer !== 'Out' || readsHistory)
    .sort();
  if (sharers.length > 0) {
    const list = sharers.map((sharer) => `\`${sharer}\``).join(', ');
    return ['alias', `${list} may refer to the same data as \`${name}\`, and would see the change.`];
  }
  if (mayBePandas2(environment) && !isOfItsOwn(program, name, facts.index)) {
    const why = `\`${name}\` may have been cut out of another frame: pandas up to 2.3.3 would print a SettingWithCopyWarning.`;
    return ['may-be-a-part', why];
  }
  return null;
}

/** Whether what the name holds was made by something whose result has no mark of a parent. */
function isOfItsOwn(program: Program, name: string, before: number): boolean {
  const made = program.statements
    .slice(0, before)
    .findLast(({ writes, maybeWrites }) => writes.has(name) || maybeWrites.has(name));
  if (made === undefined || !made.writes.has(name) || made.node.kind !== 'Assign') return false;
  const [target, ...others] = made.node.targets;
  const { value } = made.node;
  if (target?.kind !== 'Name' || others.length > 0 || value.kind !== 'Call') return false;
  const { func, args } = value;
  const method = calledName(value);
  // A frame about an array is that array: it may be read-only, or a file.
  if (method === 'DataFrame' || method === 'Series') return args.every(isWrittenOut);
  if (MAKES_UNMARKED_FRAMES.has(method)) return true;
  // The mark is of what the name held before: nobody holds that any more.
  const isSelf = func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === name;
  return (
    isSelf &&
    (method === 'drop_duplicates' || method === 'query') &&
    program.sharersOf(name, made.index).size === 0 &&
    isOfItsOwn(program, name, made.index)
  );
}

const isWrittenOut = ({ kind }: Expression): boolean =>
  kind === 'Dict' || kind === 'List' || kind === 'Comprehension' || kind === 'DictComprehension';

/** A cell's last value is shown, and some versions give the frame: a semicolon hides that of the last statement, and no other. */
function shownObstacle(program: Program, kind: ValueKind, { method }: MethodCall): Obstacle | null {
  if (givesNoneInPlace(kind, method.id)) return null;
  if (!program.cells.some(({ cell }) => cell.source.includes('ast_node_interactivity'))) return null;
  const why = `Its value would be shown below the cell: some versions return the frame from \`${method.id}(inplace=True)\`.`;
  return ['all-shown', why];
}

/** Whether the value would be shown of what is the last statement of its cell, without a semicolon behind it. */
function needsSemicolon(
  program: Program,
  kind: ValueKind,
  { node }: StatementFacts,
  last: MethodCall,
): boolean {
  const { cell, statements } = program.cellOf(node);
  return (
    statements.at(-1)?.node === node &&
    !givesNoneInPlace(kind, last.method.id) &&
    !/^[ \t]*;/.test(cell.source.slice(node.end))
  );
}

/** Whether these may be a frame's methods, of which one saves something; strings have a `replace` too. */
function mayBeFrame(kind: string, steps: readonly MethodCall[]): boolean {
  if (kind !== 'DataFrame' && kind !== 'Series' && kind !== 'unknown') return false;
  const facts = steps.map(({ method }) => inplaceFact('DataFrame', method.id));
  if (facts.includes(undefined)) return false;
  return steps.some(
    ({ method }, at) =>
      Object.keys(facts[at]?.saves ?? {}).length > 0 && (kind !== 'unknown' || method.id !== 'replace'),
  );
}

/** `reset_index()` that keeps the index as a column: what it saves was not measured. */
function keepsIndex(program: Program, { method, call }: MethodCall): boolean {
  if (method.id !== 'reset_index') return false;
  return !call.keywords.some(({ name, value }) => name?.id === 'drop' && program.textOf(value) === 'True');
}

/** Of a known environment the least saving of its combinations; where nothing is known the best, for it may be that one. */
function savingIn({ saves }: InplaceFact, { combinations, origin }: Environment): number {
  const savings = combinations.map((combination) => saves[combination] ?? 0);
  return origin === null ? Math.max(...savings) : Math.min(...savings);
}

function describeSaving(saving: number, steps: readonly JudgedStep[], { combinations }: Environment): string {
  if (saving === 0) {
    const none = steps.filter((step) => step.saving === 0).map(({ name }) => `\`${name}\``);
    return `${none.join(' and ')} in place saves no memory, as measured; it was asked for.`;
  }
  const where = combinations.filter((it) => steps.every(({ fact }) => (fact?.saves[it] ?? 0) > 0));
  const rest =
    where.length === combinations.length
      ? ''
      : `, on ${where.length} of the ${combinations.length} combinations of versions that it may run on`;
  const whole = steps.length === 1 ? 'the assignment needs' : 'the chain needs at least';
  return `Measured, ${whole} ${Math.round(saving * 100)} % of the frame more while it runs${rest}.`;
}

function refuse(at: Call, code: string, why: string): Refusal {
  return { type: 'refusal', code, why, at };
}

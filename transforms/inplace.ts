import { readOfHistory } from '../src/analysis/cell-barriers.js';
import type { Program, StatementFacts } from '../src/analysis/program.js';
import { COMBINATIONS, type Environment } from '../src/environment/environment.js';
import {
  INPLACE_BY_VALUES,
  type InplaceFact,
  inplaceFact,
  MAKES_UNMARKED_FRAMES,
} from '../src/pandas/inplace.js';
import type { Call, Expression, Statement } from '../src/python/ast.js';
import { findAll } from '../src/python/walk.js';
import type { Finding, Options, Refusal, Transform } from '../src/refactor/contract.js';
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

\`--inplace all\` writes it wherever it is right, whether it saves anything or not.

It refuses where anything else may refer to the same object (another name, a list, a column, a groupby, an iterator):
that would see the change too. It refuses where the frame was cut out of another (pandas up to 2.3.3 prints a
SettingWithCopyWarning), in functions and other blocks, on a cell's last line (some versions return the frame, which would be
shown), where a version that the notebook may run on warns of \`inplace\`, and where it is not known that the name holds a
DataFrame or a Series. \`fillna\`, \`clip\`, \`where\` and \`mask\` are refused: where a value does not fit the type of a column,
in place raises an error and the assignment makes another type.

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
    const showsAll = program.cells.some(({ cell }) => cell.source.includes('ast_node_interactivity'));
    for (const facts of program.statements) {
      for (const node of 'body' in facts.node ? findAll(facts.node, 'Assign') : []) {
        const nested = selfAssignment(node);
        if (nested !== null && mayBeFrameMethod(program, nested)) {
          yield refuse(nested.call, 'in-a-block', IN_A_BLOCK);
        }
      }
      const found = selfAssignment(facts.node);
      if (found !== null) yield* judge(program, facts, found, showsAll, options);
    }
  },
};

const IN_A_BLOCK =
  'It stands in a function, a loop or another block, where nbslim does not follow who else may hold the frame.';

interface SelfAssignment {
  readonly name: string;
  readonly method: string;
  readonly receiver: Expression;
  readonly call: Call;
}

/** `x = x.m(...)`, with the same bare name. */
function selfAssignment(node: Statement): SelfAssignment | null {
  if (node.kind !== 'Assign' || node.value.kind !== 'Call') return null;
  const [target, ...others] = node.targets;
  const { func } = node.value;
  if (target?.kind !== 'Name' || others.length > 0 || func.kind !== 'Attribute') return null;
  if (func.value.kind !== 'Name' || func.value.id !== target.id) return null;
  return { name: target.id, method: func.attr.id, receiver: func.value, call: node.value };
}

function* judge(
  program: Program,
  facts: StatementFacts,
  found: SelfAssignment,
  showsAll: boolean,
  { environment, inplaceAll }: Options,
): Iterable<Finding> {
  const { name, method, receiver, call } = found;
  const kind = program.kindOf(receiver);
  if (kind !== 'DataFrame' && kind !== 'Series') {
    if (mayBeFrameMethod(program, found)) {
      yield refuse(call, 'unknown-receiver', `It is not known whether \`${name}\` is a DataFrame.`);
    }
    return;
  }
  if (INPLACE_BY_VALUES.has(method)) {
    const why = `\`${method}\` in place raises or warns where a value does not fit the type of its column; the assignment makes another type.`;
    if (method === 'fillna' || inplaceAll) yield refuse(call, 'depends-on-values', why);
    return;
  }
  const fact = inplaceFact(kind, method);
  if (fact === undefined) return;
  const saving = dropsNoIndex(program, found) ? 0 : savingIn(fact, environment);
  if (saving === 0 && !inplaceAll) return;
  if (!environment.combinations.every((combination) => fact.right.includes(combination))) {
    const where = environment.origin === null ? ', which the notebook may run on,' : '';
    yield refuse(
      call,
      'deprecated',
      `pandas 3.1${where} prints a Pandas4Warning for \`${method}(inplace=True)\`.`,
    );
    return;
  }
  const obstacle = argumentObstacle(call) ?? objectObstacle(program, facts, found, kind, environment) ?? null;
  if (obstacle !== null) {
    yield refuse(call, ...obstacle);
    return;
  }
  if (showsAll || program.cellOf(facts.node).statements.at(-1) === facts) {
    const why = `Its value would be shown below the cell: some versions return the frame from \`${method}(inplace=True)\`.`;
    yield refuse(call, 'last-statement', why);
    return;
  }
  yield {
    type: 'change',
    at: call,
    summary: `\`${name}.${method}\` in place`,
    reason: `Nothing else refers to \`${name}\`. ${describeSaving(saving, fact, environment, method)}`,
    effect: 'none',
    assumes: COMBINATIONS.every((one) => fact.right.includes(one)) ? ['code'] : ['code', 'version'],
    intents: [
      { type: 'replaceStatements', statements: [facts.node], code: [{ node: call }] },
      { type: 'setKeyword', call, name: 'inplace', code: ['True'] },
    ],
    adjustments: saving > 0 ? [{ type: 'no-copy', statement: facts.index, fraction: saving }] : [],
  };
}

type Obstacle = readonly [code: string, why: string];

function argumentObstacle({ args, keywords }: Call): Obstacle | null {
  if (keywords.some(({ name }) => name === null) || args.some(({ kind }) => kind === 'Starred')) {
    return ['unknown-arguments', 'Its arguments are not all written out: `inplace` may be among them.'];
  }
  const named = keywords.find(({ name }) => name?.id === 'inplace' || name?.id === 'copy')?.name?.id;
  if (named !== undefined) return [`existing-${named}`, `The call has a \`${named}=\` already.`];
  return args.length > 2
    ? ['positional-arguments', 'One of its arguments may be `inplace`, by its position.']
    : null;
}

/** Why the object must not change in place. */
function objectObstacle(
  program: Program,
  facts: StatementFacts,
  { name, call }: SelfAssignment,
  kind: 'DataFrame' | 'Series',
  environment: Environment,
): Obstacle | null {
  const opaque = program.opaque ?? facts.opaque;
  if (opaque !== null) return ['opaque', `Who else holds the frame can't be told: ${opaque}.`];
  if (program.kindOf(call) !== kind) {
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
  const warns = environment.combinations.some((one) => one === 'E1' || one === 'E2' || one === 'E3');
  if (warns && !isOfItsOwn(program, name, facts.index)) {
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
  const { func } = value;
  return MAKES_UNMARKED_FRAMES.has(
    func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '',
  );
}

/** Whether it may be a frame's method that saves something; strings have a `replace` too. */
function mayBeFrameMethod(program: Program, { method, receiver }: SelfAssignment): boolean {
  const fact = inplaceFact('DataFrame', method);
  if (fact === undefined || Object.keys(fact.saves).length === 0) return false;
  const kind = program.kindOf(receiver);
  return kind === 'DataFrame' || (kind === 'unknown' && method !== 'replace');
}

/** `reset_index()` that keeps the index as a column: what it saves was not measured. */
function dropsNoIndex(program: Program, { method, call }: SelfAssignment): boolean {
  if (method !== 'reset_index') return false;
  return !call.keywords.some(({ name, value }) => name?.id === 'drop' && program.textOf(value) === 'True');
}

/** Of a known environment the least saving of its combinations; where nothing is known the best, for it may be that one. */
function savingIn({ saves }: InplaceFact, { combinations, origin }: Environment): number {
  const savings = combinations.map((combination) => saves[combination] ?? 0);
  return origin === null ? Math.max(...savings) : Math.min(...savings);
}

function describeSaving(
  saving: number,
  { saves }: InplaceFact,
  { combinations }: Environment,
  method: string,
): string {
  if (saving === 0) return `\`${method}\` in place saves no memory, as measured; it was asked for.`;
  const where = combinations.filter((combination) => (saves[combination] ?? 0) > 0);
  const rest =
    where.length === combinations.length
      ? ''
      : `, on ${where.length} of the ${combinations.length} combinations of versions that it may run on`;
  return `Measured, the assignment needs ${Math.round(saving * 100)} % of the frame more while it runs${rest}.`;
}

function refuse(at: Call, code: string, why: string): Refusal {
  return { type: 'refusal', code, why, at };
}

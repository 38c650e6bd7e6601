import { HOLDS_ITS_FRAME, MAKES_UNMARKED_FRAMES, READS_A_FRAME } from '../pandas/inplace.js';
import type { Call, Name, Node, Statement } from '../python/ast.js';
import { findAll, walk } from '../python/walk.js';
import { PURE_BUILTINS } from './builtins.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';

/**
 * Whether the name holds, before the statement, a DataFrame that the statement's own block has made and that nothing else
 * was given: neither a part of it nor a view. The block may be a function's or a loop's; what stands in a `try` is none,
 * for there somebody may see what was half done.
 */
export function isOwnFrameOfBlock(
  program: Program,
  tree: NotebookTree,
  statement: Statement,
  name: Name,
): boolean {
  const scope = tree.surroundingsOf(statement);
  if (program.opaque !== null || scope?.kind === 'Lambda' || scope?.kind === 'ClassDef') return false;
  if (scope !== null && tree.textOf(scope).declared.has(name.id)) return false;
  for (const outer of tree.around(statement)) {
    if (outer === scope) break;
    if (outer.kind === 'Try') return false;
  }
  const variable = program.notebookNames.variableOf(name);
  if (variable?.reads.some((read) => tree.surroundingsOf(read) !== scope) !== false) return false;
  const block = tree.blockOf(statement) ?? [];
  const isOwn = (use: Name) => use.id === name.id;
  for (const one of block.slice(0, block.indexOf(statement)).reverse()) {
    if (!mentions(one, name.id)) continue;
    const uses = findAll(one, 'Name').filter(isOwn);
    if (bindsNewFrame(one, name.id) && one.kind === 'Assign' && one.value.kind === 'Call') {
      if (readsAFrame(program, one.value)) return uses.length === 1;
      const { func } = one.value;
      const isStep = func.kind === 'Attribute' && func.value.kind === 'Name' && isOwn(func.value);
      if (!isStep || !uses.slice(1).every((use) => asksOnly(program, tree, use))) return false;
    } else if (!keepsAllOfIt(program, tree, one, name.id)) return false;
  }
  return false;
}

/** `name = pd.read_csv(...)`, `name = other.copy()`. */
export function bindsNewFrame(statement: Statement, name: string): boolean {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1 || statement.value.kind !== 'Call')
    return false;
  const [target] = statement.targets;
  const { func } = statement.value;
  const method = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  const isInPlace = statement.value.keywords.some(
    (one) => one.name?.id === 'inplace' || one.name?.id === 'copy',
  );
  return target?.kind === 'Name' && target.id === name && MAKES_UNMARKED_FRAMES.has(method) && !isInPlace;
}

/** Whether a use of the frame leaves nobody with the frame itself: a part, a value, a look. */
export function keepsToItself(program: Program, tree: NotebookTree, use: Name): boolean {
  const parent = tree.parentOf(use);
  if (parent?.kind === 'Subscript') return parent.value === use;
  if (parent?.kind === 'Attribute') {
    const outer = tree.parentOf(parent);
    if (outer?.kind === 'Subscript' && outer.value === parent) return true;
    if (outer?.kind === 'Call' && outer.func === parent) return !HOLDS_ITS_FRAME.has(parent.attr.id);
    return PLAIN_ATTRIBUTES.has(parent.attr.id);
  }
  // What a cell shows, Jupyter holds and never shows again.
  if (parent?.kind === 'ExpressionStatement') return true;
  return parent?.kind === 'Call' && isLook(program, parent);
}

/** Attributes that do not hold the frame itself. */
const PLAIN_ATTRIBUTES: ReadonlySet<string> = new Set([
  'columns',
  'index',
  'shape',
  'dtypes',
  'values',
  'size',
]);

/** Whether a statement leaves the frame, its parts and views of them to the name alone. */
function keepsAllOfIt(program: Program, tree: NotebookTree, statement: Statement, name: string): boolean {
  const uses = findAll(statement, 'Name').filter(({ id }) => id === name);
  if (statement.kind === 'Assign') {
    const [target, ...others] = statement.targets;
    const isPart =
      (target?.kind === 'Subscript' || target?.kind === 'Attribute') &&
      target.value.kind === 'Name' &&
      target.value.id === name;
    return isPart && others.length === 0 && uses.slice(1).every((use) => asksOnly(program, tree, use));
  }
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
  return isLook(program, statement.value) && uses.every((use) => keepsToItself(program, tree, use));
}

const isLook = (program: Program, { func }: Call): boolean =>
  func.kind === 'Name' &&
  ['print', 'len', 'display'].includes(func.id) &&
  !program.notebookNames.isBound(func.id);

/** `df['a']`, `df.columns`: what is asked of the frame while a statement runs, and kept by nobody afterwards. */
function asksOnly(program: Program, tree: NotebookTree, use: Name): boolean {
  const parent = tree.parentOf(use);
  const isAsked =
    parent?.kind === 'Subscript'
      ? parent.value === use
      : parent?.kind === 'Attribute' && !HOLDS_ITS_FRAME.has(parent.attr.id);
  if (!isAsked) return false;
  let inner: Node = use;
  for (const outer of tree.around(use)) {
    if ('body' in outer) break;
    if (outer.kind === 'Call' && outer.func !== inner && !keepsNothing(program, outer)) return false;
    inner = outer;
  }
  return true;
}

/** Whether what the call is given is let go of when it is done: functions of pandas, of numpy and of Python itself. */
function keepsNothing({ notebookNames }: Program, { func }: Call): boolean {
  if (func.kind === 'Name' && PURE_BUILTINS.has(func.id) && !notebookNames.isBound(func.id)) return true;
  return /^(?:pandas|numpy)\./.test(notebookNames.qualifiedName(func) ?? '');
}

/** `pd.read_csv(path)`, `pd.merge(a, b)`: a DataFrame of its own, whatever it is given. */
function readsAFrame({ notebookNames, textOf }: Program, { func, args, keywords }: Call): boolean {
  const qualified = notebookNames.qualifiedName(func);
  if (qualified === null || !qualified.startsWith('pandas.')) return false;
  const name = qualified.slice('pandas.'.length);
  if (args.some(({ kind }) => kind === 'Starred')) return false;
  // `pd.concat` of Series is a Series, but for columns side by side.
  if (name === 'concat')
    return keywords.some(
      (one) => one.name?.id === 'axis' && /^(?:1|'columns'|"columns")$/.test(textOf(one.value)),
    );
  return READS_A_FRAME.has(name) && keywords.every((one) => !GIVES_MORE.has(one.name?.id ?? '**'));
}

/** With these a read may give a reader, a dict of frames or a Series. */
const GIVES_MORE: ReadonlySet<string> = new Set([
  '**',
  'chunksize',
  'iterator',
  'squeeze',
  'sheet_name',
  'typ',
]);

/** Whether the name stands in the statement in any way: a `def` or an import of that name too. */
function mentions(statement: Statement, name: string): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||= 'id' in node && node.id === name;
  });
  return found;
}

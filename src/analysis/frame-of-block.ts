import { HOLDS_ITS_FRAME, MAKES_UNMARKED_FRAMES, READS_A_FRAME } from '../pandas/inplace.js';
import type { Call, Name, Node, Statement } from '../python/ast.js';
import { calledName } from '../python/called-name.js';
import { findAll, walk } from '../python/walk.js';
import { keepsNothing } from './keeps-nothing.js';
import type { NotebookTree } from './notebook-tree.js';
import type { Program } from './program.js';

/**
 * Whether the name holds, before the statement, a DataFrame that the statement's own block has made and that nothing else
 * was given: neither a part of it nor a view. The block may be a function's or a loop's; what stands in a `try` or a `with` is
 * none, for there somebody may see what was half done.
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
    // Who goes on behind an error sees what was half done.
    if (outer.kind === 'Try' || outer.kind === 'With') return false;
  }
  const variable = program.notebookNames.variableOf(name);
  const places: readonly Node[] = [...(variable?.reads ?? []), ...(variable?.bindings ?? [])];
  if (variable === null || places.some((place) => tree.surroundingsOf(place) !== scope)) return false;
  const block = tree.blockOf(statement) ?? [];
  for (const one of block.slice(0, block.indexOf(statement)).reverse()) {
    if (!mentions(one, name.id)) continue;
    const uses = findAll(one, 'Name').filter(({ id }) => id === name.id);
    if (bindsNewFrame(one, name.id) && one.kind === 'Assign' && one.value.kind === 'Call') {
      if (readsAFrame(program, tree, one.value)) return uses.length === 1;
      const { func } = one.value;
      const isStep = func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === name.id;
      if (!isStep || mayCallBack(one.value, func.attr.id)) return false;
      if (!uses.slice(2).every((use) => asksOnly(program, tree, use))) return false;
    } else if (!keepsAllOfIt(program, tree, one, name.id)) return false;
  }
  return false;
}

/** Whether the call may hand the frame, or a column of it, to a function: `df.assign(n=log)`, `df.sort_values('a', key=f)`. */
export function mayCallBack({ args, keywords }: Call, method: string): boolean {
  const values = [...args, ...keywords.map(({ value }) => value)];
  if (keywords.some(({ name }) => name === null || name.id === 'key')) return true;
  return (
    ['assign', 'where', 'mask'].includes(method) &&
    values.some(({ kind }) => kind === 'Name' || kind === 'Lambda' || kind === 'Attribute')
  );
}

/** `name = pd.read_csv(...)`, `name = other.copy()`. */
export function bindsNewFrame(statement: Statement, name: string): boolean {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1 || statement.value.kind !== 'Call')
    return false;
  const [target] = statement.targets;
  const method = calledName(statement.value);
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
  const isOwn = (node: Node) => node.kind === 'Name' && node.id === name;
  const uses = findAll(statement, 'Name').filter(isOwn);
  if (statement.kind === 'Assign') {
    const [target, ...others] = statement.targets;
    // `df['a'] = ...`, `df.loc[rows, 'a'] = ...`, `df.columns = ...`
    const isPart =
      target?.kind === 'Subscript'
        ? isOwn(target.value) ||
          (target.value.kind === 'Attribute' &&
            LOCATORS.has(target.value.attr.id) &&
            isOwn(target.value.value))
        : target?.kind === 'Attribute' &&
          isOwn(target.value) &&
          ['columns', 'index'].includes(target.attr.id);
    return isPart && others.length === 0 && uses.slice(1).every((use) => asksOnly(program, tree, use));
  }
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
  const { value } = statement;
  return (
    isLook(program, value) &&
    uses.every((use) => tree.parentOf(use) === value || asksOnly(program, tree, use))
  );
}

const LOCATORS: ReadonlySet<string> = new Set(['loc', 'iloc', 'at', 'iat']);

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
      : parent?.kind === 'Attribute' &&
        (!HOLDS_ITS_FRAME.has(parent.attr.id) || isAskedAtOnce(tree, tree.parentOf(parent)));
  if (!isAsked) return false;
  let inner: Node = use;
  for (const outer of tree.around(use)) {
    if ('body' in outer || outer.kind === 'Assign') break;
    if (KEEPS_ITS_PARTS.has(outer.kind)) return false;
    if (outer.kind === 'Call' && outer.func !== inner && !keepsNothing(program, outer)) return false;
    if (outer.kind === 'Call' && outer.keywords.some(({ name }) => name?.id === 'copy')) return false;
    inner = outer;
  }
  return true;
}

/** `df.groupby('k')['a'].mean()`: who holds the frame is gone when the statement is. */
function isAskedAtOnce(tree: NotebookTree, call: Node | null): boolean {
  const next = call?.kind === 'Call' ? tree.parentOf(call) : null;
  return (next?.kind === 'Attribute' || next?.kind === 'Subscript') && next.value === call;
}

const KEEPS_ITS_PARTS: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'NamedExpression',
  'Yield',
  'Await',
  'Lambda',
  'Comprehension',
  'DictComprehension',
  'List',
  'Tuple',
  'SetDisplay',
  'Dict',
]);

/** `pd.read_csv(path)`, `pd.merge(a, b)`: a DataFrame of its own, whatever it is given. */
function readsAFrame(program: Program, tree: NotebookTree, { func, args, keywords }: Call): boolean {
  const { notebookNames, textOf } = program;
  const qualified = notebookNames.qualifiedName(func);
  if (qualified === null || !qualified.startsWith('pandas.') || isReplaced(program, tree, qualified))
    return false;
  const name = qualified.slice('pandas.'.length);
  if (args.some(({ kind }) => kind === 'Starred')) return false;
  // `pd.concat` of Series is a Series, but for columns side by side.
  if (name === 'concat')
    return keywords.some(
      (one) => one.name?.id === 'axis' && /^(?:1|'columns'|"columns")$/.test(textOf(one.value)),
    );
  if (name === 'read_excel' && args.length > 1) return false;
  return READS_A_FRAME.has(name) && keywords.every((one) => !GIVES_MORE.has(one.name?.id ?? '**'));
}

/** `pd.read_csv = ...` */
const isReplaced = ({ notebookNames }: Program, { modules }: NotebookTree, qualified: string): boolean =>
  modules
    .flatMap((module) => findAll(module, 'Assign'))
    .flatMap(({ targets }) => targets)
    .some((target) => target.kind === 'Attribute' && notebookNames.qualifiedName(target) === qualified);

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

/**
 * An attribute of one's own that is set on an object of this name, which only that object has (`df.note`, `df.attrs['note']`);
 * null where none is.
 */
export function ownAttributeOf(tree: NotebookTree, name: string): string | null {
  for (const module of tree.modules)
    for (const { targets, value } of findAll(module, 'Assign'))
      for (const target of targets) {
        const set = target.kind === 'Subscript' && target.value.kind === 'Attribute' ? target.value : target;
        if (set.kind !== 'Attribute' || set.value.kind !== 'Name' || set.value.id !== name) continue;
        // What is there already is a column: `df.date = pd.to_datetime(df.date)`.
        const isColumn = findAll(value, 'Attribute').some(
          (one) => one.attr.id === set.attr.id && one.value.kind === 'Name' && one.value.id === name,
        );
        const isOwn = set === target ? !['columns', 'index'].includes(set.attr.id) : set.attr.id === 'attrs';
        if (isOwn && !isColumn) return set.attr.id;
      }
  return null;
}

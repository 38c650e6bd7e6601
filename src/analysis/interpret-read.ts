import type { Call, Expression } from '../python/ast.js';
import type { Arguments } from './arguments.js';
import type { Machine } from './machine.js';
import { joinPaths, plain, type Value } from './value.js';

/** The value of a call that reads a data file: a frame of it, or an iterator over its parts. */
export function readFile(m: Machine, call: Call, qualified: string, args: Arguments): Value {
  const known = m.reads.get(call);
  const unknown = args.open
    ? 'its arguments are not all written out'
    : m.frames.length > 0
      ? 'it stands in a function'
      : m.loops > 0
        ? 'it stands in a loop'
        : args.positional.length > 1
          ? 'it has positional arguments besides the path'
          : null;
  const named = new Map<string, Expression>();
  for (const keyword of call.keywords)
    if (keyword.name !== null)
      named.set(keyword.name.id, displayOf(m, keyword.value, args.keywords.get(keyword.name.id)));
  const pathArgument = args.positional[0] ?? args.keywords.get('filepath_or_buffer');
  named.delete('filepath_or_buffer');
  const read = known ?? {
    call,
    function: qualified.slice('pandas.'.length),
    statement: m.statement,
    path: pathArgument?.text ?? null,
    arguments: named,
    unknown,
  };
  m.reads.set(call, read);
  const iterates = named.has('chunksize') || named.has('iterator');
  if (iterates) return m.make('iterator', call);
  return m.make('DataFrame', call, {
    data: { carrier: 'DataFrame', parts: [{ read, columns: 'all', extent: 'whole' }] },
  });
}

/** `names=columns`: the display that `columns` was bound to, if nothing has changed it since; else the argument itself. */
function displayOf(m: Machine, argument: Expression, value: Value | undefined): Expression {
  if (argument.kind !== 'Name' || value?.kind !== 'list' || m.elementsOf(value) === null) return argument;
  const [id, ...others] = value.objects;
  const node = id === undefined || others.length > 0 ? null : m.graph.nodeOf(id);
  return node?.kind === 'List' ? node : argument;
}

/** The path that the arguments make, where all of them are known. */
export function joinedPath(qualified: string, args: Arguments): Value | null {
  if (qualified !== 'os.path.join' && !PATHS.has(qualified)) return null;
  const texts = args.positional.map((value) => value.text);
  const known = texts.filter((text) => text !== null);
  if (known.length === 0 || known.length < texts.length || args.open || args.keywords.size > 0) return null;
  const text = joinPaths(known);
  return qualified === 'os.path.join' ? plain('str', text) : { ...plain('unknown', text), none: 'never' };
}

const PATHS: ReadonlySet<string> = new Set(['pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath']);

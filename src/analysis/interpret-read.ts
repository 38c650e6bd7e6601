import type { Call, Expression } from '../python/ast.js';
import { contains } from '../python/walk.js';
import type { Arguments } from './arguments.js';
import type { Machine } from './machine.js';
import { joinPaths, plain, type Value } from './value.js';

/** The value of a call that reads a data file: a frame of it, or an iterator over its parts. */
export function readFile(m: Machine, call: Call, qualified: string, args: Arguments): Value {
  const named = new Map<string, Expression>();
  for (const keyword of call.keywords)
    if (keyword.name !== null)
      named.set(keyword.name.id, displayOf(m, keyword.value, args.keywords.get(keyword.name.id)));
  const pathArgument = args.positional[0] ?? args.keywords.get('filepath_or_buffer');
  named.delete('filepath_or_buffer');
  const path = pathArgument?.text ?? null;
  const read = m.reads.get(call) ?? {
    call,
    function: qualified.slice('pandas.'.length),
    path,
    arguments: named,
    unknown: null,
  };
  const isOther = [...named].some(([name, value]) => read.arguments.get(name) !== value);
  if (read.path !== path || isOther) read.unknown ??= 'it reads something else at other times';
  read.unknown ??= whyUnknown(m, args);
  m.reads.set(call, read);
  if (m.frames.length > 0) m.readsInFunctions.add(read);
  const iterates = named.has('chunksize') || named.has('iterator');
  if (iterates) return m.make('iterator', call);
  return m.make('DataFrame', call, {
    data: { carrier: 'DataFrame', parts: [{ read, columns: 'all', extent: 'whole' }] },
  });
}

/**
 * Says of the reads in functions, when all has been run, where that was not every call: what such a call reads, and what is done
 * with it, nobody has seen.
 */
export function finishReads(m: Machine, isOpaque: boolean): void {
  for (const read of m.readsInFunctions)
    if (isOpaque || [...m.unfollowed].some((closure) => contains(closure, read.call)))
      read.unknown ??= NOT_FOLLOWED;
}

const NOT_FOLLOWED = 'not all calls of the function in which it stands can be followed';

function whyUnknown(m: Machine, args: Arguments): string | null {
  if (args.open) return 'its arguments are not all written out';
  const frame = m.frames.at(-1);
  if (frame !== undefined) {
    if (frame.kind !== 'function') return `it stands in a ${frame.kind}`;
    const { node } = frame.names.scope;
    if (node?.kind !== 'FunctionDef') return 'it stands in a lambda';
    if (m.globalNames.isGenerator(node)) return 'it stands in a generator';
    if (m.calls.callbacks.isOn) return NOT_FOLLOWED;
  }
  if (m.calls.loops > 0) return 'it runs in a loop';
  return args.positional.length > 1 ? 'it has positional arguments besides the path' : null;
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

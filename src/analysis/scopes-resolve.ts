import { entryOf, isFunctionLike, type OpenName, type OpenScope } from './scopes-table.js';

/**
 * Decides where each name comes from, as `analyze_block` of CPython's `symtable.c` does. Recursive over scopes, which nest no
 * deeper than the parser allows.
 */
export function resolveNames(root: OpenScope): void {
  resolveScope(root, new Set(), new Set());
}

/**
 * `bound`: names that functions around bind. `globals`: names that functions around declare global. Both are this scope's own.
 * Returns the names that this scope and those in it need from around.
 */
function resolveScope(scope: OpenScope, bound: Set<string>, globals: Set<string>): Set<string> {
  const locals = new Set<string>();
  const needed = new Set<string>();
  const seenInside = scope.kind === 'class' ? new Set(bound) : null;
  const globalsInside = scope.kind === 'class' ? new Set(globals) : null;
  for (const entry of scope.names.values()) resolveName(entry, { bound, globals, locals, needed });
  const boundInside = seenInside ?? new Set([...bound, ...(isFunctionLike(scope.kind) ? locals : [])]);
  if (scope.kind === 'class') boundInside.add('__class__');
  for (const child of scope.children) {
    const free = resolveScope(child, new Set(boundInside), new Set(globalsInside ?? globals));
    for (const name of free) needed.add(name);
  }
  if (isFunctionLike(scope.kind)) {
    for (const entry of scope.names.values()) {
      if (entry.resolution === 'local' && needed.delete(entry.name)) entry.resolution = 'cell';
    }
  } else if (scope.kind === 'class') {
    needed.delete('__class__');
  }
  for (const name of needed) {
    if (!scope.names.has(name) && bound.has(name))
      entryOf({ ...scope, mangledBy: null }, name).resolution = 'free';
  }
  return needed;
}

interface Surroundings {
  readonly bound: Set<string>;
  readonly globals: Set<string>;
  readonly locals: Set<string>;
  readonly needed: Set<string>;
}

function resolveName(entry: OpenName, { bound, globals, locals, needed }: Surroundings): void {
  const { name } = entry;
  if (entry.declaredGlobal) {
    entry.resolution = 'global-explicit';
    globals.add(name);
    bound.delete(name);
  } else if (entry.nonlocal) {
    entry.resolution = 'free';
    needed.add(name);
  } else if (entry.assigned || entry.parameter || entry.imported) {
    entry.resolution = 'local';
    locals.add(name);
    globals.delete(name);
  } else if (bound.has(name)) {
    entry.resolution = 'free';
    needed.add(name);
  } else {
    entry.resolution = 'global-implicit';
  }
}

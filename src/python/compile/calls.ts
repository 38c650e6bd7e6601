import type { Call, ClassDef, Parameters } from '../ast.js';
import type { Check } from './frame.js';

/** `f(a=1, a=2)`, `f(a=1, b)`, `f(**a, b)`; the same for a class's bases. */
export function checkArguments(check: Check, node: Call | ClassDef): void {
  const args = node.kind === 'Call' ? node.args : node.bases;
  const { keywords } = node;
  if (keywords.length === 0) return;
  const seen = new Set<string>();
  for (const keyword of keywords) {
    const name = keyword.name?.id;
    if (name === undefined) continue;
    if (seen.has(name)) check.report(keyword, `keyword argument repeated: ${name}`);
    if (name === '__debug__') check.report(keyword, 'cannot assign to __debug__');
    seen.add(name);
  }
  const firstKeyword = keywords[0]?.start ?? 0;
  const firstUnpacking = keywords.find((keyword) => keyword.name === null)?.start ?? Number.POSITIVE_INFINITY;
  for (const argument of args) {
    if (argument.start > firstUnpacking) {
      const kind = argument.kind === 'Starred' ? 'iterable argument unpacking' : 'positional argument';
      check.report(argument, `${kind} follows keyword argument unpacking`);
    } else if (argument.start > firstKeyword && argument.kind !== 'Starred') {
      check.report(argument, 'positional argument follows keyword argument');
    }
  }
}

/** `def f(a, a)`, `def f(a=1, b)`. */
export function checkParameters(check: Check, params: Parameters): void {
  const seen = new Set<string>();
  let hasDefault = false;
  for (const item of params.items) {
    const { id } = item.name;
    if (seen.has(id)) check.report(item, `duplicate argument '${id}' in function definition`);
    if (id === '__debug__') check.report(item, 'cannot assign to __debug__');
    seen.add(id);
    if (item.type !== 'positional-only' && item.type !== 'positional-or-keyword') {
      if (item.default !== null && item.type !== 'keyword-only') {
        check.report(item, `${item.type} argument cannot have default value`);
      }
      continue;
    }
    if (item.default !== null) hasDefault = true;
    else if (hasDefault) check.report(item, 'parameter without a default follows parameter with a default');
  }
}

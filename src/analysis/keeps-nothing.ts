import { changesFirst, outPlaceOf } from '../pandas/numpy-out.js';
import type { Call } from '../python/ast.js';
import { PURE_BUILTINS } from './builtins.js';
import type { Program } from './program.js';

/**
 * Whether what a call is given is let go of when the call is done, and not changed: functions of Python itself, of pandas and
 * of numpy. What it gives may be what it was given, or made of that.
 */
export function keepsNothing({ notebookNames }: Program, call: Call): boolean {
  const { func } = call;
  if (func.kind === 'Name' && !notebookNames.isBound(func.id))
    return PURE_BUILTINS.has(func.id) || func.id === 'print' || func.id === 'display';
  const qualified = notebookNames.qualifiedName(func) ?? '';
  return /^(?:pandas|numpy)\./.test(qualified) && !writesIntoArgument(call, qualified);
}

/** Whether the result goes into something that the call is given, or is a method of: `np.add(a, b, out=c)`, `inplace=True`. */
export function writesIntoArgument({ func, args, keywords }: Call, qualified: string | null): boolean {
  const isMethod = qualified === null && func.kind === 'Attribute';
  const place = outPlaceOf(isMethod ? `numpy.${func.attr.id}` : (qualified ?? ''));
  return (
    keywords.some(
      ({ name, value }) =>
        name?.id === 'out' ||
        name?.id === 'dst' ||
        (name?.id === 'inplace' && !(value.kind === 'Constant' && value.text === 'False')),
    ) ||
    changesFirst(qualified ?? '', args.length, (keyword) =>
      keywords.some(({ name }) => name?.id === keyword),
    ) ||
    // A method is told the array that it is a method of by standing behind it.
    (place !== null && args.length > (isMethod ? place - 1 : place))
  );
}

import type { ValueKind } from '../pandas/kinds.js';
import { methodEffect } from '../pandas/method-effects.js';
import type { Call, Expression } from '../python/ast.js';
import { literalValue } from '../python/literals.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Methods that do nothing else on anything that is known to have them; where a notebook's own class has one, it is not them. */
export const PURE_METHODS = words(`
  strip lstrip rstrip split rsplit splitlines partition rpartition lower upper title capitalize casefold swapcase
  startswith endswith isdigit isalpha isalnum isnumeric isdecimal islower isupper isspace format zfill ljust rjust center
  removeprefix removesuffix translate expandtabs index count items keys values group groups groupdict span total_seconds isoformat strftime timestamp date weekday as_posix with_suffix with_name relative_to most_common
  bit_length is_integer astype tolist sum mean std var min max copy intersection union difference issubset issuperset`);

/** Functions and methods that call their first argument, and those that call what is named so. */
const CALLS_FIRST = words(`
  map filter apply applymap agg aggregate transform pipe reduce starmap takewhile dropwhile filterfalse defaultdict`);
const CALLED_KEYWORDS = words(`
  key func function default_factory default cls object_hook object_pairs_hook parse_float parse_int parse_constant repl
  converters skiprows date_parser`);

/** What has the methods that are known. */
const KINDS: readonly ValueKind[] = [
  'DataFrame',
  'Series',
  'Index',
  'GroupBy',
  'SeriesGroupBy',
  'ndarray',
  'list',
  'dict',
  'set',
  'file',
  'model',
  'Axes',
  'Figure',
];

/** Whether a method is one of pandas or numpy, and does nothing besides on anything that is known to have it. */
export function isPureOfAll(method: string): boolean {
  const effects = KINDS.map((kind) => methodEffect(kind, method));
  const isOfData = effects.slice(0, 6).some((effect) => effect !== undefined);
  const isOfOthers = effects.slice(7).some((effect) => effect !== undefined);
  return (
    isOfData &&
    !isOfOthers &&
    effects.every(
      (effect) =>
        effect === undefined ||
        (!(effect.mutates || effect.holds || effect.prints || effect.displays || effect.draws) &&
          !(effect.random || effect.writesFile || effect.result === 'None')),
    )
  );
}

/** Methods whose name alone does not tell: `thread.join()`, `path.replace(other)`, `session.get(address)` are others. */
export function isPureByArguments({ args, keywords }: Call, method: string): boolean {
  if (keywords.length > 0) return false;
  if (method === 'join') return args.length === 1;
  if (method === 'replace') return args.length >= 2;
  if (method === 'encode' || method === 'decode')
    return args.length === 0 || (args.length === 1 && args[0]?.kind === 'StringLiteral');
  const otherwise = args[1];
  return method === 'get' && otherwise !== undefined && literalValue(otherwise) !== undefined;
}

/** The arguments that a function or method of this name calls. */
export function* calledArguments({ args, keywords }: Call, name: string | null): Iterable<Expression> {
  if (name === null) return;
  const [first] = args;
  if (CALLS_FIRST.has(name) && first !== undefined) yield first;
  for (const { name: keyword, value } of keywords)
    if (CALLED_KEYWORDS.has(keyword?.id ?? '') || name === 'assign') yield value;
}

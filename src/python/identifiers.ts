import type { ImportAlias } from './ast.js';

/** `keyword.kwlist`, the same from Python 3.7 to 3.14. */
export const KEYWORDS: ReadonlySet<string> = words(`
  False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield
`);

/** Keywords only where the grammar asks for them; names everywhere else (`keyword.softkwlist` of 3.12). */
export const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['_', 'case', 'match', 'type']);

/** `dir(builtins)` of 3.8 without the module's own attributes, and what later versions added. */
const BUILTINS_3_8 = words(`
  ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError
  BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError Ellipsis EnvironmentError Exception FileExistsError
  FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError
  MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError OSError
  OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError
  ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning
  SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
  UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
  ZeroDivisionError abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile
  complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals
  hasattr hash hex id input int isinstance issubclass iter len list locals map max memoryview min next
  object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod
  str sum super tuple type vars zip
  __build_class__ __debug__ __import__
`);

/** By minor version of Python 3, from `dir(builtins)` of each. 3.9, 3.12 and 3.14 added none. */
const BUILTINS_ADDED: readonly (readonly [minor: number, names: readonly string[]])[] = [
  [10, ['EncodingWarning', 'aiter', 'anext']],
  [11, ['BaseExceptionGroup', 'ExceptionGroup']],
  [13, ['PythonFinalizationError']],
];

/** Added by `site`, which every interpreter runs at its start, and by IPython in each kernel. */
const BUILTINS_OF_NOTEBOOKS: readonly string[] = [
  ...['copyright', 'credits', 'exit', 'help', 'license', 'quit'],
  ...['display', 'get_ipython'],
];

/** Names that every module has from its start. */
export const MODULE_NAMES: ReadonlySet<string> = words(`
  __builtins__ __doc__ __file__ __loader__ __name__ __package__ __spec__
`);

/**
 * The names that resolve in a notebook without being defined, in Python 3.`minor`; without a version, those of all
 * supported versions.
 */
export function builtinNames(minor = Number.POSITIVE_INFINITY): ReadonlySet<string> {
  const names = new Set([...BUILTINS_3_8, ...BUILTINS_OF_NOTEBOOKS]);
  for (const [since, added] of BUILTINS_ADDED) {
    if (since <= minor) for (const name of added) names.add(name);
  }
  return names;
}

const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Whether a text can be a name in Python: no keyword; soft keywords are. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text.normalize('NFKC')) && IDENTIFIER.test(text) && !KEYWORDS.has(text);
}

/**
 * `base`, or the first of `base_2`, `base_3`, ... that is not taken, no keyword, and hides nothing that every notebook has.
 * `base` must be an identifier.
 */
export function freshName(base: string, taken: { has(name: string): boolean }): string {
  const builtins = builtinNames();
  let name = base;
  for (let number = 2; taken.has(name) || KEYWORDS.has(name) || builtins.has(name); number += 1)
    name = `${base}_${number}`;
  return name;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** The name that a part of an import binds: `import a.b` binds `a`, which names in `from` have no dots to tell from. */
export function boundByImport({ name, asName }: Pick<ImportAlias, 'name' | 'asName'>): string {
  return asName?.id ?? name.split('.')[0] ?? name;
}

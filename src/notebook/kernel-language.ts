import { asString, isJsonObject, type JsonObject } from './json-value.js';

/**
 * Kernels whose specification does not always name their language, by how their names begin. What is not listed is taken
 * for Python: people name kernels after their environments (`conda-env-ml-py`, `tf2`).
 */
const KERNELS_OF_OTHER_LANGUAGES: readonly (readonly [prefix: RegExp, language: string])[] = [
  [/^ir\d*$/i, 'R'],
  [/^julia/i, 'Julia'],
  [/^(javascript|jslab|tslab|ijavascript|node|nodejs|deno)\b/i, 'JavaScript'],
  [/^(bash|zsh)\b/i, 'a shell'],
  [/^(scala|spylon|almond|toree|apache_toree|sparkkernel)/i, 'Scala'],
  [/^(octave|matlab|imatlab)/i, 'Octave or MATLAB'],
  [/^\.net-/i, '.NET'],
  [/^(csharp|fsharp|ifsharp)/i, '.NET'],
  [/^(ihaskell|haskell)/i, 'Haskell'],
  [/^(ruby|iruby)/i, 'Ruby'],
  [/^(gophernotes|gonb)/i, 'Go'],
  [/^(rust|evcxr)/i, 'Rust'],
  [/^(kotlin|java|ijava|rapaio)/i, 'Java or Kotlin'],
  [/^(xcpp|root|clad)\d*/i, 'C++'],
  [/^sagemath/i, 'Sage'],
  [/^(sas|stata)/i, 'SAS or Stata'],
  [/^(sqlite|xsqlite|sql$)/i, 'SQL'],
  [/^(wolframlanguage|coq|prolog|ocaml|lua|perl|php|racket|clojure|elixir)/i, 'another language'],
];

const PYTHON = /^(i?python)([ -]?[23](\.\d+)?)?$/i;

/**
 * The language of a notebook's kernel where it is not Python, from `language_info.name`, `kernelspec.language` and
 * `kernelspec.name`; null where it is Python or the notebook doesn't say. Sage is not Python: it rewrites what it is given.
 */
export function findOtherLanguage(metadata: JsonObject): string | null {
  const kernelspec = isJsonObject(metadata['kernelspec']) ? metadata['kernelspec'] : {};
  const info = isJsonObject(metadata['language_info']) ? metadata['language_info'] : {};
  const declared = [asString(info['name']), asString(kernelspec['language'])].filter(
    (name) => name !== null && name !== '',
  );
  const kernel = asString(kernelspec['name']) ?? '';
  if (/^sagemath/i.test(kernel)) return 'Sage';
  const other = declared.find((name) => name !== null && !PYTHON.test(name));
  if (other !== undefined) return other;
  if (declared.length > 0) return null;
  return KERNELS_OF_OTHER_LANGUAGES.find(([prefix]) => prefix.test(kernel))?.[1] ?? null;
}

/** `language_info.version`; null if the notebook doesn't say. */
export function findPythonVersion(metadata: JsonObject): string | null {
  const info = metadata['language_info'];
  return isJsonObject(info) ? asString(info['version']) : null;
}

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

const WORD = /(?<![\p{ID_Continue}.$])[\p{ID_Start}_][\p{ID_Continue}]*/gu;

/** Every word that may be a name of Python, each once; what follows a dot is none. Words in strings count too. */
export function listWords(text: string): string[] {
  return [...new Set(text.match(WORD) ?? [])].filter((word) => !KEYWORDS.has(word));
}

export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word);
}

/**
 * The names that IPython puts the values of into a shell line or a magic's arguments: `$x`, `$x.attribute`, `{x + 1}`.
 * `$$x` and `{{x}}` are left to the shell by IPython but counted here: too many do no harm.
 */
export function listInterpolated(text: string): string[] {
  const dollars = [...text.matchAll(/\$([\p{ID_Start}_][\p{ID_Continue}]*)/gu)].map(
    (match) => match[1] ?? '',
  );
  const braces = [...text.matchAll(/\{([^{}]*)\}/g)].flatMap((match) => listWords(match[1] ?? ''));
  return [...new Set([...dollars, ...braces])];
}

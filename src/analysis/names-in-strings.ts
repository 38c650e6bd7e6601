const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

/**
 * What `df.query(text)` asks for: columns, in backticks or bare, and the notebook's variables behind `@`.
 * [facts: everywhere/names-in-query everywhere/names-in-eval]
 */
export function namesInQuery(text: string): {
  readonly columns: readonly string[];
  readonly variables: readonly string[];
} {
  const variables = [...text.matchAll(/@([\p{L}_][\p{L}\p{N}_]*)/gu)].map((match) => match[1] ?? '');
  const quoted = [...text.matchAll(/`([^`]*)`/g)].map((match) => match[1] ?? '');
  const bare = text.replace(/`[^`]*`|'[^']*'|"[^"]*"|@[\p{L}_][\p{L}\p{N}_]*/gu, ' ').match(WORD);
  return { columns: [...new Set([...quoted, ...(bare ?? [])])], variables: [...new Set(variables)] };
}

/** What a statement of SQL begins with, in the dialects that know of frames. */
const SQL =
  /^\s*(select|with|insert|create|from|update|delete|drop|copy|describe|summarize|pivot|unpivot|explain|table)\b/i;

/** The words of a formula (`'y ~ scale(x)'`) or of SQL, any of which may name a variable; none of other text. */
export function namesInText(text: string): readonly string[] {
  const speaks = text.includes('~') || SQL.test(text);
  return speaks ? wordsIn(text) : [];
}

/** All words of a text that is code. */
export const wordsIn = (text: string): readonly string[] => [...new Set(text.match(WORD) ?? [])];

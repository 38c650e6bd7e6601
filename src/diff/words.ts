import { diffArrays } from 'diff';

/** A piece of a line, and whether the other side has it too. */
export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

/** Names and numbers, runs of spaces, and every other character alone. */
const TOKEN = /[\p{L}\p{N}_]+|\s+|./gsu;

/** Longer blocks are coloured as a whole: nobody looks for the one word in them, and the time grows with the square. */
const MAXIMUM_TOKENS = 2_000;

/**
 * Which words differ between the lines that were removed and those that stand there now, for each line of both; null
 * where so much differs that marking it would mark nearly everything.
 */
export function differingWords(
  removed: readonly string[],
  added: readonly string[],
): { readonly removed: readonly Piece[][]; readonly added: readonly Piece[][] } | null {
  const removedTokens = removed.join('\n').match(TOKEN) ?? [];
  const addedTokens = added.join('\n').match(TOKEN) ?? [];
  if (removedTokens.length + addedTokens.length > MAXIMUM_TOKENS) return null;
  const parts = diffArrays(removedTokens, addedTokens);
  let kept = 0;
  for (const part of parts) if (!part.added && !part.removed) kept += wordLength(part.value);
  if (kept * 2 < Math.min(wordLength(removedTokens), wordLength(addedTokens))) return null;
  return {
    removed: lines(parts.filter((part) => !part.added)),
    added: lines(parts.filter((part) => !part.removed)),
  };
}

function wordLength(tokens: readonly string[]): number {
  return tokens.reduce((sum, token) => (/^[\p{L}\p{N}_]/u.test(token) ? sum + token.length : sum), 0);
}

/** The pieces again as lines. */
function lines(parts: readonly { value: string[]; added: boolean; removed: boolean }[]): Piece[][] {
  const result: Piece[][] = [[]];
  for (const part of parts) {
    part.value
      .join('')
      .split('\n')
      .forEach((text, i) => {
        if (i > 0) result.push([]);
        if (text !== '') result.at(-1)?.push({ text, changed: part.added || part.removed });
      });
  }
  return result;
}

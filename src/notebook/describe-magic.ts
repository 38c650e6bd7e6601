import { listInterpolated, listWords } from './magic-names.js';
import type { MagicFacts } from './magic-table.js';
import type { Magic } from './magics.js';

/** What a magic binds, reads and does, from what is known of it and from what stands behind its name. */
export type MagicMeaning = Pick<
  Magic,
  'defines' | 'uses' | 'effect' | 'why' | 'discardsNames' | 'givesValue'
>;

/**
 * @param shownAs with its percent signs, for messages
 * @param facts undefined for a magic that is not known, which may do anything
 * @param body of a cell magic whose body is not Python
 */
export function describeMagic(
  shownAs: string,
  facts: MagicFacts | undefined,
  args: string,
  body: string,
): MagicMeaning {
  const interpolated = listInterpolated(args);
  if (facts === undefined) {
    const uses = [...new Set([...listWords(args), ...listWords(body), ...interpolated])];
    return {
      defines: [],
      uses,
      effect: 'opaque',
      why: `${shownAs} is not a magic that nbslim knows`,
      discardsNames: false,
      givesValue: false,
    };
  }
  const defines = (facts.defines ?? []).flatMap((from) => {
    if (from === 'first') return /^\s*([^\W\d]\w*)/.exec(args)?.[1] ?? [];
    if (from === 'arrow') return /(?:^|\s)([^\W\d]\w*)\s*<</.exec(args)?.[1] ?? [];
    return readOption(args, from);
  });
  const uses = (facts.uses ?? []).flatMap((from) => {
    if (from === 'words') return listWords(args);
    if (from === 'body') return [...listWords(body), ...listInterpolated(body)];
    return readOption(args, from);
  });
  const code = facts.holdsPython ? listWords(args.slice(skipOptions(args, facts.options ?? ''))) : [];
  // %config InteractiveShell.ast_node_interactivity = 'all': every expression of a cell is shown.
  const changesShown = /ast_node_interactivity|ast_transformers|autocall/.test(args) && shownAs === '%config';
  return {
    defines,
    uses: [...new Set([...uses, ...code, ...interpolated])],
    effect: changesShown ? 'opaque' : facts.effect,
    why: changesShown ? '%config changes which expressions are shown' : `${shownAs} ${facts.why}`,
    discardsNames: facts.discardsNames ?? false,
    givesValue: facts.givesValue ?? false,
  };
}

/** The names that an option is given: `-i a,b -i c` → a, b, c. */
function readOption(args: string, option: string): string[] {
  const words = args.split(/[\s=]+/);
  return words.flatMap((word, at) =>
    word === option ? listWords((words[at + 1] ?? '').replaceAll(',', ' ')) : [],
  );
}

/** How many characters of `args` are options in front of the code, in the notation of getopt (`'n:r:q'`). */
export function skipOptions(args: string, options: string): number {
  let at = 0;
  for (;;) {
    const match = /^\s*(--?[A-Za-z][\w-]*)(\s+|$)/.exec(args.slice(at));
    if (match === null) return at + (/^\s*/.exec(args.slice(at))?.[0].length ?? 0);
    at += match[0].length;
    const option = match[1] ?? '';
    const takesValue = !option.startsWith('--') && options.includes(`${option.slice(1, 2)}:`);
    if (takesValue && option.length === 2) at += /^\S+\s*/.exec(args.slice(at))?.[0].length ?? 0;
  }
}

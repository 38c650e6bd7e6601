import type { SourceSpan } from '../text/offset.js';
import { sourceOffset } from '../text/offset.js';
import type { Module } from './ast.js';
import { convertModule } from './convert/convert.js';
import type { EngineName } from './engine/engine.js';
import { engineNameFrom, loadEngine } from './engine/load-engine.js';
import { Flattener } from './flat-tree.js';
import { findLayoutErrors } from './layout.js';
import { findLogicalLines } from './logical-lines.js';
import type { SyntaxProblem } from './problem.js';
import { collectErrors, findBadCharacters } from './tree-errors.js';

export interface ParseResult {
  /** Where there are errors its body is partial or empty. */
  readonly module: Module;
  /** Empty where CPython's parser would take the source. `compileProblems` knows what its compiler refuses. */
  readonly errors: readonly SyntaxProblem[];
  /** Where the comments stand, in order; `#` included, the line's end not. */
  readonly comments: readonly SourceSpan[];
}

export interface Parser {
  readonly engine: EngineName;
  /** Parses one source, in which IPython's magics are masked. `source` is the number that its nodes will carry. Never throws. */
  parse(text: string, source: number): ParseResult;
}

/**
 * Loads tree-sitter, once per call (native 6 ms, WebAssembly 25 ms); parsing is synchronous from there on. Without a name, `NBSLIM_PARSER`
 * chooses the engine, and where that is not set `loadEngine` does.
 *
 * Throws a `UserError` where no engine loads.
 */
export async function loadParser(
  name: EngineName | undefined = engineNameFrom(process.env),
): Promise<Parser> {
  const engine = await loadEngine(name);
  const flattener = new Flattener();
  return {
    engine: engine.name,
    parse(original, source) {
      // CPython takes a lone carriage return for a line's end, tree-sitter for a space.
      const text = original.includes('\r') ? original.replace(/\r(?!\n)/g, '\n') : original;
      const tree = engine.parse(text);
      try {
        if (tree.hasError) {
          const errors = collectErrors(tree.cursor, text, source);
          return { module: emptyModule(text, source), errors, comments: [] };
        }
        const flat = flattener.flatten(tree.cursor, text);
        const { module, problems } = convertModule(flat, text, source);
        const errors = [
          ...findBadCharacters(flat, text, source),
          ...problems,
          ...findLayoutErrors(module, text, findLogicalLines(text, flat)),
        ];
        return { module, errors, comments: spansOf(flat.comments) };
      } finally {
        tree.dispose();
      }
    },
  };
}

function emptyModule(text: string, source: number): Module {
  return { kind: 'Module', start: sourceOffset(0), end: sourceOffset(text.length), source, body: [] };
}

function spansOf(offsets: readonly number[]): SourceSpan[] {
  const spans: SourceSpan[] = [];
  for (let at = 0; at + 1 < offsets.length; at += 2) {
    spans.push({ start: sourceOffset(offsets[at] ?? 0), end: sourceOffset(offsets[at + 1] ?? 0) });
  }
  return spans;
}

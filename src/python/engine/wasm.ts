import { createRequire } from 'node:module';
import { BUILT_GRAMMAR } from '../grammar.js';
import type { Engine } from './engine.js';

/** tree-sitter compiled to WebAssembly. Throws what `web-tree-sitter` throws where its files are missing or do not fit. */
export async function loadWasmEngine(): Promise<Engine> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  const parser = new Parser().setLanguage(await Language.load(findGrammar()));
  return {
    name: 'wasm',
    parse(text) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error('tree-sitter stopped before the end of the source');
      const cursor = tree.walk();
      return {
        hasError: tree.rootNode.hasError,
        cursor,
        dispose() {
          cursor.delete();
          tree.delete();
        },
      };
    },
  };
}

/** The grammar of the optional dependency or, where that could not be installed, the copy that the build puts into dist/. */
function findGrammar(): string {
  try {
    return createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
  } catch {
    return BUILT_GRAMMAR;
  }
}

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type NativeParser from 'tree-sitter';
import type { Engine } from './engine.js';

/** Opens a package's native addon. */
type OpenAddon = (packageDirectory: string) => NativeParser.Language;

/**
 * tree-sitter's native build, an optional dependency. Throws where it is not installed, or its library does not load.
 *
 * The grammar is opened through `node-gyp-build` as its own `index.js` does, without the `node-types.json` that comes with
 * it: reading that takes longer than everything else here (14 of 19 ms).
 */
export async function loadNativeEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const TreeSitter = require('tree-sitter') as typeof NativeParser;
  const grammar = require.resolve('tree-sitter-python/package.json');
  const openAddon = createRequire(grammar)('node-gyp-build') as OpenAddon;
  const parser = new TreeSitter();
  parser.setLanguage(openAddon(dirname(grammar)));
  return {
    name: 'native',
    parse(text) {
      // The binding copies the text through a buffer of this many bytes; 32 KiB is its default, and too little for a long cell.
      const bufferSize = Math.max(32_768, 4 * text.length + 4);
      const tree = parser.parse(text, null, { bufferSize });
      return { hasError: tree.rootNode.hasError, cursor: tree.rootNode.walk(), dispose() {} };
    },
  };
}

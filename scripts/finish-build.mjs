// After the compiler. It writes every file without the right to be run: npm grants it when it installs the package, but
// `npx nbslim` in the checkout goes through a link that was made once, and after a later build nobody would grant it again.
// And the package brings the grammar's WebAssembly along: where tree-sitter-python, an optional dependency with an install
// script, cannot be installed, nbslim works all the same. The Python programs come along too.

import { chmodSync, copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
chmodSync(path.join(dist, 'src/cli/main.js'), 0o755);

const grammar = path.dirname(createRequire(import.meta.url).resolve('tree-sitter-python/package.json'));
const target = path.join(dist, 'grammar');
mkdirSync(target, { recursive: true });
copyFileSync(path.join(grammar, 'tree-sitter-python.wasm'), path.join(target, 'tree-sitter-python.wasm'));
copyFileSync(path.join(grammar, 'LICENSE'), path.join(target, 'LICENSE'));

cpSync(fileURLToPath(new URL('../python/', import.meta.url)), path.join(dist, 'python'), {
  recursive: true,
  filter: (source) => path.basename(source) !== '__pycache__',
});

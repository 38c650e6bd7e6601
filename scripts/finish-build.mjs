// After the compiler. The program that is installed is a bundle: reading and linking some 250 modules took as long as all else
// that happens until a small notebook is refactored. The library stays as the compiler wrote it, with its types.
//
// The compiler and the bundler write every file without the right to be run: npm grants it when it installs the package, but
// `npx nbslim` in the checkout goes through a link that was made once, and after a later build nobody would grant it again.
// And the package brings the grammar's WebAssembly along: where tree-sitter-python, an optional dependency with an install
// script, cannot be installed, nbslim works all the same. The Python programs come along too.

import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

// As deep below dist/ as what it is made of: the modules that look for a file beside them find it.
const bin = path.join(dist, 'src/bin');
rmSync(bin, { recursive: true, force: true });
await build({
  entryPoints: ['cli/main', 'cli/refactor-work', 'batch/worker'].map((name) =>
    path.join(dist, `src/${name}.js`),
  ),
  entryNames: '[name]',
  outdir: bin,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
chmodSync(path.join(bin, 'main.js'), 0o755);

const grammar = path.dirname(createRequire(import.meta.url).resolve('tree-sitter-python/package.json'));
const target = path.join(dist, 'grammar');
mkdirSync(target, { recursive: true });
copyFileSync(path.join(grammar, 'tree-sitter-python.wasm'), path.join(target, 'tree-sitter-python.wasm'));
copyFileSync(path.join(grammar, 'LICENSE'), path.join(target, 'LICENSE'));

cpSync(fileURLToPath(new URL('../python/', import.meta.url)), path.join(dist, 'python'), {
  recursive: true,
  filter: (source) => path.basename(source) !== '__pycache__',
});

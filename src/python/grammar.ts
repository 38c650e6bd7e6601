import { fileURLToPath } from 'node:url';

/** Where the build puts its copy of the grammar: in dist/, two directories above this file, or above the bundle. */
export const BUILT_GRAMMAR = fileURLToPath(new URL('../../grammar/tree-sitter-python.wasm', import.meta.url));

import type { Magic } from '../notebook/magics.js';
import type { Node } from '../python/ast.js';
import type { Program } from './program.js';

/** The magic that runs the node in names of its own, perhaps again and again (`%timeit`); undefined where none does. */
export function timingMagicOf(program: Program, node: Node): Magic | undefined {
  return program
    .cellOf(node)
    .magics.find(
      ({ python, discardsNames }) =>
        discardsNames && python !== null && python.start <= node.start && node.end <= python.end,
    );
}

import type { Comprehension, Node } from '../python/ast.js';
import { ownNames } from './notebook-tree.js';

/** What is evaluated where the values of an iterable are taken, instead of where it is made. */
export interface Late {
  /** What stands for the iterable now. */
  readonly made: Node;
  /** Evaluated late. */
  readonly code: readonly Node[];
  /** Evaluated where it stands; what it gives is looked at late. */
  readonly sources: readonly Node[];
  /** Names that the generator keeps to itself. */
  readonly own: ReadonlySet<string>;
}

export interface Obstacle {
  readonly code: string;
  readonly why: string;
}

/** What of a comprehension is evaluated late when it is a generator: all but what it goes through first. */
export function lateOf(comprehension: Comprehension): Late {
  const [first, ...rest] = comprehension.clauses;
  if (first === undefined) throw new Error('a comprehension without a clause');
  const clauses = rest.flatMap(({ iter, ifs }) => [iter, ...ifs]);
  return {
    made: comprehension,
    code: [comprehension.element, ...first.ifs, ...clauses],
    sources: [first.iter],
    own: ownNames(comprehension),
  };
}

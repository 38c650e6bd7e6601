import type { Call } from './ast.js';

/** What is called, by its last name: `b` of `a.b(x)`, `f` of `f(x)`; empty where it has none. */
export const calledName = ({ func }: Call): string =>
  func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';

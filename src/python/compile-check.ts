import type { Module } from './ast.js';
import type { SyntaxProblem } from './problem.js';
export function compileProblems(_module: Module, _text: string): SyntaxProblem[] {
  return [];
}

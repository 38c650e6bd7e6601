import { sourceOffset } from '../../text/offset.js';
import type { Module, Statement } from '../ast.js';
import type { FlatTree } from '../flat-tree.js';
import type { SyntaxProblem } from '../problem.js';
import { atomConverters } from './atoms.js';
import { chainConverters } from './chains.js';
import { compoundStatementConverters } from './compound-statements.js';
import { Conversion, type Converters, NotPython } from './conversion.js';
import { definitionConverters } from './definitions.js';
import { displayConverters } from './displays.js';
import { importConverters } from './imports.js';
import { matchConverters } from './patterns.js';
import { prefixConverters } from './prefixes.js';
import { simpleStatementConverters } from './simple-statements.js';
import { stringConverters } from './strings.js';
import { typeConverters } from './types.js';

const CONVERTERS: Converters = {
  expressions: new Map([
    ...atomConverters,
    ...chainConverters,
    ...displayConverters,
    ...prefixConverters,
    ...stringConverters,
    ...typeConverters,
  ]),
  statements: new Map([
    ...simpleStatementConverters,
    ...compoundStatementConverters,
    ...definitionConverters,
    ...importConverters,
    ...matchConverters,
  ]),
};

/**
 * Makes our tree of tree-sitter's, which must be free of errors. A top-level statement that is no Python 3 is left out of the
 * module, and its problem is returned.
 */
export function convertModule(
  tree: FlatTree,
  text: string,
  source: number,
): { readonly module: Module; readonly problems: readonly SyntaxProblem[] } {
  const conversion = new Conversion(tree, text, source, CONVERTERS);
  const body: Statement[] = [];
  const problems: SyntaxProblem[] = [];
  for (const node of conversion.named(0)) {
    try {
      body.push(conversion.statement(node));
    } catch (error) {
      if (!(error instanceof NotPython)) throw error;
      problems.push(error.problem);
      conversion.reset();
    }
  }
  return {
    module: { kind: 'Module', start: sourceOffset(0), end: sourceOffset(text.length), source, body },
    problems,
  };
}

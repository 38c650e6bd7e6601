import type { NamesCase } from './names-case.js';

/** python-program-analysis, `src/test/analysis.test.ts`: `getDefs` and `getUses` of a statement. */
export const PROGRAM_ANALYSIS: readonly NamesCase[] = [
  { from: 'definitions for assignments', code: 'n = 1', binds: 'n', needs: '' },
  { from: 'definitions for augmenting assignments', code: 'n += 1', binds: 'n', needs: 'n' },
  { from: 'definitions for imports', code: 'import lib', binds: 'lib', needs: '' },
  { from: 'definitions for from-imports', code: 'from lib import f', binds: 'f', needs: '' },
  { from: 'definitions for function declarations', code: 'def f():\n    return 0', binds: 'f', needs: '' },
  {
    from: 'definitions for class declarations',
    code: 'class K(object):\n    def __init__(self):\n        pass',
    binds: 'K',
    needs: 'object',
  },
  { from: 'uses of functions', code: 'f()', binds: '', needs: 'f' },
  {
    from: 'uses for undefined symbols in functions',
    code: 'def f(p):\n    print(n)',
    binds: 'f',
    needs: 'n print',
  },
  { from: 'uses handles augassign', code: 'n -= 1', binds: 'n', needs: 'n' },
  {
    from: 'uses of functions inside classes',
    code: 'class K():\n  def m(self):\n    f()',
    binds: 'K',
    needs: 'f',
  },
  {
    from: 'uses of variables inside classes',
    code: 'class K():\n  def m(self):\n    self.data = n',
    binds: 'K',
    needs: 'n',
  },
  {
    from: 'uses of functions and variables inside nested classes',
    code: 'class K():\n  class L():\n    class M():\n      def m(self):\n         f()\n         self.data = n',
    binds: 'K',
    needs: 'f n',
  },
  {
    from: 'ignores uses for symbols defined within functions',
    code: 'def f(p):\n    print(p)\n    n = 1\n    print(n)',
    binds: 'f',
    needs: 'print',
  },
  {
    from: 'ignores uses for params used in an instance function body',
    code: 'class K():\n    def m(p):\n        print(p)',
    binds: 'K',
    needs: 'print',
  },
];

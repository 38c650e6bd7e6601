import type { NamesCase } from './names-case.js';

/** ipyflow, `core/test/test_liveness_analysis.py`: what is live at the start of a cell, and what the cell binds. */
export const IPYFLOW: readonly NamesCase[] = [
  { from: 'simple', code: 'n = 5\nprint(other, n)', binds: 'n', needs: 'other print' },
  {
    from: 'function_body',
    code: 'm = 42\nprint(a, b, c, n)\nn = 5',
    binds: 'm n',
    needs: 'a b c n print',
  },
  {
    from: 'comprehension_with_killed_elt',
    code: '[n for m in range(9) for n in range(8)]',
    binds: '',
    needs: 'range',
  },
  {
    from: 'comprehension_with_live_elt',
    code: '[n for m in range(9) for _ in range(8)]',
    binds: '',
    needs: 'n range',
  },
  { from: 'subscript_is_live', code: 'held[key] = value', binds: '', needs: 'held key value' },
  { from: 'attribute_access_on_binop', code: '(a + b).c', binds: '', needs: 'a b' },
  { from: 'call_on_binop', code: '(a + b).c()', binds: '', needs: 'a b' },
  { from: 'attribute_reference_on_call_on_binop', code: '(a + b).c(d, e).f', binds: '', needs: 'a b d e' },
  {
    from: 'attribute_reference_on_attribute_reference_on_binop',
    code: '(a + b).c.d',
    binds: '',
    needs: 'a b',
  },
  { from: 'dict_literal', code: "{'key': value}", binds: '', needs: 'value' },
  {
    from: 'walrus',
    code: 'if (m := (n := n + 1) + 1) > 0:\n    k = m + 1',
    binds: 'k m n',
    needs: 'n',
    theirs: { binds: 'm', why: 'it counts as dead what is bound on every path and was not live before' },
  },
];

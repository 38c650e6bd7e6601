import { describe, expect, it } from 'vitest';
import { apply, expression, programOf, statement } from './notebooks.js';

describe('show', () => {
  it.each([
    ['df', 'display(df)'],
    ['df # it', 'display(df) # it'],
    ['(df\n .head())', 'display((df\n .head()))'],
    ['a, b', 'display((a, b))'],
    ['(a, b)', 'display((a, b))'],
    ['(a + b).max(), b', 'display(((a + b).max(), b))'],
    ['(a), (b)', 'display(((a), (b)))'],
    ['((a), (b))', 'display(((a), (b)))'],
    ['()', 'display(())'],
    ['a +\\\n b', 'display(a +\\\n b)'],
  ])('%j → %j', (before, after) => {
    const program = programOf(before);
    expect(apply(program, { type: 'show', statement: statement(program, 0) })).toEqual([after]);
  });

  it('shows what another change has put there', () => {
    const program = programOf('df.head()');
    const node = expression(program, 'df.head()');
    const code = [{ node: expression(program, 'df') }, '.tail()'];
    expect(
      apply(
        program,
        { type: 'show', statement: statement(program, 0) },
        { type: 'replaceExpression', node, code },
        { type: 'replaceExpression', node: expression(program, 'df'), code: ['frame'] },
      ),
    ).toEqual(['display(frame.tail())']);
  });
});

describe('replaceExpression', () => {
  it('brings the parentheses of what it refers to along', () => {
    const program = programOf('x = (a + b).sum()');
    const node = expression(program, '(a + b).sum()');
    const code = [{ node: expression(program, 'a + b') }, '.max()'];
    expect(apply(program, { type: 'replaceExpression', node, code })).toEqual(['x = (a + b).max()']);
  });

  it('wraps an expression that another change wraps too', () => {
    const program = programOf('x = a');
    const node = expression(program, 'a');
    expect(
      apply(
        program,
        { type: 'replaceExpression', node, code: ['f(', { node }, ')'] },
        { type: 'replaceExpression', node, code: ['g(', { node }, ')'] },
      ),
    ).toEqual(['x = f(g(a))']);
  });

  it("leaves the call's parentheses to a generator that is the only argument", () => {
    const program = programOf('sum(x for x in y)');
    const node = expression(program, '(x for x in y)');
    expect(apply(program, { type: 'replaceExpression', node, code: ['y'] })).toEqual(['sum(y)']);
  });
});

describe('insertAfter', () => {
  it.each([
    ['a = 1', 'a = 1\ndel a'],
    ['a = 1  # one\nb', 'a = 1  # one\ndel a\nb'],
    ['a = 1; b = 2', 'a = 1; del a; b = 2'],
    ['plt.plot(x);\nb', 'plt.plot(x);\ndel a\nb'],
    ['for x in y:\n    f(x)\n    g(x)\n\nb', 'for x in y:\n    f(x)\n    g(x)\ndel a\n\nb'],
    ['x = """\na"""\nb', 'x = """\na"""\ndel a\nb'],
    ['%matplotlib inline\nb', '%matplotlib inline\ndel a\nb'],
    ['a = 1\r\nb = 2\r\n', 'a = 1\r\ndel a\r\nb = 2\r\n'],
  ])('%j → %j', (before, after) => {
    const program = programOf(before);
    const intent = { type: 'insertAfter', statement: statement(program, 0), code: ['del a'] } as const;
    expect(apply(program, intent)).toEqual([after]);
  });

  it('is indented as the statement is, or stands behind it', () => {
    const program = programOf('if x:\n\tf(x)\nif y: g(y)');
    const [first, second] = [statement(program, 0), statement(program, 1)];
    if (first.kind !== 'If' || second.kind !== 'If') throw new Error('no if');
    expect(
      apply(
        program,
        ...[first, second].flatMap(({ body }) =>
          body.map((one) => ({ type: 'insertAfter', statement: one, code: ['a()\nb()'] }) as const),
        ),
      ),
    ).toEqual(['if x:\n\tf(x)\n\ta()\n\tb()\nif y: g(y); a(); b()']);
  });
});

describe('replaceStatements', () => {
  it('keeps the comments between the statements and those around them', () => {
    const program = programOf('# top\na = 1 # one\n# middle\nb = 2 # two\nc');
    const statements = [statement(program, 0), statement(program, 1)];
    expect(apply(program, { type: 'replaceStatements', statements, code: ['a, b = 1, 2'] })).toEqual([
      '# top\n# one\n# middle\na, b = 1, 2 # two\nc',
    ]);
  });

  it('keeps what others want inside what it refers to', () => {
    const program = programOf('df = df.fillna(g(0))');
    const node = expression(program, 'g(0)');
    expect(
      apply(
        program,
        {
          type: 'replaceStatements',
          statements: [statement(program, 0)],
          code: ['df.fillna(', { node }, ', inplace=True)'],
        },
        { type: 'replaceExpression', node: expression(program, '0'), code: ['1'] },
        { type: 'insertAfter', statement: statement(program, 0), code: ['f()'] },
      ),
    ).toEqual(['df.fillna(g(1), inplace=True)\nf()']);
  });
});

describe('drop', () => {
  it.each([
    ['a\nb\nc', 'a\nc'],
    ['a\nb # b\nc', 'a\n# b\nc'],
    ['a\nb', 'a'],
    ['a\r\nb', 'a'],
    ['a\n\nb\n\nc', 'a\n\nc'],
    ['a; b; c', 'a; c'],
    ['a; b', 'a'],
    ['a; b # rest', 'a # rest'],
    ['a\n%time\nc', 'a\nc'],
  ])('%j → %j', (before, after) => {
    const program = programOf(before);
    expect(apply(program, { type: 'drop', statement: statement(program, 1) })).toEqual([after]);
  });

  it('takes neighbours on a line away as one', () => {
    const program = programOf('a; b; c\nd; e  # both\nf');
    const drop = (index: number) => ({ type: 'drop', statement: statement(program, index) }) as const;
    expect(apply(program, drop(1), drop(2), drop(3), drop(4))).toEqual(['a\nf']);
  });

  it('leaves `pass` where nothing else is left of a block', () => {
    const program = programOf('if x:\n    a\n    b\nelse: c');
    const [branch] = [statement(program, 0)];
    if (branch.kind !== 'If') throw new Error('no if');
    const all = [...branch.body, ...branch.orelse].map((one) => ({ type: 'drop', statement: one }) as const);
    expect(apply(program, ...all)).toEqual(['if x:\n    pass\nelse: pass']);
  });
});

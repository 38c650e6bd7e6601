import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadParser } from '../../src/python/parse.js';
import {
  EXPRESSIONS,
  LAYOUTS,
  NEWER,
  PYTHON_2,
  PYTHON_3_11,
  PYTHON_3_12,
  REFUSED,
  STATEMENTS,
} from './cases.js';
import { firstDifference } from './compare-ast.js';
import { askPython, findPython, type Json, versionOf } from './cpython.js';

const parser = await loadParser();
const python = findPython('python3.13', 'python3.12', 'python3');
const minor = python === null ? 0 : versionOf(python);
const ALL = [...EXPRESSIONS, ...STATEMENTS, ...LAYOUTS, ...NEWER, ...PYTHON_3_11, ...PYTHON_3_12];

describe('what is no Python 3', () => {
  it.each(REFUSED)('refuses %j', (source, message) => {
    const { errors } = parser.parse(source, 0);
    expect(errors.map((error) => error.message).join('; ')).toContain(message);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]?.code).toBe('syntax');
  });

  it.each(PYTHON_2)('knows %j for Python 2', (source) => {
    expect(parser.parse(source, 0).errors.map((error) => error.code)).toContain('python-2');
  });

  it.skipIf(python === null)('CPython refuses the same', () => {
    const sources = [
      ...REFUSED.map(([source]) => source),
      ...PYTHON_2.filter((source) => !source.includes('>>')),
    ];
    const answers = askPython(python ?? '', 'dump_ast.py', sources) as {
      error?: string;
      compileError?: string;
    }[];
    const taken = sources.filter(
      (_, at) => answers[at]?.error === undefined && answers[at]?.compileError === undefined,
    );
    expect(taken.filter((source) => source !== 'exec x in y\n')).toEqual([]);
  });

  it('leaves out the refused statement and keeps the others', () => {
    const { module, errors } = parser.parse('a = 1\nprint x\nb = 2\n', 0);
    expect(module.body.map((statement) => statement.kind)).toEqual(['Assign', 'Assign']);
    expect(errors).toMatchObject([{ code: 'python-2', start: 6, end: 13 }]);
  });

  it('takes a cell that is indented as a whole, which IPython dedents', () => {
    expect(parser.parse('    a = 1\n    b = 2\n', 0).errors).toEqual([]);
  });
});

describe('the tree is CPython’s', () => {
  const groups = [
    ['expressions', EXPRESSIONS, 8],
    ['statements', STATEMENTS, 8],
    ['layouts', LAYOUTS, 8],
    ['3.9 and 3.10', NEWER, 10],
    ['3.11', PYTHON_3_11, 11],
    ['3.12', PYTHON_3_12, 12],
  ] as const;
  for (const [name, sources, since] of groups) {
    it.skipIf(python === null || minor < since)(`${name} (needs Python 3.${since}, found 3.${minor})`, () => {
      const answers = askPython(python ?? '', 'dump_ast.py', sources);
      for (const [at, source] of sources.entries()) {
        const { module, errors } = parser.parse(source, 0);
        expect(errors, source).toEqual([]);
        const theirs = answers[at] as { readonly [key: string]: Json };
        expect(theirs['error'], source).toBeUndefined();
        // Before 3.12 the expressions in f-strings have no true offsets.
        if (minor < 12 && /\bf['"]/i.test(source)) continue;
        expect(firstDifference(module, theirs), source).toBeNull();
      }
    });
  }
});

describe('both engines', () => {
  it('give the same trees, problems and comments', async () => {
    const engines = await Promise.all([loadParser('wasm'), loadParser('native').catch(() => null)]);
    const [wasm, native] = engines;
    if (native == null) return console.warn('skipped: the native engine is not built here');
    expect([wasm.engine, native.engine]).toEqual(['wasm', 'native']);
    for (const source of [...ALL, ...REFUSED.map(([refused]) => refused), ...PYTHON_2]) {
      expect(native.parse(source, 7), source).toEqual(wasm.parse(source, 7));
    }
  });
});

describe('deep trees', () => {
  it.each([
    ['sums', `x = ${'a + '.repeat(20_000)}b\n`],
    ['calls', `x = a${'.b(c)[d]'.repeat(5000)}\n`],
    ['conditions', `x = ${'a and b or '.repeat(5000)}c\n`],
    ['elif', `if a: b\n${'elif a: b\n'.repeat(5000)}`],
    ['targets', `${'a = '.repeat(2000)}b\n`],
    ['strings', `x = ${"'a' ".repeat(5000)}\n`],
  ])('%s are converted', (_, source) => {
    const { module, errors } = parser.parse(source, 0);
    expect(errors).toEqual([]);
    expect(module.body).toHaveLength(1);
  });

  it.each([
    ['parentheses', `${'('.repeat(3000)}a${')'.repeat(3000)}\n`],
    ['lists', `${'['.repeat(3000)}${']'.repeat(3000)}\n`],
    ['not', `${'not '.repeat(5000)}a\n`],
    ['lambdas', `${'lambda: '.repeat(3000)}a\n`],
    ['conditionals', `${'a if b else '.repeat(3000)}c\n`],
  ])('%s are a problem and no stack overflow', (_, source) => {
    expect(parser.parse(source, 0).errors).toMatchObject([{ code: 'too-deep' }]);
  });
});

describe('any text', () => {
  it('is parsed without throwing, with all spans inside the text', () => {
    const piece = fc.constantFrom(
      ...' \n:()[]{}\'"\\#=+*,.;@',
      'f"',
      'if ',
      'def ',
      'lambda',
      'x',
      '1',
      '\t',
      'é',
      '😀',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        for (const { start, end } of parser.parse(text, 0).errors) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

it('gives the comments', () => {
  const text = 'x = 1 # a\n# b\ny = "# c"\n';
  const { comments } = parser.parse(text, 0);
  expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# a', '# b']);
});

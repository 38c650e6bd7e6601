import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  builtinNames,
  freshName,
  isIdentifier,
  KEYWORDS,
  MODULE_NAMES,
} from '../../src/python/identifiers.js';
import { literalValue, pythonString } from '../../src/python/literals.js';
import { loadParser } from '../../src/python/parse.js';
import { findPython, versionOf } from './cpython.js';

const parser = await loadParser();
const python = findPython('python3');

function literalOf(source: string): ReturnType<typeof literalValue> {
  const { module, errors } = parser.parse(`${source}\n`, 0);
  expect(errors, source).toEqual([]);
  const [statement] = module.body;
  return statement?.kind === 'ExpressionStatement' ? literalValue(statement.value) : undefined;
}

/** What the only f-string of a source is made of: names in braces, as they were written. */
function partsOf(source: string): string | null {
  const { module, errors } = parser.parse(`${source}\n`, 0);
  expect(errors, source).toEqual([]);
  const [statement] = module.body;
  if (statement?.kind !== 'ExpressionStatement' || statement.value.kind !== 'JoinedString')
    throw new Error(`no f-string: ${source}`);
  const { parts } = statement.value;
  return parts === null
    ? null
    : parts
        .map((part) => (typeof part === 'string' ? part : `{${source.slice(part.start, part.end)}}`))
        .join('|');
}

describe('the parts of an f-string', () => {
  it.each([
    ["f'{a}/b/{c}.csv'", '|{a}|/b/|{c}|.csv'],
    ["f''", ''],
    ["rf'a{b.c[0]}'", 'a|{b.c[0]}|'],
    ['f"""a{b}"""', 'a|{b}|'],
    ["'x' f'{a}' \"y\"", 'x||{a}||y'],
    ["f'Ä😀{a}€'", 'Ä😀|{a}|€'],
    ["f'{f(a, {1})}'", '|{f(a, {1})}|'],
  ])('of %s', (source, parts) => expect(partsOf(source)).toBe(parts));

  it.each([
    "f'{a:5}'",
    "f'{a!r}'",
    "f'{a=}'",
    "f'{a:{b}}'",
    "f'{{a}}'",
    "f'a\\n{b}'",
    "f'{ a }'",
    "f'{(a)}'",
    "t'{a}'",
    "f'{a:=5}'",
    'f"""a\n{b}"""',
  ])('are left to Python in %s', (source) => expect(partsOf(source)).toBeNull());
});

describe('literalValue', () => {
  it.each(['a', 'f()', '1 + 2', '-True', "f'a'", '[a]', '{**{}}', "'\\N{BULLET}'", 'not 1', '~1'])(
    'does not know %s',
    (source) => expect(literalOf(source)).toBeUndefined(),
  );

  it.each([
    ['0x_ff', { type: 'int', value: 255n }],
    ['-12_345_678_901_234_567_890', { type: 'int', value: -12345678901234567890n }],
    ['+1e-3', { type: 'float', value: 0.001 }],
    ['1_0.', { type: 'float', value: 10 }],
    ['-2.5j', { type: 'complex', imaginary: -2.5 }],
    ['True', { type: 'bool', value: true }],
    ['None', { type: 'None' }],
    ['...', { type: 'Ellipsis' }],
    ['\'a\' "b"', { type: 'str', value: 'ab' }],
    ["b'\\xff\\400'", { type: 'bytes', value: '\xff\0' }],
    [
      "{'a': (1, [2])}",
      {
        type: 'dict',
        entries: [
          [
            { type: 'str', value: 'a' },
            {
              type: 'tuple',
              items: [
                { type: 'int', value: 1n },
                { type: 'list', items: [{ type: 'int', value: 2n }] },
              ],
            },
          ],
        ],
      },
    ],
  ])('of %s', (source, value) => expect(literalOf(source)).toEqual(value));
});

/** Any text without lone surrogates, with many of the characters that matter. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((value) => !/\p{Surrogate}/u.test(value)),
  fc
    .array(fc.constantFrom(...'\'"\\\n\r\t\0\x07{}#aé😀\u00a0\u2028\u200b\ufeff'))
    .map((letters) => letters.join('')),
);

describe('pythonString', () => {
  it.each([
    ['a', "'a'"],
    ["it's", '"it\'s"'],
    ['\'"', "'\\'\"'"],
    ['\n\t\\', "'\\n\\t\\\\'"],
    ['é\u00a0\u2028', "'é\\xa0\\u2028'"],
  ])('of %j', (value, expected) => expect(pythonString(value)).toBe(expected));

  it('is read back as the same text', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(literalOf(pythonString(value))).toEqual({ type: 'str', value });
      }),
    );
  });

  it.skipIf(python === null)('is read by CPython as the same text', () => {
    const values = fc.sample(text, 2000);
    const input = JSON.stringify(values.map((value) => [pythonString(value), value]));
    const script =
      'import ast, json, sys; print(sum(ast.literal_eval(a) != b for a, b in json.load(sys.stdin)))';
    const { stdout, stderr } = spawnSync(python ?? '', ['-c', script], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe('0');
  });
});

describe('identifiers', () => {
  it.each(['', '1a', 'a b', 'a.b', 'class', 'None', 'a-b', '😀'])('%j is none', (name) => {
    expect(isIdentifier(name)).toBe(false);
  });

  it.each(['a', '_', 'match', 'type', 'é', 'µ', 'a1', 'ﬁ'])('%j is one', (name) => {
    expect(isIdentifier(name)).toBe(true);
  });

  it('are made fresh', () => {
    expect(freshName('a', new Set())).toBe('a');
    expect(freshName('a', new Set(['a', 'a_2']))).toBe('a_3');
    expect(freshName('class', new Set())).toBe('class_2');
  });

  it.skipIf(python === null)('keywords and builtins are CPython’s', () => {
    const script = 'import builtins, json, keyword; print(json.dumps([keyword.kwlist, dir(builtins)]))';
    const { stdout } = spawnSync(python ?? '', ['-c', script], { encoding: 'utf8' });
    const [keywords, builtins] = JSON.parse(stdout) as [string[], string[]];
    expect([...KEYWORDS].sort()).toEqual(keywords.sort());
    const ours = builtinNames(versionOf(python ?? ''));
    const hidden = (name: string): boolean =>
      MODULE_NAMES.has(name) || KEYWORDS.has(name) || /^_[A-Z]/.test(name);
    expect(builtins.filter((name) => !ours.has(name) && !hidden(name))).toEqual([]);
    expect([...ours].filter((name) => !builtins.includes(name)).sort()).toEqual(['display', 'get_ipython']);
  });
});

import { describe, expect, test } from 'vitest';
import { colours, printable } from '../../src/text/colour.js';

describe('colours', () => {
  test('without colour every style leaves the text alone', () => {
    const plain = colours({ colour: false });
    expect(plain.red(plain.bold('x'))).toBe('x');
  });

  test('one style inside another does not end it', () => {
    const { red, reverse } = colours({ colour: true });
    expect(red(`a${reverse('b')}c`)).toBe('\x1b[31ma\x1b[7mb\x1b[27mc\x1b[39m');
  });
});

describe('printable', () => {
  test.each([
    ['tabs, accents and emoji stay', '\tdéjà 🙂', '\tdéjà 🙂'],
    ['an escape sequence is spelled out', '\x1b[2Jgone', '\\x1b[2Jgone'],
    ['a C1 control is an escape sequence too', '\x9b2J', '\\x9b2J'],
    ['text is not turned around', 'a\u202eb', 'a\\u202eb'],
  ])('%s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

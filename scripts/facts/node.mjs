// The facts of SAFETY.md that Node answers: what becomes of a notebook's JSON, and what tree-sitter takes for Python.

import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

/** @param {string} text */
const rewritten = (text) => JSON.stringify(JSON.parse(text));

/** @param {() => string} action */
function attempt(action) {
  try {
    return action();
  } catch (error) {
    return `raises ${error instanceof Error ? error.name : typeof error}`;
  }
}

/** id, what is written anew, what SAFETY.md says comes out. @type {[string, string, string][]} */
const WRITTEN_ANEW = [
  ['float', '1.0', '1'],
  ['exponent', '1e-07', '1e-7'],
  ['escape', String.raw`"\u00e9"`, '"é"'],
  ['integer-keys', '{"b":1,"2":2,"1":3}', '{"1":3,"2":2,"b":1}'],
  ['duplicate-keys', '{"a":1,"a":2}', '{"a":2}'],
  ['nan', 'NaN', 'raises'],
  ['byte-order-mark', '\ufeff{}', 'raises'],
  ['large-integer', '12345678901234567890', '12345678901234567000'],
];
const JSON_PLACE = 'The file: `JSON.parse` and `JSON.stringify` change a notebook';

/** id, source, whether tree-sitter sees an error by SAFETY.md, where it says so. @type {[string, string, string, string][]} */
const PARSED = [
  [
    'python-2-print',
    'print x',
    'no error',
    'Everywhere: and on Python 2 (`print x`, `exec "..."`), which parses',
  ],
  [
    'python-2-exec',
    'exec "x = 1"',
    'no error',
    'Everywhere: and on Python 2 (`print x`, `exec "..."`), which parses',
  ],
  ['semicolon-alone', 'x = 1\n;', 'error', 'Everywhere: IPython and an error for tree-sitter'],
  [
    'unfinished',
    'f(1',
    'error',
    'Everywhere: tree-sitter never fails: gate on errors in the tree after masking',
  ],
];

/** @returns {Promise<import('./outcomes.mjs').RecordedFact[]>} */
export async function nodeFacts() {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
  const parser = new Parser().setLanguage(await Language.load(grammar));
  return [
    ...PARSED.map(([name, source, says, place]) => {
      const outcome = parser.parse(source)?.rootNode.hasError ? 'error' : 'no error';
      return fact(
        `everywhere/tree-sitter-${name}`,
        place,
        `What tree-sitter says of \`${source}\``,
        says,
        outcome,
      );
    }),
    ...WRITTEN_ANEW.map(([name, text, says]) => {
      const statement = `\`JSON.stringify(JSON.parse(…))\` of \`${text.replace('\ufeff', 'U+FEFF ')}\``;
      return fact(
        `ipynb/json-${name}`,
        JSON_PLACE,
        statement,
        says,
        attempt(() => rewritten(text)),
      );
    }),
  ];
}

/** @param {string} id @param {string} place @param {string} statement @param {string} says @param {string} outcome */
function fact(id, place, statement, says, outcome) {
  return {
    id,
    place,
    statement,
    says: { Node: says },
    tolerance: 0,
    rechecked: true,
    note: null,
    outcomes: { Node: outcome },
  };
}

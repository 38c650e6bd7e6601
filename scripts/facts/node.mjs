// What JSON.parse and JSON.stringify make of a notebook's text: the facts of SAFETY.md that Node answers.

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
];

/** @returns {import('./outcomes.mjs').RecordedFact[]} */
export function jsonFacts() {
  const large = '12345678901234567890';
  return [
    ...WRITTEN_ANEW.map(([name, text, says]) =>
      fact(
        `ipynb/json-${name}`,
        `\`JSON.stringify(JSON.parse(…))\` of \`${text.replace('\ufeff', 'U+FEFF ')}\``,
        says,
        attempt(() => rewritten(text)),
      ),
    ),
    fact(
      'ipynb/json-large-integer',
      `\`JSON.stringify(JSON.parse(…))\` of \`${large}\``,
      'differs',
      rewritten(large) === large ? 'same' : rewritten(large),
    ),
  ];
}

/** @param {string} id @param {string} statement @param {string} says @param {string} outcome */
function fact(id, statement, says, outcome) {
  return {
    id,
    statement,
    says: { Node: says },
    tolerance: 0,
    rechecked: true,
    note: null,
    outcomes: { Node: outcome },
  };
}

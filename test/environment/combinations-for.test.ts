import { expect, test } from 'vitest';
import { combinationsFor } from '../../src/environment/combinations-for.js';

const ranges = (text: string | false | null) => (text === null || text === false ? text : text.split(' or '));

test.each([
  // pandas, numpy, pyarrow, expected
  [null, null, null, 'E1 E2 E3 E4 E5 E6'],
  ['==1.5.3', null, null, 'E1'],
  ['==1.5.1', '==1.24.0', null, 'E1'],
  ['==2.3.3', null, null, 'E2 E3'],
  ['==2.3.3', '==1.26.4', null, 'E2'],
  ['==2.3.2', '==2.3.1', null, 'E3'],
  ['==2.3.3', '>=2', null, 'E3'],
  // Between two tested ones: like the one or the other.
  ['==2.1.1', null, null, 'E1 E2 E3'],
  ['==2.2.3', '==2.0.2', null, 'E1 E3'],
  ['==3.0.6', null, '==20.0.0', 'E4'],
  ['==3.0.2', null, null, 'E4 E5'],
  ['==3.1.1', null, null, 'E5 E6'],
  ['==3.1.1', null, false, 'E5'],
  ['==3.1.0', null, '', 'E6'],
  // numpy 1 on pandas 3: what it does there was seen on 2.3.
  ['==3.1.1', '==1.26.4', false, 'E2 E5'],
  // Ranges leave out what they surely leave out.
  ['', null, null, 'E1 E2 E3 E4 E5 E6'],
  ['>=2.3', null, null, 'E2 E3 E4 E5 E6'],
  ['>=1.5,<2', null, null, 'E1'],
  ['<2', null, null, 'E1'],
  ['~=2.3.0', null, null, 'E2 E3'],
  ['^2.3', null, null, 'E2 E3'],
  ['^3.0', null, null, 'E4 E5 E6'],
  ['=1.5', null, null, 'E1'],
  ['==1.5.* or ==3.1.1', null, null, 'E1 E5 E6'],
  ['==2.3.3', '==1.26.4 or ==2.2.1', null, 'E2 E3'],
  ['*', null, null, 'E1 E2 E3 E4 E5 E6'],
] as const)('pandas %s, numpy %s, pyarrow %s: %s', (pandas, numpy, pyarrow, expected) => {
  const { combinations, warning } = combinationsFor(ranges(pandas), ranges(numpy), ranges(pyarrow));
  expect(combinations.join(' ')).toBe(expected);
  expect(warning).toBeNull();
});

test.each([
  ['==0.25.3', 'E1', 'pandas 0.25.3 is older than what nbslim supports; it is taken for 1.5.'],
  ['==1.4.2', 'E1', 'pandas 1.4.2 is older than what nbslim supports; it is taken for 1.5.'],
  ['<1.2', 'E1', 'pandas <1.2 is older than what nbslim supports; it is taken for 1.5.'],
  ['==3.2.0', 'E5 E6', 'pandas 3.2.0 is newer than what nbslim was tested on; it is taken for 3.1.'],
  ['>=4', 'E5 E6', 'pandas >=4 is newer than what nbslim was tested on; it is taken for 3.1.'],
])('pandas %s is taken for the nearest, and says so', (pandas, expected, warning) => {
  const found = combinationsFor([pandas], null, null);
  expect(found.combinations.join(' ')).toBe(expected);
  expect(found.warning).toBe(warning);
});

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { READ_DEFAULTS } from '../../src/refactor/read-options-of.js';
import { availableCombinations, pythonOf } from '../environments.js';

/** Prints the keywords with which the text is read in another way, or not at all. */
const READ = `
import io, json, sys, warnings
import pandas as pd
warnings.simplefilter('error')
text = 'a,b,c,d\\n1,x,2.5,True\\n\\n2,"y, ""z""",,False\\n3,NA,-4e-3,True\\n'
plain = pd.read_csv(io.StringIO(text))
differing = []
for keyword, value in json.loads(sys.argv[1]):
    try:
        read = pd.read_csv(io.StringIO(text), **{keyword: value})
        same = read.equals(plain) and (read.dtypes == plain.dtypes).all()
    except Exception:
        same = False
    if not same:
        differing.append(keyword)
print(json.dumps(differing))
`;

describe.each(availableCombinations())('on %s', (combination) => {
  it.each([
    ['are what pandas does without them', [...READ_DEFAULTS], []],
    ['are told from others', [['decimal', ';'] as const, ['na_values', 'x'] as const], ['na_values']],
  ])('the defaults of read_csv %s', (_, keywords, differing) => {
    const output = execFileSync(pythonOf(combination), ['-c', READ, JSON.stringify(keywords)], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual(expect.arrayContaining(differing));
    if (differing.length === 0) expect(JSON.parse(output)).toEqual([]);
  });
});

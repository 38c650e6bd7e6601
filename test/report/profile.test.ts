import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profileCsv } from '../../src/data/profile-csv.js';
import { PLAIN_READ } from '../../src/data/read-options.js';
import { isRefusal } from '../../src/data/refusal.js';
import { formatProfile, reportProfile } from '../../src/report/profile.js';

it('shows what each column needs', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'nbslim-profile-')), 'a.csv');
  await writeFile(
    path,
    'id,price,half,country,big,note\n' +
      '1,10.25,0.5,China,9223372036854775807,a\n200,,1.5,USA,0,b\n3,0.1,2.5,China,1,c\n4,2,1,USA,2,d\n',
  );
  const profile = await profileCsv(path, PLAIN_READ);
  if (isRefusal(profile)) throw new Error(profile.why);
  expect(formatProfile({ ...reportProfile(profile), path: 'a.csv' })).toBe(
    `a.csv: 122 bytes, 4 rows, 6 columns

name     kind    missing  min                  max  digits  float32?  distinct  type     needs
id       int           0    1                  200       1                      int64    uint8
price    float         1  0.1                10.25       4  no                  float64  float32 (lossy)
half     float         0  0.5                  2.5       2  exact               float64  float32
country  string        0                                                     2           category
big      int           0    0  9223372036854775807      19                      int64    int64
note     string        0                                                     4
`,
  );
});

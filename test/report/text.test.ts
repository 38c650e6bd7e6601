import { expect, it } from 'vitest';
import { reportNotebook } from '../../src/report/notebook-report.js';
import { formatNotebook, formatTotal } from '../../src/report/text.js';
import { total } from '../../src/report/total.js';
import { colours } from '../../src/text/colour.js';
import { BEFORE, planned, refactoring, refusal, withoutData } from './refactoring.js';

const PLAIN = { colours: colours({ colour: false }), verbose: false, reasons: true };

const text = (given: Parameters<typeof reportNotebook>[1], options = {}, written: string | null = null) =>
  formatNotebook(reportNotebook('n.ipynb', given, written), { ...PLAIN, ...options });

it('says that there is nothing to change, and still what was refused', () => {
  const nothing = refactoring({ changes: [], text: BEFORE, refusals: [refusal('alias', 2)] });
  expect(text(nothing)).toBe(
    ['n.ipynb: nothing to change', '  n.ipynb:cell 2:2:1: inplace refused (alias): Why alias in 2.', ''].join(
      '\n',
    ),
  );
});

it('says what changed, where, why, and what it saves', () => {
  expect(text(refactoring(), {}, 'out.ipynb')).toBe(
    [
      'n.ipynb: 2 changes, written to out.ipynb; by the memory model 6.0 MiB instead of 8.0 MiB at the peak, 3.0 MiB instead of 4.0 MiB at the end',
      '  n.ipynb:cell 1:1:6: dtype: summary of dtype-1 (the names of types differ, saves 2.0 MiB) [dtype-1]',
      '      Reason of dtype-1.',
      '  n.ipynb:cell 2:1:1: inplace: summary of inplace-2 (frees 4.0 KiB by the end) [inplace-2]',
      '      Reason of inplace-2.',
      '',
    ].join('\n'),
  );
});

it('leaves out the reasons that a diff has told', () => {
  expect(text(refactoring(), { reasons: false })).not.toContain('Reason');
});

it('says why a size is not known', () => {
  expect(text(withoutData())).toBe(
    [
      'n.ipynb: 1 change; the memory is not known (a.csv: file not found)',
      '  n.ipynb:cell 1:1:6: dtype: summary of dtype-1 (size not known: file not found) [dtype-1]',
      '      Reason of dtype-1.',
      '',
    ].join('\n'),
  );
});

it('counts many refusals by code, and shows each where asked', () => {
  const refusals = [1, 2, 3, 4, 5].map((cell) => refusal('alias', cell)).concat(refusal('view', 6));
  const nothing = refactoring({ changes: [], text: BEFORE, refusals });
  expect(text(nothing)).toBe(
    [
      'n.ipynb: nothing to change',
      '  n.ipynb:cell 1:2:1: inplace refused (alias, and 4 more): Why alias in 1.',
      '  n.ipynb:cell 6:2:1: inplace refused (view): Why view in 6.',
      '  6 refusals in all; -v shows each',
      '',
    ].join('\n'),
  );
  expect(text(nothing, { verbose: true }).match(/refused/g)).toHaveLength(6);
});

it('says what wider tiers would do', () => {
  const withheld = [
    planned('dtype-3', { tier: 'lossy', saving: { peak: 3 << 20, held: 0, meanwhile: 0 } }),
    planned('dtype-4', { tier: 'lossy', saving: { peak: 1 << 20, held: 0, meanwhile: 0 } }),
    planned('dtype-5', { tier: 'unsafe' }),
  ];
  expect(text(refactoring({ withheld }))).toContain(
    '\n  2 more with --lossy would save up to 4.0 MiB; 1 more with --unsafe\n',
  );
});

it('reports a change that broke the code as a bug', () => {
  const broken = [{ change: planned('dtype-9', {}), problem: 'keyword argument repeated: dtype' }];
  expect(text(refactoring({ broken }))).toContain(
    'bug: n.ipynb:cell 1:1:6: dtype wrote code that Python does not take, so this change was left out; please report it\n      keyword argument repeated: dtype\n',
  );
});

it('lets no notebook repaint the terminal', () => {
  const nasty = planned('dtype-1', { change: { summary: 'a\x1b[2Jb' } });
  expect(text(refactoring({ changes: [nasty] }))).not.toContain('\x1b');
});

it('adds up the notebooks of a run', () => {
  const reports = [refactoring(), withoutData(), refactoring({ changes: [], text: BEFORE, timelines: null })];
  const all = total(
    reports.map((one) => reportNotebook('n.ipynb', one, null)),
    1,
  );
  expect(formatTotal(all, { written: true })).toBe(
    '4 notebooks: 2 changed, 1 unchanged, 1 failed; 2.0 MiB less at their peaks, added up, by the memory model\n',
  );
});

import type { CheckedNotebook, VerifiedNotebook } from '../../src/report/html/verified-notebook.js';
import { refactoredNotebook } from '../../src/report/html/verified-notebook.js';
import type { MeasuredRun, Verification } from '../../src/verify/verification.js';
import { refactoring } from './refactoring.js';

/** Markup that would run, mark the page or load something, wherever it were not escaped. */
export const HOSTILE = `"'></pre></title></style><img src="/stolen" onerror="document.documentElement.dataset.pwned=1"><script>document.documentElement.dataset.pwned=1</script>&lt;b&gt;`;

const MB = 2 ** 20;

/** Of so many cells, numbered by twos; the third needs most while it runs. */
export function measuredRun(cells: number, held = 200): MeasuredRun {
  const measured = Array.from({ length: cells }, (_, at) => ({
    cell: 2 * at + 1,
    held: (60 + Math.min(at, 2) * held) * MB,
    peak: (60 + Math.min(at, 2) * held + (at === 2 ? 300 : 0)) * MB,
    seconds: at / 4,
  }));
  const last = measured.at(-1)?.held ?? 0;
  return {
    cells: measured,
    memory: {
      start: 50 * MB,
      peak: Math.max(...measured.map(({ peak }) => peak)),
      held: last,
      heldAfterTrim: last - MB,
      method: 'exact',
    },
    seconds: 2.25,
    runs: 2,
    stoppedAt: null,
  };
}

export function verification(more: Partial<Verification> = {}): Verification {
  const share = { compared: 3, of: 4 };
  return {
    verdict: 'same',
    why: null,
    differences: [],
    largestDifference: null,
    notReproducible: [],
    normalised: [],
    compared: { outputs: share, names: share, files: share },
    freed: [],
    incomparable: [],
    original: measuredRun(3),
    rewritten: measuredRun(2, 20),
    ...more,
  };
}

export function checked(more: Partial<CheckedNotebook> = {}): CheckedNotebook {
  const notebook = refactoredNotebook('n.ipynb', refactoring(), verification());
  return {
    ...notebook,
    groups: [
      { before: [1, 2, 3], after: [1] },
      { before: [4, 5], after: [2, 3] },
    ],
    ...more,
  };
}

/** Each text that may come from a notebook, its data or its environment is hostile. */
export function hostileNotebooks(): readonly VerifiedNotebook[] {
  const source = checked();
  const { report } = source;
  if (report === null) throw new Error('no report');
  const line = (kind: 'context' | 'removed' | 'added', text: string | null) => ({
    kind,
    before: { cell: 1, line: 1 },
    after: { cell: 1, line: 1 },
    text,
  });
  return [
    checked({
      path: HOSTILE,
      report: {
        ...report,
        path: HOSTILE,
        changes: report.changes.map((change) => ({
          ...change,
          summary: `\`${HOSTILE}\``,
          reason: HOSTILE,
          unknown: HOSTILE,
          saving: null,
        })),
        refusals: [
          {
            transform: HOSTILE,
            code: HOSTILE,
            place: { cell: 1, line: 1, column: 1 },
            subject: HOSTILE,
            why: HOSTILE,
          },
        ],
      },
      diff: source.diff.map((group) => ({
        ...group,
        changes: group.changes.map((change) => ({ ...change, transform: HOSTILE, reason: HOSTILE })),
        lines: [
          line('context', HOSTILE),
          line('removed', null),
          line('removed', HOSTILE),
          line('added', HOSTILE),
        ],
      })),
      verification: verification({
        verdict: 'different',
        why: HOSTILE,
        differences: (['shown', 'name', 'file', 'error', 'warning'] as const).map((kind) => ({
          kind,
          where: HOSTILE,
          cells: { original: 1, rewritten: 3 },
          original: HOSTILE,
          rewritten: HOSTILE,
        })),
        notReproducible: [{ kind: 'name', where: HOSTILE }],
        normalised: [{ what: HOSTILE, times: 2 }],
        freed: [{ name: HOSTILE, bytes: 1 }],
        incomparable: [{ name: HOSTILE, why: HOSTILE }],
        original: { ...measuredRun(3), stoppedAt: { cell: 3, error: HOSTILE } },
      }),
    }),
    { path: HOSTILE, error: HOSTILE },
  ];
}

import { cellNumbers } from '../../diff/cell-pair.js';
import type { JsonGroup, JsonLine } from '../../diff/json.js';
import type { NotebookReport, ReportedChange } from '../notebook-report.js';
import { formatSaving } from '../saving.js';
import { html, type Markup, prose } from './markup.js';

/** What was changed, group by group: the lines, and why they changed and what that saves. */
export function diffSection(diff: readonly JsonGroup[], report: NotebookReport | null): Markup {
  if (diff.length === 0) return html`<h3>Changes</h3>\n<p>None.</p>`;
  const changes = new Map((report?.changes ?? []).map((change) => [change.id, change]));
  return html`<h3>Changes</h3>
${diff.map((group) => groupSection(group, changes))}`;
}

function groupSection(group: JsonGroup, changes: ReadonlyMap<string, ReportedChange>): Markup {
  return html`<article class="group">
<h4>${groupTitle(group)}</h4>
<div class="scroll diff">${group.lines.map(diffLine)}</div>
${
  group.changes.length === 0
    ? ''
    : html`<ul class="reasons">${group.changes.map(({ id, transform, reason }) => {
        const change = changes.get(id);
        return html`<li><b>${transform}</b>: ${prose(change === undefined ? reason : `${change.summary}. ${reason}`)} ${change === undefined ? '' : html`<em>${formatSaving(change.saving, change.unknown)}${change.tier === 'safe' ? '' : `, ${change.tier}`}</em> `}<code class="id">${id}</code></li>\n`;
      })}</ul>`
}
</article>
`;
}

function groupTitle({ before, after }: JsonGroup): string {
  const old = cellNumbers(before, '–');
  const now = cellNumbers(after, '–');
  if (old === '') return `New cell ${now}`;
  if (now === '') return `Cell ${old}, removed`;
  return old === now ? `Cell ${old}` : `Cell ${old} → cell ${now}`;
}

const SIGNS = { context: ' ', removed: '-', added: '+' } as const;

function diffLine({ kind, before, after, text }: JsonLine): Markup {
  const cell = (after ?? before)?.cell ?? 0;
  if (text === null) return html`<div class="border ${kind}">${SIGNS[kind]} ── cell ${cell} ──</div>`;
  return html`<div class="${kind}">${SIGNS[kind]} ${text.replace(/\r$/, '')}</div>`;
}

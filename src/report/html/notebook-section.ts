import { formatBytes } from '../../text/bytes.js';
import type { Difference, MeasuredRun, Verification } from '../../verify/verification.js';
import type { NotebookReport } from '../notebook-report.js';
import { formatVerdict, isSame, listDetails } from '../verification.js';
import { diffSection } from './diff-section.js';
import { html, type Markup, prose } from './markup.js';
import { memorySection } from './memory-section.js';
import type { CheckedNotebook, VerifiedNotebook } from './verified-notebook.js';

/** Differences that are told in full. */
const MOST_DIFFERENCES = 100;

/** One notebook: the verdict, the figures, the timelines, the diffs, the differences. */
export function notebookSection(notebook: VerifiedNotebook, id: string): Markup {
  return html`<section id="${id}">
<h2>${notebook.path}</h2>
<p class="verdict">${verdictMark(notebook)}</p>
${'error' in notebook ? '' : checked(notebook)}
</section>
`;
}

/** The verdict in words and with a mark, so that its colour is not all that tells it. */
export function verdictMark(notebook: VerifiedNotebook): Markup {
  if ('error' in notebook) return mark('bad', '✗', `could not be processed - ${notebook.error}`);
  const { verification } = notebook;
  if (verification === null) return mark('plain', '–', 'nothing to change, not run');
  const text = formatVerdict(verification);
  if (isSame(verification)) return mark('good', '✓', text);
  return verification.verdict === 'different' ? mark('bad', '✗', text) : mark('plain', '?', text);
}

function mark(kind: 'good' | 'bad' | 'plain', sign: string, text: string): Markup {
  return html`<span class="mark ${kind}"><span aria-hidden="true">${sign}</span> ${text}</span>`;
}

function checked(notebook: CheckedNotebook): Markup {
  const { verification, report, diff } = notebook;
  return html`${
    verification === null
      ? ''
      : html`${tiles(verification)}
${memorySection(verification, notebook.groups)}`
  }
${diffSection(diff, report)}
${verification === null ? '' : comparison(verification)}
${report === null ? '' : refusals(report)}`;
}

/** The figures that people look for first. */
function tiles({ original, rewritten }: Verification): Markup | '' {
  if (original === null) return '';
  const tile = (name: string, figure: (run: MeasuredRun) => string): Markup =>
    html`<div><dt>${name}</dt><dd>${figure(original)}${rewritten === null ? '' : html` <span aria-label="becomes">→</span> <strong>${figure(rewritten)}</strong>`}</dd></div>`;
  return html`<dl class="tiles">
${tile('At the peak', ({ memory }) => formatBytes(memory.peak))}
${tile('Held at the end', ({ memory }) => formatBytes(memory.held))}
${tile('Held when trimmed', ({ memory }) => (memory.heldAfterTrim === null ? 'unknown' : formatBytes(memory.heldAfterTrim)))}
${tile('Time of all cells', ({ seconds }) => `${seconds.toFixed(1)} s`)}
</dl>`;
}

function comparison(verification: Verification): Markup {
  const { differences } = verification;
  const details = listDetails(verification);
  return html`<h3>Results</h3>
${
  differences.length === 0
    ? ''
    : html`<div class="scroll"><table class="differences">
<thead><tr><th scope="col">What differs</th><th scope="col">Cells</th><th scope="col">Original</th><th scope="col">Rewritten</th></tr></thead>
<tbody>${differences.slice(0, MOST_DIFFERENCES).map(differenceRow)}</tbody>
</table></div>${differences.length > MOST_DIFFERENCES ? html`<p>and ${differences.length - MOST_DIFFERENCES} more</p>` : ''}`
}
${details.length === 0 ? '' : html`<ul>${details.map((detail) => html`<li>${detail}</li>`)}</ul>`}`;
}

function differenceRow({ kind, where, cells, original, rewritten }: Difference): Markup {
  const numbers = [cells.original, cells.rewritten].map((cell) => (cell === null ? '–' : `${cell}`));
  return html`<tr><th scope="row">${kind === 'name' ? '' : `${kind}: `}${where}</th><td>${numbers[0] === numbers[1] ? (numbers[0] ?? '') : numbers.join(' → ')}</td><td><pre>${original}</pre></td><td><pre>${rewritten}</pre></td></tr>\n`;
}

function refusals({ refusals: all }: NotebookReport): Markup | '' {
  if (all.length === 0) return '';
  return html`<details><summary>${all.length} refused</summary><ul>${all.map(
    ({ transform, code, place, why }) =>
      html`<li>cell ${place.cell}, line ${place.line}: <b>${transform}</b> (${code}): ${prose(why)}</li>`,
  )}</ul></details>`;
}

import { html, Markup } from './markup.js';
import { notebookSection, verdictMark } from './notebook-section.js';
import { STYLE } from './style.js';
import type { VerifiedNotebook } from './verified-notebook.js';

/**
 * What was verified, as one page that needs nothing else: no network, no other file, no script. Ends with a newline.
 *
 * @param version nbslim's own
 */
export function formatHtmlReport(notebooks: readonly VerifiedNotebook[], version: string): string {
  const title =
    notebooks.length === 1 ? `${notebooks[0]?.path} - nbslim` : `${notebooks.length} notebooks - nbslim`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>Memory and results, before and after</h1>
${notebooks.length > 1 ? contents(notebooks) : ''}
${notebooks.map((notebook, at) => notebookSection(notebook, anchor(at)))}
</main>
<footer>Written by nbslim ${version}. Results were checked by running both notebooks on this machine with these data, which is no proof for others.</footer>
</body>
</html>
`;
  return page.text;
}

const anchor = (at: number): string => `notebook-${at + 1}`;

function contents(notebooks: readonly VerifiedNotebook[]): Markup {
  return html`<nav class="scroll"><table>
<thead><tr><th scope="col">Notebook</th><th scope="col">Verdict</th></tr></thead>
<tbody>${notebooks.map(
    (notebook, at) =>
      html`<tr><th scope="row"><a href="#${anchor(at)}">${notebook.path}</a></th><td>${verdictMark(notebook)}</td></tr>\n`,
  )}</tbody>
</table></nav>`;
}

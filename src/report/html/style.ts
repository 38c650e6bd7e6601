/** The page's style. Colours have names, for light and for dark; nothing is loaded. */
export const STYLE = `
:root {
  --page: #f9f9f7; --card: #ffffff; --ink: #14171a; --quiet: #565d64; --line: #d9dbd8;
  --held: #2a6fc4; --peak: #a8c8ee; --start: #0b1a2e;
  --good: #0b6b34; --bad: #b3261e;
  --added: #e2f4e6; --removed: #fce6e4; --code: #f3f4f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15181b; --card: #1d2125; --ink: #e8eaec; --quiet: #a3abb3; --line: #363c42;
    --held: #5a9ff0; --peak: #2f5077;
    --good: #6fcf8f; --bad: #f2948c;
    --added: #17351f; --removed: #45201f; --code: #24292e;
  }
}
* { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 1rem 0; }
h1, h2 { font-size: 1.35rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1rem 0 .35rem; }
p { margin: .4rem 0; }
a { color: var(--held); }
.verdict { font-size: 1.1rem; overflow-wrap: anywhere; }
.mark.good { color: var(--good); }
.mark.bad { color: var(--bad); }
.mark.plain { color: var(--quiet); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .75rem; margin: 1rem 0 0; }
.tiles div { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; }
dt { color: var(--quiet); font-size: .875rem; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.legend { color: var(--quiet); font-size: .9rem; }
.key { display: inline-block; width: .85em; height: .85em; margin: 0 .25em 0 .75em; vertical-align: -.08em; }
.key:first-child { margin-left: 0; }
.key.held { background: var(--held); }
.key.peak { background: var(--peak); }
.key.start { height: 0; border-top: 2px dashed var(--quiet); vertical-align: .25em; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; container-type: inline-size; }
figcaption { font-weight: 600; font-size: .95rem; }
.memory-plot { width: 100%; height: auto; font-size: 12px; }
.memory-plot rect { shape-rendering: crispEdges; }
@container (max-width: 26rem) { .memory-plot { font-size: 17px; } }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: .75rem 0 .35rem; }
th, td { overflow-wrap: anywhere; padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 600; }
.cells { width: 100%; }
.cells td, .cells th { text-align: right; white-space: nowrap; }
.cells th[colspan] { text-align: left; }
.cells .second { border-left: 1px solid var(--line); }
pre, .diff, code { font: .85rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0; min-width: 14rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.diff { background: var(--code); border-radius: 6px; padding: .5rem 0; white-space: pre; }
.diff div { padding: 0 .75rem; width: max-content; min-width: 100%; }
.diff .added { background: var(--added); }
.diff .removed { background: var(--removed); }
.diff .border { color: var(--quiet); }
code { overflow-wrap: anywhere; }
.id { color: var(--quiet); }
ul { padding-left: 1.25rem; margin: .5rem 0; }
li { margin: .25rem 0; overflow-wrap: anywhere; }
details { margin-top: 1.25rem; }
summary { cursor: pointer; }
footer { color: var(--quiet); font-size: .875rem; padding-top: 0; }
@media (max-width: 30rem) { main { padding: .5rem; } section { padding: .75rem; } }
@media print { section { border: 0; } }
`;

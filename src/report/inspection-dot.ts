import type { Inspection } from './inspection.js';

/**
 * The cells of a notebook and the names that go from one to another, as a graph for Graphviz: a box for a cell, an ellipse
 * for a name as one cell has bound it. A dashed line leads from a cell to what it may change. Ends with a newline.
 */
export function formatDot({ path, cells }: Inspection): string {
  const lines = [`digraph ${quote(path)} {`, '  rankdir=LR;', '  node [fontname="sans-serif"];'];
  const bound = new Map<string, string>();
  for (const { index, type, needs, writes, mutates, deletes, opaque } of cells) {
    if (type !== 'code') continue;
    const cell = `cell ${index}`;
    const look = opaque === null ? 'shape=box' : 'shape=box, style=dotted';
    lines.push(`  ${quote(cell)} [${look}];`);
    const edges = new Set<string>();
    for (const name of needs) {
      const from = bound.get(name);
      if (from !== undefined) edges.add(`${quote(from)} -> ${quote(cell)}`);
    }
    for (const name of mutates) {
      const to = bound.get(name);
      if (to !== undefined) edges.add(`${quote(cell)} -> ${quote(to)} [style=dashed]`);
    }
    for (const name of deletes) bound.delete(name);
    for (const name of writes) {
      const node = `${name} (${index})`;
      bound.set(name, node);
      lines.push(`  ${quote(node)} [label=${quote(name)}];`);
      edges.add(`${quote(cell)} -> ${quote(node)}`);
    }
    for (const edge of edges) lines.push(`  ${edge};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

/** A string of Graphviz: a quotation mark is all that has to be escaped, and a backslash at its end. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

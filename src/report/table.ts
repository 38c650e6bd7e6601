export interface TableColumn {
  readonly title: string;
  /** Numbers stand at the right, text at the left. */
  readonly align: 'left' | 'right';
}

/** Rows under their titles, parted by two blanks. Ends with a newline. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) =>
    rows.reduce((width, row) => Math.max(width, length(row[i] ?? '')), title.length),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => {
        const text = cells[i] ?? '';
        const blanks = ' '.repeat((widths[i] ?? 0) - length(text));
        return align === 'left' ? text + blanks : blanks + text;
      })
      .join('  ')
      .trimEnd();
  return `${[line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n')}\n`;
}

/** In code points: near enough to what a terminal shows. */
function length(text: string): number {
  return Array.from(text).length;
}

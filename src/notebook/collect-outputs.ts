import { asString } from './json-value.js';
import { type Brackets, detectBrackets } from './layout.js';
import type { Cell } from './notebook.js';
import { scanArray, scanObject, skipValue } from './scan-json.js';

/**
 * The JSON text of a list that holds the saved outputs of several cells, each as it is written in the file.
 *
 * @param resultOf the cell whose `execute_result` stays one; those of the others become `display_data`
 * @param items the white space of lists in cells, for when no cell has outputs
 */
export function collectOutputs(
  text: string,
  from: readonly Cell[],
  resultOf: Cell | undefined,
  items: Brackets,
): string {
  const outputs: string[] = [];
  let brackets: Brackets | null = null;
  for (const cell of from) {
    const span = cell.spans.outputs;
    if (span === null || text[span.start] !== '[') continue;
    brackets ??= detectBrackets(text, span.start, span.end, items);
    scanArray(text, span.start, (start) => {
      const end = skipValue(text, start);
      const raw = text.slice(start, end);
      outputs.push(cell === resultOf ? raw : demoteResult(raw));
      return end;
    });
  }
  if (outputs.length === 0) return '[]';
  const { lead, separator, tail } = brackets ?? items;
  return `[${lead}${outputs.join(separator)}${tail}]`;
}

/** Turns an output that is an `execute_result` into `display_data`, which has no `execution_count`. */
function demoteResult(raw: string): string {
  if (raw[0] !== '{') return raw;
  const members: { key: string; start: number; valueStart: number; end: number }[] = [];
  const close = scanObject(raw, 0, (key, start, valueStart) => {
    const end = skipValue(raw, valueStart);
    members.push({ key, start, valueStart, end });
    return end;
  });
  const type = members.findLast(({ key }) => key === 'output_type');
  if (type === undefined || asString(JSON.parse(raw.slice(type.valueStart, type.end))) !== 'execute_result')
    return raw;
  const kept = members.filter(({ key }) => key !== 'execution_count');
  const lead = raw.slice(1, members[0]?.start);
  const parts = kept.map((member) =>
    member.key === 'output_type'
      ? `${raw.slice(member.start, member.valueStart)}"display_data"`
      : raw.slice(member.start, member.end),
  );
  const separators = kept.slice(1).map((member) => {
    const before = members[members.indexOf(member) - 1];
    return before === undefined ? '' : raw.slice(before.end, member.start);
  });
  const tail = raw.slice(members.at(-1)?.end, close);
  return `{${lead}${parts.map((part, at) => (separators[at - 1] ?? '') + part).join('')}${tail}`;
}

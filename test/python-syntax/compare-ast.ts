import type { Json } from './cpython.js';

/**
 * Where our tree and CPython's differ first, as a path and both values; null where they are equal.
 *
 * What has no counterpart is left out: our `source`, `text`, `argumentSpan` and `irrefutable`, the spans that CPython does not
 * have; an `Identifier` is its name, `Parameters` their list. A chain of one boolean operator is flat in CPython.
 */
export function firstDifference(ours: unknown, theirs: Json, path = 'module'): string | null {
  const stack: [unknown, Json, string][] = [[ours, theirs, path]];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [mine, other, where] = top;
    if (isRecord(other)) {
      if (!isRecord(mine)) return `${where}: ${brief(mine)} for ${brief(other)}`;
      const record = normalise(mine);
      for (const key of Object.keys(other).reverse()) {
        if (key === 'compileError') continue;
        if (key === 'int') {
          const written = String(record['text']).replaceAll('_', '');
          if (`0x${BigInt(written).toString(16)}` !== other[key])
            return `${where}: ${written} for ${other[key]}`;
          continue;
        }
        if (!(key in record)) return `${where}: no ${key} in ${brief(record)}`;
        stack.push([record[key], other[key] ?? null, `${where}.${key}`]);
      }
      if (record['kind'] !== other['kind']) return `${where}: ${brief(mine)} for ${brief(other)}`;
    } else if (Array.isArray(other)) {
      const list = isRecord(mine) && mine['kind'] === 'Parameters' ? mine['items'] : mine;
      if (!Array.isArray(list)) return `${where}: ${brief(mine)} for a list`;
      if (list.length !== other.length) return `${where}: ${list.length} items for ${other.length}`;
      for (let at = other.length - 1; at >= 0; at -= 1)
        stack.push([list[at], other[at] as Json, `${where}[${at}]`]);
    } else {
      const value = isRecord(mine) && mine['kind'] === 'Identifier' ? mine['id'] : mine;
      if (where.endsWith('.value') && value === null && typeof other === 'string') continue; // ours does not know `\N{...}`
      if (value !== other) return `${where}: ${brief(value)} for ${brief(other)}`;
    }
  }
  return null;
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The left operand belongs to the same chain where it has no parentheses, that is, where it starts at the same offset. */
function normalise(node: Fields): Fields {
  if (node['kind'] !== 'BooleanOperation') return node;
  const values: unknown[] = [];
  let link: Fields = node;
  for (;;) {
    values.unshift(link['right']);
    const left = link['left'];
    const isSameChain =
      isRecord(left) &&
      left['kind'] === 'BooleanOperation' &&
      left['op'] === node['op'] &&
      left['start'] === node['start'];
    if (!isSameChain) return { ...node, values: [left, ...values] };
    link = left;
  }
}

function brief(value: unknown): string {
  if (isRecord(value)) return `${String(value['kind'])}[${String(value['start'])}, ${String(value['end'])}]`;
  return JSON.stringify(value) ?? 'undefined';
}

import type { Call, Keyword } from '../../python/ast.js';
import type { MergeEntries, SetKeyword } from '../contract.js';
import { appendItems, type ItemList, type ItemPosition, point, type RenderItem } from './append-items.js';
import { activate, type RenderCode, type Splice } from './cell-renderer.js';
import { type CellSyntax, isLoneGenerator } from './cell-syntax.js';
import { layoutDisplay, splitListDisplay } from './display.js';
import { ImpossibleIntent } from './impossible-intent.js';

export type ArgumentIntent = SetKeyword | MergeEntries;

/** All that is wanted of one call's arguments, as splices. */
export function renderArguments(
  syntax: CellSyntax,
  call: Call,
  intents: readonly ArgumentIntent[],
  unit: string,
  renderCode: RenderCode,
): Splice[] {
  const splices: Splice[] = [];
  const added: RenderItem[] = [];
  for (const [name, group] of groupByName(intents)) {
    const keyword = call.keywords.find((candidate) => candidate.name?.id === name);
    const [first] = group;
    if (first === undefined) continue;
    if (first.type === 'setKeyword') {
      if (keyword !== undefined) splices.push(replaceValue(syntax, keyword, first, renderCode));
      else added.push(newKeyword(first, unit, renderCode));
      continue;
    }
    const entries = combineEntries(group);
    if (keyword !== undefined) splices.push(...addEntries(syntax, keyword, entries));
    else added.push(newDict(name, entries, unit));
  }
  return [...splices, ...addArguments(syntax, call, added)];
}

function addArguments(syntax: CellSyntax, call: Call, added: readonly RenderItem[]): Splice[] {
  if (added.length === 0) return [];
  const { start, end } = call.argumentSpan;
  if (isLoneGenerator(call)) {
    // f(x for x in y) → f((x for x in y), k=v): only an only argument may go without its own parentheses.
    const closing = appendItems(syntax.lines, { open: start, close: end, last: { start, end } }, added);
    return [point(start, () => '('), ...closing, point(end, () => ')')];
  }
  const all = [...call.args, ...call.keywords].sort((a, b) => a.end - b.end);
  const list: ItemList = { open: start + 1, close: end - 1, last: all.at(-1) ?? null };
  return appendItems(syntax.lines, list, added);
}

function replaceValue(
  syntax: CellSyntax,
  keyword: Keyword,
  intent: SetKeyword,
  renderCode: RenderCode,
): Splice {
  const splice: Splice = {
    start: keyword.value.start,
    end: keyword.value.end,
    level: 'expression',
    render: (state) => {
      const indent = state.indent + syntax.lines.indent(keyword.value.start);
      return renderCode(intent.code, indent, activate(state, splice));
    },
  };
  return splice;
}

function newKeyword(intent: SetKeyword, unit: string, renderCode: RenderCode): RenderItem {
  return ({ column, after, indent }: ItemPosition, state) => {
    const text = renderCode(intent.code, indent, state);
    const items = splitListDisplay(text);
    const start = column + intent.name.length + 1;
    return `${intent.name}=${items === null ? text : layoutDisplay('[]', items, start, after, indent, unit)}`;
  };
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly order: number;
}

function newDict(name: string, entries: readonly Entry[], unit: string): RenderItem {
  const items = entries.map(({ key, value }) => `${key}: ${value}`);
  return ({ column, after, indent }: ItemPosition) =>
    `${name}=${layoutDisplay('{}', items, column + name.length + 1, after, indent, unit)}`;
}

/** Adds entries to the dict display that the keyword has; those whose key is there already get the new value. */
function addEntries(syntax: CellSyntax, keyword: Keyword, entries: readonly Entry[]): Splice[] {
  const dict = keyword.value;
  if (dict.kind !== 'Dict')
    throw new ImpossibleIntent(`the call has a ${keyword.name?.id}= that is no dict display`);
  const splices: Splice[] = [];
  const added: RenderItem[] = [];
  for (const { key, value } of entries) {
    const old = dict.entries.find((entry) => entry.key !== null && isSameKey(syntax, entry.key, key));
    if (old === undefined) added.push(() => `${key}: ${value}`);
    else
      splices.push({ start: old.value.start, end: old.value.end, level: 'expression', render: () => value });
  }
  const list: ItemList = { open: dict.start + 1, close: dict.end - 1, last: dict.entries.at(-1) ?? null };
  return [...splices, ...appendItems(syntax.lines, list, added)];
}

/** `"a"` and `'a'` are one key. */
function isSameKey(
  syntax: CellSyntax,
  key: { readonly start: number; readonly end: number },
  text: string,
): boolean {
  return unquote(syntax.source.slice(key.start, key.end)) === unquote(text);
}

function unquote(text: string): string {
  const plain = /^(['"])([^'"\\\n]*)\1$/.exec(text);
  return plain === null ? text : `'${plain[2] ?? ''}'`;
}

/** Entries of all the changes in their order, each key once. */
export function combineEntries(intents: readonly ArgumentIntent[]): Entry[] {
  const entries = intents.flatMap((intent) => (intent.type === 'mergeEntries' ? intent.entries : []));
  const byKey = new Map(entries.map((entry) => [unquote(entry.key), entry]));
  return [...byKey.values()].sort((a, b) => a.order - b.order);
}

function groupByName(intents: readonly ArgumentIntent[]): Map<string, ArgumentIntent[]> {
  const groups = new Map<string, ArgumentIntent[]>();
  for (const intent of intents) groups.set(intent.name, [...(groups.get(intent.name) ?? []), intent]);
  return groups;
}

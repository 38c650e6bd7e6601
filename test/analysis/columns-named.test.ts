import { expect, it } from 'vitest';
import { columnsNamedIn } from '../../src/analysis/columns-named.js';
import type { ValueKind } from '../../src/pandas/kinds.js';
import { loadParser } from '../../src/python/parse.js';

const parser = await loadParser();

/** The columns that the call asks for alone; null: any. */
function columnsOf(owner: ValueKind, text: string): readonly string[] | null {
  const [statement] = parser.parse(text, 1).module.body;
  const call = statement?.kind === 'ExpressionStatement' ? statement.value : null;
  if (call?.kind !== 'Call' || call.func.kind !== 'Attribute') throw new Error(text);
  return columnsNamedIn(call, owner, call.func.attr.id);
}

it.each<[ValueKind, string, readonly string[]]>([
  ['GroupBy', "g.agg({'a': 'sum', 'b': ['min', f]})", ['a', 'b']],
  ['GroupBy', "g.aggregate({'a': lambda s: s.max()})", ['a']],
  ['GroupBy', "g.agg(x=('a', 'sum'), y=('a', 'max'))", ['a']],
  ['GroupBy', "g.agg(x=pd.NamedAgg(column='a', aggfunc='sum'), y=NamedAgg('b', 'max'))", ['a', 'b']],
  ['DataFrame', "df.agg({'a': 'sum'})", ['a']],
  ['DataFrame', "df.fillna({'a': 0})", ['a']],
  ['DataFrame', "df.fillna({'a': 0}, inplace=True)", ['a']],
  ['DataFrame', "df.astype({'a': 'int8'}, copy=False)", ['a']],
  ['DataFrame', "df.round({'a': 1})", ['a']],
])('%s: %s', (owner, text, columns) => {
  expect(columnsOf(owner, text)).toEqual(columns);
});

it.each<[ValueKind, string]>([
  ['GroupBy', "g.agg('sum')"],
  ['GroupBy', "g.agg(['sum', 'max'])"],
  ['GroupBy', 'g.agg(wanted)'],
  ['GroupBy', "g.agg({name: 'sum'})"],
  ['GroupBy', "g.agg({b'a': 'sum'})"],
  ['GroupBy', "g.agg({**wanted, 'a': 'sum'})"],
  ['GroupBy', "g.agg({'a': 'sum'}, engine='numba')"],
  ['GroupBy', 'g.agg({})'],
  ['GroupBy', "g.agg(**{'x': ('a', 'sum')})"],
  ['GroupBy', "g.agg(x=(name, 'sum'))"],
  ['GroupBy', 'g.agg(x=f(1))'],
  ['GroupBy', "g.fillna({'a': 0})"],
  ['SeriesGroupBy', "g.agg({'a': 'sum'})"],
  ['DataFrame', "df.agg(x=('a', 'sum'))"],
  ['DataFrame', "df.agg({'a': 'sum'}, axis=1)"],
  ['DataFrame', "df.agg({'a': 'sum'}, 1)"],
  ['DataFrame', 'df.fillna(0)'],
  ['DataFrame', "df.fillna({'a': 0}, axis=1)"],
  ['DataFrame', "df.fillna({'a': 0}, 'ffill')"],
  ['DataFrame', "df.replace({'a': 0})"],
  ['DataFrame', "df.rename({'a': 'b'})"],
])('%s: %s may ask for any', (owner, text) => {
  expect(columnsOf(owner, text)).toBeNull();
});

import { holdsData, type ValueKind } from '../pandas/kinds.js';
import { attributeEffect, methodEffect } from '../pandas/method-effects.js';
import type { Expression, Subscript } from '../python/ast.js';
import type { Machine } from './machine.js';
import { plain, union, type Value, type ValueData } from './value.js';

/** What a selection from data holds: the same reads, other columns. */
export function selectData(
  data: ValueData | null,
  carrier: ValueData['carrier'],
  columns: 'all' | readonly string[],
  extent?: 'view' | 'part' | 'aggregate',
): ValueData | null {
  if (data === null) return null;
  return {
    carrier,
    parts: data.parts.map((part) => ({
      read: part.read,
      columns: columns === 'all' ? part.columns : columns,
      extent: extent ?? part.extent,
    })),
  };
}

/** The names of columns that an index asks for: `'a'` or `['a', 'b']`; null where it is something else. */
export function namesIn(
  m: Machine,
  index: Value,
): { readonly one: boolean; readonly names: readonly string[] } | null {
  if (index.text !== null) return { one: true, names: [index.text] };
  const elements = index.kind === 'list' ? m.elementsOf(index) : null;
  if (elements === null) return null;
  const names = elements.map((element) => element.text);
  return names.every((name) => name !== null) ? { one: false, names: names.filter((n) => n !== null) } : null;
}

/** `df.name` where `name` is no attribute of frames: a column. Null where the frame has such a method. */
export function readColumn(m: Machine, owner: Value, name: string, e: Expression): Value | null {
  if (methodEffect('DataFrame', name) !== undefined || name.startsWith('_')) return null;
  return columnOf(m, owner, name, e);
}

/** What a groupby has besides its methods; any other name is a column. */
const GROUPBY_ATTRIBUTES: ReadonlySet<string> = new Set(
  'groups indices ngroups ndim dtypes plot keys grouper axis level sort as_index group_keys dropna observed obj'.split(
    ' ',
  ),
);

/** `groups.name` where `name` is no attribute of a groupby: a column. Null where it is one. */
export function readGroupedColumn(m: Machine, owner: Value, name: string, e: Expression): Value | null {
  if (methodEffect('GroupBy', name) !== undefined || GROUPBY_ATTRIBUTES.has(name) || name.startsWith('_'))
    return null;
  m.use(owner, { type: 'selected' }, e, [name]);
  return m.make('SeriesGroupBy', e, {
    shares: owner.objects,
    data: selectData(owner.data, 'Series', [name]),
  });
}

function columnOf(m: Machine, owner: Value, name: string, e: Expression): Value {
  m.use(owner, { type: 'selected' }, e, [name]);
  return m.make('Series', e, {
    shares: owner.objects,
    data: selectData(owner.data, 'Series', [name], 'view'),
  });
}

const isMask = (index: Value): boolean =>
  index.data === null && (index.kind === 'Series' || index.kind === 'ndarray' || index.kind === 'list');

/** `df.shape[0]` */
const isLength = (m: Machine, { value, index }: Subscript): boolean =>
  value.kind === 'Attribute' &&
  value.attr.id === 'shape' &&
  index.kind !== 'Slice' &&
  holdsData(m.values.get(value.value)?.kind ?? 'unknown');

/** `owner[index]`, read. */
export function evaluateSubscript(m: Machine, e: Subscript, owner: Value, index: Value): Value {
  if (owner.qualified === 'sys.modules' && (index.text === null || index.text === '__main__'))
    m.reachAny({ why: '`sys.modules` has the notebook itself, and can reach any name', at: e });
  if (isLength(m, e)) return plain('number');
  switch (owner.kind) {
    case 'DataFrame':
      return fromFrame(m, e, owner, index, e.index);
    case 'Series':
    case 'ndarray':
      return fromSeries(m, e, owner, index, e.index);
    case 'Indexer':
      return fromIndexer(m, e, owner, index);
    case 'GroupBy': {
      const names = namesIn(m, index);
      const kind: ValueKind = names?.one === true ? 'SeriesGroupBy' : names === null ? 'unknown' : 'GroupBy';
      const data = selectData(
        owner.data,
        names?.one === true ? 'Series' : 'DataFrame',
        names?.names ?? 'all',
      );
      if (names !== null) m.use(owner, { type: 'selected' }, e, names.names);
      return { ...m.make(kind, e, { shares: owner.objects, data }), none: 'never' };
    }
    case 'str':
      return plain('str');
    case 'Axes':
      return m.make('Axes', e, { shares: owner.objects });
    case 'tuple':
    case 'list': {
      const at = e.index.kind === 'Constant' && e.index.type === 'int' ? Number(e.index.text) : -1;
      const exact = m.elementsOf(owner)?.[at];
      if (exact !== undefined) return exact;
      if (e.index.kind === 'Slice') return m.makeOf(owner.kind, e, [owner], { shares: owner.objects });
      return m.makePart('unknown', owner, e);
    }
    default:
      m.use(owner, { type: 'unknown', why: 'a part of it is taken' }, e);
      // `np.c_[df.a, df.b]`: nobody knows what becomes of the index.
      if (owner.kind !== 'dict') m.use(index, { type: 'unknown', why: 'something is asked for by it' }, e);
      return m.makePart('unknown', owner, e);
  }
}

function fromFrame(m: Machine, e: Expression, owner: Value, index: Value, indexNode: Expression): Value {
  const names = namesIn(m, index);
  if (names?.one === true) return columnOf(m, owner, names.names[0] ?? '', e);
  if (names !== null) {
    m.use(owner, { type: 'selected' }, e, names.names);
    return m.make('DataFrame', e, {
      shares: owner.objects,
      data: selectData(owner.data, 'DataFrame', names.names),
    });
  }
  if (indexNode.kind === 'Slice')
    return m.make('DataFrame', e, {
      shares: owner.objects,
      data: selectData(owner.data, 'DataFrame', 'all', 'part'),
    });
  if (index.kind === 'DataFrame') {
    m.use(owner, { type: 'method', name: 'where', call: ownCall(e) }, e);
    return m.make('DataFrame', e, { size: owner.data });
  }
  if (isMask(index))
    return m.make('DataFrame', e, { data: selectData(owner.data, 'DataFrame', 'all', 'part') });
  m.use(owner, { type: 'unknown', why: 'columns or rows of it are taken that the code does not name' }, e);
  const kind = index.kind === 'str' ? 'Series' : 'unknown';
  return { ...m.make(kind, e, { shares: owner.objects, size: owner.data }), none: 'never' };
}

/** A use that no call makes is told by the expression itself. */
const ownCall = (e: Expression) => ({
  ...e,
  kind: 'Call' as const,
  func: e,
  args: [],
  keywords: [],
  argumentSpan: e,
});

function fromSeries(m: Machine, e: Expression, owner: Value, index: Value, indexNode: Expression): Value {
  if (indexNode.kind === 'Slice')
    return m.make(owner.kind, e, {
      shares: owner.objects,
      data: selectData(owner.data, 'Series', 'all', 'part'),
    });
  if (isMask(index)) return m.make(owner.kind, e, { data: selectData(owner.data, 'Series', 'all', 'part') });
  if (index.kind === 'number' || index.kind === 'str') {
    if (owner.data?.carrier === 'aggregate')
      return { ...plain('unknown'), data: selectData(owner.data, 'scalar', 'all', 'aggregate') };
    m.use(owner, { type: 'unknown', why: 'one of its values is taken' }, e);
    return cellOf(m, owner, e);
  }
  m.use(owner, { type: 'unknown', why: 'a part of it is taken that the code does not name' }, e);
  return { ...m.make('unknown', e, { shares: owner.objects }), none: 'maybe' };
}

/** One value of a frame or column: something of its own, or a frame that was put into it. */
function cellOf(m: Machine, owner: Value, e: Expression): Value {
  const value = m.make('unknown', e, { shares: owner.objects });
  return { ...value, none: 'maybe', objects: union(value.objects, m.framesIn(owner.objects)) };
}

/** `df.loc[...]`, `s.iloc[...]`. */
function fromIndexer(m: Machine, e: Subscript, owner: Value, index: Value): Value {
  const indexer = e.value.kind === 'Attribute' ? e.value : null;
  const base = indexer === null ? 'unknown' : (m.values.get(indexer.value)?.kind ?? 'unknown');
  if (
    indexer?.attr.id === 'at' ||
    indexer?.attr.id === 'iat' ||
    (base !== 'DataFrame' && base !== 'Series')
  ) {
    m.use(owner, { type: 'unknown', why: 'one of its values is taken' }, e);
    return cellOf(m, owner, e);
  }
  if (base === 'Series') return fromSeries(m, e, owner, index, e.index);
  const [rows, columns] = e.index.kind === 'Tuple' ? e.index.elements : [e.index, undefined];
  const [rowValue, columnValue] = e.index.kind === 'Tuple' ? (index.elements ?? []) : [index, undefined];
  const takesRows = rows?.kind === 'Slice' || (rowValue !== undefined && isMask(rowValue));
  if (!takesRows || rows === undefined) {
    m.use(owner, { type: 'unknown', why: 'one of its rows is taken' }, e);
    // A row is a series, or under a label that is not unique a frame; a row and a column give a value.
    const none = columns === undefined ? 'never' : 'maybe';
    return { ...m.make('unknown', e, { shares: owner.objects, size: null }), none };
  }
  const frame = m.make('DataFrame', e, {
    shares: owner.objects,
    data: selectData(owner.data, 'DataFrame', 'all', 'part'),
  });
  if (columns === undefined || columnValue === undefined || columns.kind === 'Slice') return frame;
  return fromFrame(m, e, frame, columnValue, columns);
}

/** `df['a'] = value` and its like; false where `owner` is no frame. The caller has noted that the owner changes. */
export function storeIntoFrame(m: Machine, target: Subscript, owner: Value, value: Value): boolean {
  const index = target.index;
  if (owner.kind === 'DataFrame') {
    const known = m.values.get(index);
    const name = index.kind === 'StringLiteral' ? index.value : null;
    if (name === null) {
      m.use(owner, { type: 'unknown', why: 'columns of it are bound that the code does not name' }, target);
      if (known?.kind !== 'str') m.use(value, { type: 'unknown', why: 'it is stored in a frame' }, target);
      return true;
    }
    m.use(owner, { type: 'overwritten' }, target, [name]);
    const same = value.data?.parts.every(
      (p) => p.columns !== 'all' && p.columns.length === 1 && p.columns[0] === name,
    );
    if (same !== true) m.use(value, { type: 'unknown', why: `it is stored as the column '${name}'` }, target);
    return true;
  }
  if (owner.kind === 'Indexer') {
    const column = index.kind === 'Tuple' ? index.elements[1] : undefined;
    const columns = column?.kind === 'StringLiteral' && column.value !== null ? [column.value] : undefined;
    m.use(owner, { type: 'cells-assigned', value: index }, target, columns);
    m.use(value, { type: 'unknown', why: 'it is stored in a frame' }, target);
    // A frame that becomes one value is kept; one that becomes many is copied.
    const indexer = target.value.kind === 'Attribute' ? target.value.attr.id : '';
    if (value.kind === 'DataFrame' && (indexer === 'at' || indexer === 'iat')) m.hold(owner, value);
    return true;
  }
  if (owner.kind === 'Series') {
    m.use(owner, { type: 'cells-assigned', value: index }, target);
    m.use(value, { type: 'unknown', why: 'it is stored in a series' }, target);
    return true;
  }
  return attributeEffect(owner.kind, '') !== undefined;
}

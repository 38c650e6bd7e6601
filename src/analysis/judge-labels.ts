import type { Combination } from '../environment/environment.js';
import { judgeUse, type NarrowType } from '../pandas/narrow-uses.js';
import type { Call, Expression, Node } from '../python/ast.js';
import { parentsOf } from '../python/walk.js';
import type { ColumnUse } from './column-use.js';
import type { Program } from './program.js';

/** What aggregates within groups, so that the keys become labels: measured as `key groupby aggregated`. */
const AGGREGATES: ReadonlySet<string> = new Set(
  'sum mean min max count size std var median first last nunique prod sem agg aggregate describe'.split(' '),
);

/** Methods whose result has the labels of what it was made from, or some of them. */
const KEEPS_LABELS: ReadonlySet<string> = new Set(
  'head tail sort_values sort_index round abs nlargest nsmallest fillna dropna copy cumsum cummax diff pct_change to_frame'.split(
    ' ',
  ),
);

type Outcome = 'same' | 'types' | 'rounding' | null;

/**
 * What becomes of narrower values where they label what a groupby by them, or `value_counts`, gives: they are followed
 * through the methods that are called on it at once, to where it is shown, drawn, or made into something without labels.
 *
 * @returns null where it goes on in any other way: it gets a name, it is indexed
 */
export function judgeLabels(
  program: Program,
  use: ColumnUse,
  type: NarrowType,
  combinations: readonly Combination[],
): Outcome {
  const { operation } = use;
  const parents = parentsOf(program.statementOf(use.node).node);
  const above = new Chain(program, parents);
  if (operation.type === 'key' && operation.how === 'groupby') {
    const aggregated = above.aggregateOf(use.node);
    if (aggregated === null) return null;
    // Several keys, or keys that stay columns: measured where that is shown, and no further.
    const isPlain =
      use.columns.length === 1 && operation.call.keywords.every(({ name }) => name?.id !== 'as_index');
    if (above.isShown(aggregated)) return 'types';
    return isPlain ? above.follow(aggregated, type, combinations) : null;
  }
  if (operation.type === 'method' && operation.name === 'value_counts' && use.carrier === 'Series')
    return above.follow(use.node, type, combinations);
  return null;
}

/** Whether the labels are put into their own order at once: then how equal counts are ordered is of no account. */
export function areSortedNext(program: Program, { node }: ColumnUse): boolean {
  const parents = parentsOf(program.statementOf(node).node);
  return new Chain(program, parents).methodOn(node)?.name === 'sort_index';
}

/** A chain of calls, from the inside to the outside. */
class Chain {
  readonly #program: Program;
  readonly #parents: ReadonlyMap<Node, Node>;

  constructor(program: Program, parents: ReadonlyMap<Node, Node>) {
    this.#program = program;
    this.#parents = parents;
  }

  /** The call `node.name(...)`, or `node.plot.name(...)`. */
  methodOn(node: Expression): { readonly name: string; readonly call: Call } | null {
    const attribute = this.#parents.get(node);
    if (attribute?.kind !== 'Attribute') return null;
    const call = this.#parents.get(attribute);
    if (call?.kind === 'Call' && call.func === attribute) return { name: attribute.attr.id, call };
    if (attribute.attr.id !== 'plot' || call?.kind !== 'Attribute') return null;
    const drawing = this.#parents.get(call);
    return drawing?.kind === 'Call' && drawing.func === call ? { name: 'plot', call: drawing } : null;
  }

  /** What the groups are aggregated to, after columns of them were selected; null where something else is done to them. */
  aggregateOf(groups: Expression): Call | null {
    let node: Expression = groups;
    for (;;) {
      const method = this.methodOn(node);
      if (method !== null) return AGGREGATES.has(method.name) ? method.call : null;
      const parent = this.#parents.get(node);
      if ((parent?.kind !== 'Subscript' && parent?.kind !== 'Attribute') || parent.value !== node)
        return null;
      node = parent;
    }
  }

  isShown(node: Expression): boolean {
    if (this.#program.cellOf(node).shown === node) return true;
    const call = this.#parents.get(node);
    return (
      call?.kind === 'Call' &&
      call.args.includes(node) &&
      call.func.kind === 'Name' &&
      (call.func.id === 'print' || call.func.id === 'display') &&
      !this.#program.notebookNames.isBound(call.func.id)
    );
  }

  follow(labelled: Expression, type: NarrowType, combinations: readonly Combination[]): Outcome {
    let worst: Outcome = 'same';
    let node = labelled;
    for (;;) {
      if (this.isShown(node)) return worst === 'rounding' ? worst : 'types';
      const kind = this.#program.kindOf(node);
      if (kind !== 'Series' && kind !== 'DataFrame') return null;
      const method = this.methodOn(node);
      const attribute = this.#parents.get(node);
      if (attribute?.kind !== 'Attribute') return null;
      const name = method?.name ?? attribute.attr.id;
      const names = method?.call.keywords.map((keyword) => keyword.name?.id) ?? [];
      if (names.includes(undefined)) return null;
      const keywords = names.filter((keyword) => keyword !== undefined);
      const verdict = judgeUse(type, `labelled ${kind}.${name}`, combinations, keywords);
      if (verdict === null) return null;
      if (verdict === 'same') return worst;
      if (verdict === 'rounding') worst = 'rounding';
      const result = method?.call ?? attribute;
      if (!KEEPS_LABELS.has(name))
        return this.isShown(result) ? (worst === 'rounding' ? worst : 'types') : null;
      node = result;
    }
  }
}

import type { BinaryOperator, Call, CompareOperator, Expression } from '../python/ast.js';

/** One thing that is asked of the data of a read. */
export interface ColumnUse {
  /** The columns concerned; `'all'` where it is the whole frame, or where it is not known which. */
  readonly columns: 'all' | readonly string[];
  /**
   * What the data is in when it is used: the frame (or a filtered, sorted or narrowed one with the same values), one
   * column of it, a scalar taken from a column (`df.a.max()`), or the result of `df.min()` and its like.
   */
  readonly carrier: 'DataFrame' | 'Series' | 'scalar' | 'aggregate';
  readonly operation: Operation;
  /** The expression that does it. */
  readonly node: Expression;
  /** Index of the top-level statement. */
  readonly statement: number;
}

export type Operation =
  /** `carrier.name(...)`, the receiver's values being what it works on: `min`, `value_counts`, `sort_values`. */
  | { readonly type: 'method'; readonly name: string; readonly call: Call }
  /** `carrier.name`: `shape`, `dtypes`, `values`, `iloc`, `str`. */
  | { readonly type: 'attribute'; readonly name: string }
  | { readonly type: 'compare'; readonly op: CompareOperator; readonly other: Expression }
  | {
      readonly type: 'arithmetic';
      readonly op: BinaryOperator | '~' | '-' | '+';
      readonly other: Expression | null;
    }
  /** The rows' labels: a key of `groupby`, `set_index`, `merge`, `sort_values(by)`; `how` is the method's name. */
  | { readonly type: 'key'; readonly how: string; readonly call: Call }
  /** A column aggregated within groups: `df.groupby('k')['v'].sum()`. */
  | { readonly type: 'grouped'; readonly name: string; readonly call: Call }
  /** A library function gets it: `np.exp(s)`, `len(df)`, `plt.plot(s)`; `name` is qualified: `'numpy.exp'`. */
  | { readonly type: 'function'; readonly name: string; readonly call: Call }
  /** Shown as it is, by a cell's last expression, `print` or `display`. */
  | { readonly type: 'shown' }
  /** A name of a column is taken as such, nothing is asked of its values: `df['a']`, `df.drop(columns=['a'])`. */
  | { readonly type: 'selected' }
  /** The column is bound anew: `df['a'] = ...`. */
  | { readonly type: 'overwritten' }
  /** Some of its cells get other values: `df.loc[m, 'a'] = v`. */
  | { readonly type: 'cells-assigned'; readonly value: Expression }
  /** Still held by a name when the notebook ends: a final result. */
  | { readonly type: 'final'; readonly name: string }
  /** Anything else; `why` completes "because ...". */
  | { readonly type: 'unknown'; readonly why: string };

/** What became of one notebook. */
export type Outcome<T> =
  | { readonly type: 'done'; readonly path: string; readonly value: T }
  | { readonly type: 'failed'; readonly path: string; readonly error: unknown };

/** Does the work for one path after the other and gives the outcomes in that order. What fails does not stop the rest. */
export async function* runInOrder<Item extends { readonly path: string }, T>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<T>,
): AsyncGenerator<Outcome<T>> {
  for (const item of items) {
    const { path } = item;
    let outcome: Outcome<T>;
    try {
      outcome = { type: 'done', path, value: await work(item) };
    } catch (error) {
      outcome = { type: 'failed', path, error };
    }
    yield outcome;
  }
}

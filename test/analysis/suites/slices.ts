/** A program whose last statement depends on some of the others. */
export interface SliceCase {
  readonly from: string;
  /** Its top-level statements. */
  readonly statements: readonly string[];
  /** The indices of those on which the last one depends, by what it reads and what changed that. */
  readonly needed: readonly number[];
  readonly theirs?: { readonly needed: readonly number[]; readonly why: string };
}

/** python-program-analysis, `src/test/slice.test.ts`, and the chains of definitions and uses of `analysis.test.ts`. */
export const SLICES: readonly SliceCase[] = [
  { from: 'statements including the def and use', statements: ['n = 1', 'm = n'], needed: [0] },
  {
    from: 'handles multiple statements per line',
    statements: ['n = 1', 'm = n', 'k = m', 'l = k'],
    needed: [0, 1, 2],
  },
  {
    from: 'only links from a use to its most recent def',
    statements: ['n = 2', 'n.p = 3', 'n = 4', 'm = n'],
    needed: [2],
  },
  { from: 'handles augmenting assignment', statements: ['n = 2', 'n += 3'], needed: [0] },
  {
    from: 'links from a class use to its def',
    statements: ['class K(object):\n    pass', 'c = K()'],
    needed: [0],
  },
  { from: 'links from a function use to its def', statements: ['def f():\n    pass', 'f()'], needed: [0] },
  {
    from: 'does our current demo',
    statements: [
      'from matplotlib.pyplot import scatter',
      'from sklearn.cluster import KMeans',
      'from sklearn import datasets',
      'flowers = datasets.load_iris().data[:, 2:4]',
      'length, width = flowers[:, 0], flowers[:, 1]',
      'print("%.3f" % (sum(length) / len(length),))',
      'groups = KMeans(n_clusters=5).fit(flowers).labels_',
      'scatter(length, width, c=groups)',
    ],
    needed: [0, 1, 2, 3, 4, 6],
  },
  {
    from: 'uses api specs to decide mutating methods',
    statements: [
      'import pandas as pd',
      'd = pd.read_csv("a.csv")',
      'd.pop("a")',
      'd.memory_usage()',
      'd.count()',
    ],
    needed: [0, 1, 2],
  },
  {
    from: 'joins inferred types',
    statements: [
      'import pandas as pd',
      'import random',
      'if random.choice([1, 2]) == 1:\n    d = pd.read_csv("a.csv")\nelse:\n    d = pd.read_csv("b.csv")',
      'd.pop("a")',
      'd.memory_usage()',
      'd.count()',
    ],
    needed: [0, 1, 2, 3],
  },
  {
    from: 'does the documentation example',
    statements: [
      'sum = 0',
      'other = 0',
      'for i in range(min(len(A), len(B))):\n    sum += A[i] + B[i]\n    other += A[i] - B[i]',
      'print(sum)',
    ],
    needed: [0, 1, 2],
    theirs: {
      needed: [0, 2],
      why: 'a top-level statement is one thing here, and the loop reads `other`, too',
    },
  },
  {
    from: 'eliminates functions without side-effects',
    statements: ['def f(i):\n    [1, 2, 3][i] = 3', 'a = 0', 'f(a)', 'b = 2 * a', 'print(b)'],
    needed: [1, 3],
  },
  {
    from: 'keeps functions with item updates',
    statements: ['def f(x):\n    x[1] = "text"', 'a = [1, 2, 3]', 'f(a)', 'b = a[2]', 'print(b)'],
    needed: [0, 1, 2, 3],
  },
  {
    from: 'keeps functions with field updates',
    statements: [
      'class C:\n    f = 0',
      'def f(x):\n    x.f += 1',
      'def g(x):\n    print(x.f)',
      'a = C()',
      'f(a)',
      'g(a)',
      'b = a.f',
      'print(b)',
    ],
    needed: [0, 1, 3, 4, 6],
  },
  {
    from: 'handles transitive updates',
    statements: [
      'import pandas as pd',
      'd = pd.read_from_csv("a")',
      'def f(x):\n    x.pop("a")',
      'f(d)',
      'd.count()',
    ],
    needed: [0, 1, 2, 3],
  },
  {
    from: "does jim's demo",
    statements: [
      'import pandas as pd',
      "cars = {'name': ['a', 'b'], 'price': [22000, 25000]}",
      "d = pd.DataFrame(cars, columns=['name', 'price'])",
      'def check(d, size=11):\n    print(d)',
      'print(d)',
      "x = d['name'].values",
    ],
    needed: [0, 1, 2],
  },
];

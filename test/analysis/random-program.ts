import fc from 'fast-check';

/** Programs of the grammar below: they parse and compile, and mean nothing. */

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;
const name = fc.constantFrom(...NAMES);
const indent = (text: string): string => text.replace(/^/gm, '    ');

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name,
      fc.constantFrom('1', "'text'", 'None', '[]', '{}', 'range(3)'),
      fc.tuple(inner, inner).map(([f, x]) => `(${f})(${x})`),
      fc.tuple(inner, name).map(([x, n]) => `(${x}).${n}`),
      fc.tuple(inner, inner).map(([x, i]) => `(${x})[${i}]`),
      fc.tuple(inner, inner).map(([x, y]) => `(${x} + ${y})`),
      fc.tuple(inner, inner).map(([x, y]) => `[${x}, ${y}]`),
      fc.tuple(inner, inner, inner).map(([x, y, z]) => `(${x} if ${y} else ${z})`),
      fc.tuple(inner, inner).map(([x, y]) => `(${x} and ${y})`),
      fc.tuple(name, inner).map(([n, x]) => `(lambda ${n}: ${x})`),
      // A walrus may not bind what a comprehension around iterates with, nor stand in what it iterates over.
      fc.tuple(inner, name, name).map(([x, n, of]) => `[${x} for ${n} in ${of}]`),
      fc.tuple(inner, name, name, inner).map(([x, n, of, test]) => `(${x} for ${n} in ${of} if ${test})`),
      fc.tuple(name, name, name).map(([k, n, of]) => `{${k}: ${n} for ${k}, ${n} in ${of}}`),
    ),
  };
});

const walrus = fc.tuple(name, expression).map(([n, x]) => `(${n} := ${x})`);
const target = fc.oneof(
  name,
  fc.tuple(name, name).map(([x, y]) => `${x}, (${y}, *_)`),
  fc.tuple(name, expression).map(([x, i]) => `${x}[${i}]`),
  fc.tuple(name, name).map(([x, y]) => `${x}.${y}`),
);

interface Place {
  readonly isLoop: boolean;
  readonly isFunction: boolean;
}

const simple = ({ isLoop, isFunction }: Place): fc.Arbitrary<string> =>
  fc.oneof(
    expression,
    walrus,
    fc.tuple(target, expression).map(([t, x]) => `${t} = ${x}`),
    fc.tuple(name, expression).map(([n, x]) => `${n} += ${x}`),
    name.map((n) => `del ${n}`),
    name.map((n) => `${n}.append(1)`),
    name.map((n) => `import ${n}`),
    fc.constantFrom('pass', 'raise ValueError', ...(isLoop ? ['break', 'continue'] : [])),
    ...(isFunction ? [expression.map((x) => `return ${x}`), expression.map((x) => `yield ${x}`)] : []),
  );

function block(place: Place, depth: number): fc.Arbitrary<string> {
  return fc.array(statement(place, depth), { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'));
}

function statement(place: Place, depth: number): fc.Arbitrary<string> {
  if (depth === 0) return simple(place);
  const body = block(place, depth - 1).map(indent);
  const loop = block({ ...place, isLoop: true }, depth - 1).map(indent);
  const own = block({ isLoop: false, isFunction: true }, depth - 1).map(indent);
  return fc.oneof(
    { weight: 3, arbitrary: simple(place) },
    fc.tuple(fc.oneof(expression, walrus), body, body).map(([x, y, z]) => `if ${x}:\n${y}\nelse:\n${z}`),
    fc.tuple(fc.constantFrom('True', 'a'), loop, body).map(([x, y, z]) => `while ${x}:\n${y}\nelse:\n${z}`),
    fc.tuple(name, expression, loop).map(([n, x, y]) => `for ${n} in ${x}:\n${y}`),
    fc
      .tuple(body, name, body, body)
      .map(([x, n, y, z]) => `try:\n${x}\nexcept E as ${n}:\n${y}\nelse:\n${z}`),
    fc.tuple(body, body).map(([x, y]) => `try:\n${x}\nfinally:\n${y}`),
    fc.tuple(expression, name, body).map(([x, n, y]) => `with ${x} as ${n}:\n${y}`),
    fc
      .tuple(name, name, body, body)
      .map(([n, m, x, y]) => `match ${n}:\n    case [${m}]:\n${indent(x)}\n    case _:\n${indent(y)}`),
    fc.tuple(name, name, expression, own).map(([f, p, x, y]) => `def ${f}(${p}=${x}):\n${y}`),
    fc.tuple(name, name, own).map(([f, g, y]) => `def ${f}():\n    global ${g}\n${y}`),
    fc
      .tuple(name, block({ isLoop: false, isFunction: false }, depth - 1).map(indent))
      .map(([n, y]) => `class ${n}:\n${y}`),
  );
}

/** The cells of a notebook. */
export const randomCells: fc.Arbitrary<readonly string[]> = fc.array(
  block({ isLoop: false, isFunction: false }, 2),
  { minLength: 1, maxLength: 4 },
);

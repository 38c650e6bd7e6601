import type { Call, Expression } from '../python/ast.js';
import { literalValue } from '../python/literals.js';
import type { Program } from './program.js';

/** What a column is called. */
export type Label = string | number;

/** The columns of a frame, in their order. */
export type Columns = readonly Label[];

/** Labels that are written out, or that a name stands for which nothing changes. */
export class WrittenLabels {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** `'a'`, `3` */
  one(expression: Expression | undefined): Label | null {
    const written = this.#written(expression);
    const value = written === undefined ? undefined : literalValue(written);
    if (value?.type === 'str') return value.value;
    return value?.type === 'int' ? Number(value.value) : null;
  }

  /** `['a', 'b']`; `'a'` alone counts as a list of one. A tuple is one label of several levels, and not known. */
  some(expression: Expression | undefined): Columns | null {
    const one = this.one(expression);
    return one === null ? this.list(expression) : [one];
  }

  /** `['a', 'b']`, and no label alone. */
  list(expression: Expression | undefined): Columns | null {
    const written = this.#written(expression);
    return written?.kind === 'List' ? allOf(written.elements.map((element) => this.one(element))) : null;
  }

  /** `('_x', '_y')`, `['_x', '_y']` */
  pair(expression: Expression | undefined): Columns | null {
    const written = this.#written(expression);
    return written?.kind === 'Tuple'
      ? allOf(written.elements.map((element) => this.one(element)))
      : this.list(expression);
  }

  /** `{'a': 'b'}`, from label to label. */
  map(expression: Expression | undefined): ReadonlyMap<Label, Label> | null {
    const pairs = this.#pairs(expression);
    if (pairs === null) return null;
    const to = allOf(pairs.map(({ value }) => this.one(value)));
    return to === null ? null : new Map(pairs.map(({ key }, i) => [key, to[i] ?? key]));
  }

  /** The keys of `{'a': anything}`. */
  keys(expression: Expression | undefined): readonly Label[] | null {
    return this.#pairs(expression)?.map(({ key }) => key) ?? null;
  }

  #pairs(expression: Expression | undefined): { key: Label; value: Expression }[] | null {
    const written = this.#written(expression);
    if (written?.kind !== 'Dict') return null;
    return allOf(
      written.entries.map(({ key, value }) => {
        const label = key === null ? null : this.one(key);
        return label === null ? null : { key: label, value };
      }),
    );
  }

  /** The display or literal that the name was bound to once and for all; anything else as it is. */
  #written(expression: Expression | undefined): Expression | undefined {
    if (expression?.kind !== 'Name') return expression;
    const value = this.#program.notebookNames.onlyValue(expression.id);
    const isChanged = this.#program
      .mentionsOf(expression.id)
      .some(({ mutates }) => mutates.has(expression.id));
    return value === null || isChanged ? expression : value;
  }
}

function allOf<T>(values: readonly (T | null)[]): T[] | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

/** What a call gets for a parameter: by its name, or at its place. */
export function argumentOf({ args, keywords }: Call, name: string, place: number): Expression | undefined {
  return (
    keywords.find((keyword) => keyword.name?.id === name)?.value ?? (place < 0 ? undefined : args[place])
  );
}

/** Whether the call has `**` or `*` among its arguments, so that nobody knows what it gets. */
export const isOpen = ({ args, keywords }: Call): boolean =>
  args.some(({ kind }) => kind === 'Starred') || keywords.some(({ name }) => name === null);

/** What is left of the columns. */
export const without = (columns: Columns, labels: Columns | null): Columns | null =>
  labels === null ? null : columns.filter((label) => !labels.includes(label));

/** Those that are new go to the end. */
export const withAll = (columns: Columns, labels: Columns | null): Columns | null =>
  labels === null ? null : [...columns, ...new Set(labels.filter((label) => !columns.includes(label)))];

import type { Node, Statement } from '../python/ast.js';
import type { Change, Code, Extract, Intent } from './contract.js';
import type { NotebookSyntax } from './render/cell-syntax.js';

interface Place {
  readonly name: string;
  readonly cell: number;
  readonly statement: Statement;
}

/**
 * The names that changes bring into the notebook (a map of codes), and the functions that other changes make of cells: a
 * name that is bound inside of such a function is not there outside of it.
 */
export class IntroducedNames {
  readonly #syntax: NotebookSyntax;
  readonly #accepted: { readonly change: Change; readonly parts: Parts }[] = [];

  constructor(syntax: NotebookSyntax) {
    this.#syntax = syntax;
  }

  /** The accepted change with which this one would bind a name where somebody cannot see it, or null. */
  findRival(change: Change): Change | null {
    const parts = this.#partsOf(change);
    const all = [...this.#accepted, { change, parts }];
    for (const bound of all)
      for (const used of all)
        for (const extract of all) {
          if (bound.parts.bound.length === 0) break;
          if (!isHidden(bound.parts.bound, used.parts.used, extract.parts.extracts)) continue;
          const others = [extract.change, bound.change, used.change].filter((one) => one !== change);
          if (others.length < 3 && others[0] !== undefined) return others[0];
        }
    return null;
  }

  accept(change: Change): void {
    this.#accepted.push({ change, parts: this.#partsOf(change) });
  }

  #partsOf(change: Change): Parts {
    const bound: Place[] = [];
    const used: Place[] = [];
    const extracts: Extract[] = [];
    for (const intent of change.intents) {
      if (intent.type === 'extract') extracts.push(intent);
      const at = placeOf(intent);
      const text = textOf(intent);
      if (at === null || text === '') continue;
      const { program } = this.#syntax;
      const place = { cell: program.cellOf(at).index, statement: program.statementOf(at).node };
      const [, name] = intent.type === 'insertAfter' ? (/^([A-Za-z_]\w*) *=(?!=)/.exec(text) ?? []) : [];
      if (name !== undefined && !this.#isBound(name)) bound.push({ name, ...place });
      for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) used.push({ name: word, ...place });
    }
    return { bound, used, extracts };
  }

  #isBound(name: string): boolean {
    return this.#syntax.program.statements.some((s) => s.writes.has(name) || s.maybeWrites.has(name));
  }
}

interface Parts {
  /** The new names, where they are bound. */
  readonly bound: readonly Place[];
  /** The words of all code, where it will stand. */
  readonly used: readonly Place[];
  readonly extracts: readonly Extract[];
}

/** Whether a name is bound in a function, and used outside of it. */
function isHidden(bound: readonly Place[], used: readonly Place[], extracts: readonly Extract[]): boolean {
  return extracts.some((extract) =>
    bound.some(
      (binding) =>
        isInside(extract, binding) &&
        used.some((use) => use.name === binding.name && !isInside(extract, use)),
    ),
  );
}

function isInside({ cells, outside }: Extract, { cell, statement }: Place): boolean {
  return cells.includes(cell) && !outside.includes(statement);
}

function placeOf(intent: Intent): Node | null {
  if ('call' in intent) return intent.call;
  if (intent.type === 'replaceExpression') return intent.node;
  if (intent.type === 'replaceStatements') return intent.statements[0] ?? null;
  return intent.type === 'insertAfter' ? intent.statement : null;
}

function textOf(intent: Intent): string {
  const written = (code: Code) => code.map((part) => (typeof part === 'string' ? part : ' ')).join('');
  if (intent.type === 'mergeEntries')
    return intent.entries.map(({ key, value }) => `${key}: ${value}`).join(', ');
  return 'code' in intent ? written(intent.code) : '';
}

import type { Node } from '../python/ast.js';
import type { Change, Code, Delete, Extract, Intent } from './contract.js';
import type { CellSyntax, NotebookSyntax } from './render/cell-syntax.js';

interface Range {
  readonly start: number;
  readonly end: number;
  readonly level: 'statement' | 'expression';
}

/** What an intent takes for itself of a cell: a range, but for the holes in which others may go on. */
interface Claim extends Range {
  readonly cell: number;
  readonly holes: readonly Range[];
  readonly intent: Intent;
}

/**
 * What the accepted changes have claimed so far. Two claims collide where neither lies in a hole of the other; two that
 * do not touch never do.
 */
export class Claims {
  readonly #syntax: NotebookSyntax;
  readonly #taken = new Map<number, { readonly claim: Claim; readonly owner: Change }[]>();
  readonly #extracts: { readonly extract: Extract; readonly owner: Change }[] = [];
  readonly #deletes: { readonly deletion: Delete; readonly owner: Change }[] = [];

  constructor(syntax: NotebookSyntax) {
    this.#syntax = syntax;
  }

  /** The accepted change that this one can't stand with, or null. */
  findRival(change: Change): Change | null {
    for (const intent of change.intents) {
      if (intent.type === 'extract') {
        const rival =
          this.#extracts.find((other) => meet(intent, other.extract)) ??
          this.#deletes.find((other) => this.#undoes(intent, other.deletion));
        if (rival !== undefined) return rival.owner;
      }
      if (intent.type === 'delete') {
        const rival = this.#extracts.find((other) => this.#undoes(other.extract, intent));
        if (rival !== undefined) return rival.owner;
      }
      for (const claim of this.#claimsOf(intent)) {
        const rival = this.#taken.get(claim.cell)?.find((other) => collide(claim, other.claim));
        if (rival !== undefined) return rival.owner;
      }
    }
    return null;
  }

  accept(change: Change): void {
    for (const intent of change.intents) {
      if (intent.type === 'extract') this.#extracts.push({ extract: intent, owner: change });
      if (intent.type === 'delete') this.#deletes.push({ deletion: intent, owner: change });
      for (const claim of this.#claimsOf(intent)) {
        const taken = this.#taken.get(claim.cell) ?? [];
        taken.push({ claim, owner: change });
        this.#taken.set(claim.cell, taken);
      }
    }
  }

  /** Whether what is deleted in the function lives on outside of it. */
  #undoes({ cells, parameters }: Extract, { statement, name }: Delete): boolean {
    return parameters.includes(name) && cells.includes(this.#syntax.of(statement).facts.index);
  }

  #claimsOf(intent: Intent): Claim[] {
    const claim = (node: Node, range: Range, holes: readonly Range[]): Claim => ({
      ...range,
      holes,
      intent,
      cell: this.#syntax.of(node).facts.index,
    });
    switch (intent.type) {
      case 'setKeyword':
      case 'mergeEntries': {
        const { call, name } = intent;
        const others = [...call.args, ...call.keywords.filter((keyword) => keyword.name?.id !== name)];
        const span: Range = { ...spanOf(call.argumentSpan), level: 'expression' };
        return [claim(call, span, others.map(expressionRange))];
      }
      case 'replaceExpression':
        return [claim(intent.node, expressionRange(intent.node), this.#holesOf(intent.code, intent.node))];
      case 'replaceStatements': {
        const [first] = intent.statements;
        const last = intent.statements.at(-1);
        if (first === undefined || last === undefined) return [];
        const end = this.#syntax.of(last).contentEnd(last);
        return [
          claim(first, { start: first.start, end, level: 'statement' }, this.#holesOf(intent.code, first)),
        ];
      }
      // What the statement did must be done still, or the name is wanted longer.
      case 'delete': {
        const range = statementRange(this.#syntax.of(intent.statement), intent.statement);
        return [claim(intent.statement, range, [])];
      }
      case 'insertAfter': {
        // Nothing of the statement itself is taken; only its end must stay where it is.
        const range = statementRange(this.#syntax.of(intent.statement), intent.statement);
        return [claim(intent.statement, range, [range])];
      }
      case 'show': {
        const range = statementRange(this.#syntax.of(intent.statement), intent.statement);
        return [claim(intent.statement, range, [{ ...range, level: 'expression' }])];
      }
      case 'drop':
        return [
          claim(intent.statement, statementRange(this.#syntax.of(intent.statement), intent.statement), []),
        ];
      case 'extract':
        return intent.outside.map((statement) => {
          const range = statementRange(this.#syntax.of(statement), statement);
          return claim(statement, range, [range]);
        });
    }
  }

  /** Where the code refers to nodes of the same cell: what is in there lives on. */
  #holesOf(code: Code, at: Node): Range[] {
    const cell = this.#syntax.of(at);
    return code.flatMap((part): Range[] => {
      if (typeof part === 'string' || this.#syntax.of(part.node) !== cell) return [];
      return [cell.rangeOf(part)];
    });
  }
}

function collide(a: Claim, b: Claim): boolean {
  if (!overlap(a, b)) return false;
  if (a.intent.type === 'insertAfter') return losesItsPlace(a, b);
  if (b.intent.type === 'insertAfter') return losesItsPlace(b, a);
  if (isSameCall(a.intent, b.intent)) return claimSameArgument(a.intent, b.intent);
  if (a.intent.type === 'show' && b.intent.type === 'show') return false;
  return !(contains(a, b) && isInHole(a, b)) && !(contains(b, a) && isInHole(b, a));
}

/** Whether there is no line left below which the insertion could stand, or none of its indent. */
function losesItsPlace(insertion: Claim, { intent, ...range }: Claim): boolean {
  if (intent.type === 'drop') return contains(range, insertion);
  if (intent.type !== 'replaceStatements') return false;
  const last = intent.statements.at(-1);
  const isLast = 'statement' in insertion.intent && insertion.intent.statement === last;
  return !isLast && contains(range, insertion);
}

function overlap(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isInHole(outer: Claim, inner: Claim): boolean {
  return outer.holes.some(
    (hole) => contains(hole, inner) && (hole.level === 'statement' || inner.level === 'expression'),
  );
}

function isSameCall(a: Intent, b: Intent): boolean {
  return 'call' in a && 'call' in b && a.call === b.call;
}

/** Whether two intents for one call want different things of one argument. */
function claimSameArgument(a: Intent, b: Intent): boolean {
  if (!('call' in a) || !('call' in b) || a.name !== b.name) return false;
  if (a.type === 'mergeEntries' && b.type === 'mergeEntries') {
    return a.entries.some((one) =>
      b.entries.some((other) => one.key === other.key && one.value !== other.value),
    );
  }
  return !(a.type === 'setKeyword' && b.type === 'setKeyword' && isSameText(a.code, b.code));
}

function isSameText(a: Code, b: Code): boolean {
  return (
    a.length === b.length &&
    a.every((part, at) => {
      const other = b[at];
      if (typeof part === 'string' || typeof other === 'string') return part === other;
      return part.node === other?.node && part.from === other.from;
    })
  );
}

function meet(one: Extract, other: Extract): boolean {
  const [first, last] = rangeOf(one.cells);
  const [from, to] = rangeOf(other.cells);
  return first <= to && from <= last;
}

function rangeOf(cells: readonly number[]): readonly [number, number] {
  return [cells[0] ?? 0, cells.at(-1) ?? 0];
}

const spanOf = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start, end });

function expressionRange(node: { readonly start: number; readonly end: number }): Range {
  return { start: node.start, end: node.end, level: 'expression' };
}

function statementRange(cell: CellSyntax, statement: Node): Range {
  return { start: statement.start, end: cell.contentEnd(statement), level: 'statement' };
}

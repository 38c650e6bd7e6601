import type { Call, Node, Statement } from '../../python/ast.js';
import type { Code, CodeReference, Extract, InsertAfter, Intent, ReplaceExpression } from '../contract.js';
import type { PlannedChange } from '../refactoring.js';
import { type ArgumentIntent, renderArguments } from './arguments.js';
import { activate, CellRenderer, type RenderState, type Splice } from './cell-renderer.js';
import { isStatement, type NotebookSyntax } from './cell-syntax.js';
import { renderExtract } from './extract.js';
import { findIndentUnit } from './indent-unit.js';
import { dropStatements, insertAfterStatement, replaceStatements, showStatement } from './statements.js';

/** A cell whose source is new: what it was made from, and by whom. */
export interface RenderedCell {
  /** Indexes of the old code cells. */
  readonly before: readonly number[];
  readonly source: string;
  /** Ids of the changes. */
  readonly changes: readonly string[];
}

/** Turns the intents of all changes into splices, each in its cell, and renders the cells that have any. */
export class NotebookRenderer {
  readonly extracts: readonly Extract[];
  readonly #syntax: NotebookSyntax;
  #unit: string | null = null;
  readonly #renderers = new Map<number, CellRenderer>();
  readonly #changesOf = new Map<number, Set<string>>();
  readonly #dropped = new Set<Statement>();

  constructor(syntax: NotebookSyntax, changes: readonly PlannedChange[]) {
    this.#syntax = syntax;
    const intents = changes.flatMap(({ change }) => change.intents);
    this.extracts = intents.filter((intent) => intent.type === 'extract');
    for (const intent of intents) if (intent.type === 'drop') this.#dropped.add(intent.statement);
    for (const { id, change } of changes) {
      for (const intent of change.intents)
        for (const cell of this.#cellsOf(intent)) this.#noteChange(cell, id);
    }
    this.#addArguments(intents);
    this.#addShows(intents);
    this.#addDrops();
    for (const intent of intents) this.#addIntent(intent);
  }

  /** The cells that have edits, in notebook order; those that are merged under the first one's index. */
  renderCells(): RenderedCell[] {
    const rendered: RenderedCell[] = [];
    const isDropped = (statement: Statement) => this.#dropped.has(statement);
    for (const [index, ids] of [...this.#changesOf].sort(([a], [b]) => a - b)) {
      const extract = this.extracts.find(({ cells }) => cells.includes(index));
      if (extract === undefined) {
        const source = this.#rendererOf(index).renderAll();
        if (source !== this.#syntax.cell(index).source)
          rendered.push({ before: [index], source, changes: [...ids] });
        continue;
      }
      if (extract.cells[0] !== index) continue;
      const changes = new Set(extract.cells.flatMap((cell) => [...(this.#changesOf.get(cell) ?? [])]));
      const source = renderExtract(extract, (cell) => this.#rendererOf(cell), this.#indentUnit(), isDropped);
      rendered.push({ before: extract.cells, source, changes: [...changes] });
    }
    return rendered;
  }

  #addIntent(intent: Intent): void {
    switch (intent.type) {
      case 'replaceExpression':
        this.#at(intent.node).add(this.#replaceExpression(intent));
        break;
      case 'replaceStatements': {
        const [first] = intent.statements;
        if (first === undefined) break;
        const renderer = this.#at(first);
        const splice = replaceStatements(renderer.syntax, intent, this.#renderCode);
        if (splice !== null) renderer.add(splice);
        break;
      }
      case 'insertAfter': {
        const renderer = this.#at(intent.statement);
        renderer.add(insertAfterStatement(renderer.syntax, intent, this.#renderCode));
        break;
      }
      case 'delete': {
        const { statement, name } = intent;
        const renderer = this.#at(statement);
        const insert: InsertAfter = { type: 'insertAfter', statement, code: [`del ${name}`] };
        renderer.add(insertAfterStatement(renderer.syntax, insert, this.#renderCode));
        break;
      }
      default:
    }
  }

  #addShows(intents: readonly Intent[]): void {
    const shown = new Set<Statement>();
    for (const intent of intents) {
      if (intent.type !== 'show' || shown.has(intent.statement)) continue;
      shown.add(intent.statement);
      const renderer = this.#at(intent.statement);
      renderer.add(showStatement(renderer, intent, this.#indentUnit()));
    }
  }

  #addDrops(): void {
    const byCell = new Map<CellRenderer, Set<Statement>>();
    for (const statement of this.#dropped) {
      const renderer = this.#at(statement);
      byCell.set(renderer, (byCell.get(renderer) ?? new Set()).add(statement));
    }
    for (const [renderer, statements] of byCell) renderer.add(...dropStatements(renderer.syntax, statements));
  }

  #addArguments(intents: readonly Intent[]): void {
    const byCall = new Map<Call, ArgumentIntent[]>();
    for (const intent of intents) {
      if (intent.type !== 'setKeyword' && intent.type !== 'mergeEntries') continue;
      byCall.set(intent.call, [...(byCall.get(intent.call) ?? []), intent]);
    }
    for (const [call, wanted] of byCall) {
      const renderer = this.#at(call);
      renderer.add(...renderArguments(renderer.syntax, call, wanted, this.#indentUnit(), this.#renderCode));
    }
  }

  #replaceExpression({ node, code }: ReplaceExpression): Splice {
    const { syntax } = this.#at(node);
    // A lone generator's parentheses are the call's as well: they stay.
    const inset = syntax.loneGeneratorCall(node) === null ? 0 : 1;
    const splice: Splice = {
      start: node.start + inset,
      end: node.end - inset,
      level: 'expression',
      render: (state) => {
        const indent = state.indent + syntax.lines.indent(node.start);
        return this.#renderCode(code, indent, activate(state, splice));
      },
    };
    return splice;
  }

  readonly #renderCode = (code: Code, indent: string, state: RenderState): string =>
    code
      .map((part, at) => {
        if (typeof part === 'string') return part.replaceAll('\n', `\n${indent}`);
        const deeper = state.indent + indentBefore(code[at - 1]);
        return this.#renderReference(part, isStatement(part.node) ? { ...state, indent: deeper } : state);
      })
      .join('');

  #renderReference(reference: CodeReference, state: RenderState): string {
    const renderer = this.#at(reference.node);
    const { start, end, level } = renderer.syntax.rangeOf(reference);
    return renderer.renderRange(start, end, state, level);
  }

  #at(node: Node): CellRenderer {
    return this.#rendererOf(this.#syntax.of(node).facts.index);
  }

  #rendererOf(cell: number): CellRenderer {
    let renderer = this.#renderers.get(cell);
    if (renderer === undefined) {
      renderer = new CellRenderer(this.#syntax.cell(cell));
      this.#renderers.set(cell, renderer);
    }
    return renderer;
  }

  #indentUnit(): string {
    this.#unit ??= findIndentUnit(this.#syntax.program);
    return this.#unit;
  }

  #noteChange(cell: number, id: string): void {
    const ids = this.#changesOf.get(cell) ?? new Set();
    this.#changesOf.set(cell, ids.add(id));
  }

  #cellsOf(intent: Intent): readonly number[] {
    return cellsTouched(this.#syntax, intent);
  }
}

/** How much deeper than the code a statement stands that is referred to behind this part. */
function indentBefore(part: Code[number] | undefined): string {
  return typeof part === 'string' ? (/\n([ \t]*)$/.exec(part)?.[1] ?? '') : '';
}

/** Indexes of the cells that the intent edits. */
export function cellsTouched(syntax: NotebookSyntax, intent: Intent): readonly number[] {
  if (intent.type === 'extract') return intent.cells;
  return [...new Set(nodesOf(intent).map((node) => syntax.of(node).facts.index))];
}

/** The nodes that the intent edits. */
export function nodesOf(intent: Intent): readonly Node[] {
  switch (intent.type) {
    case 'setKeyword':
    case 'mergeEntries':
      return [intent.call];
    case 'replaceExpression':
      return [intent.node];
    case 'replaceStatements':
      return intent.statements;
    case 'extract':
      return intent.outside;
    default:
      return [intent.statement];
  }
}

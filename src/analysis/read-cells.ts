import { type CellMarkers, readCellMarkers } from '../notebook/cell-markers.js';
import type { Magic } from '../notebook/magics.js';
import { maskSource } from '../notebook/mask-source.js';
import type { Cell, Notebook } from '../notebook/notebook.js';
import type { Expression, Module } from '../python/ast.js';
import type { Parser } from '../python/parse.js';

/** A cell with its syntax, before anything is known of its meaning. */
export interface ReadCell {
  readonly cell: Cell;
  readonly module: Module | null;
  readonly magics: readonly Magic[];
  readonly markers: CellMarkers;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  readonly opaque: string | null;
  readonly isHeading: boolean;
  readonly shown: Expression | null;
}

const DATABRICKS_EXPORT = /^# Databricks notebook source/;

/** Masks and parses every cell of the notebook. */
export function readCells(notebook: Notebook, parser: Parser): readonly ReadCell[] {
  const isDatabricks =
    'application/vnd.databricks.v1+notebook' in notebook.metadata ||
    notebook.cells.some((cell) => DATABRICKS_EXPORT.test(cell.source));
  const knownNames = new Set<string>();
  return notebook.cells.map((cell) => readCell(cell, parser, isDatabricks, knownNames));
}

function readCell(cell: Cell, parser: Parser, isDatabricks: boolean, knownNames: Set<string>): ReadCell {
  if (cell.type !== 'code') {
    const isHeading =
      cell.type === 'markdown' && /^ {0,3}#{1,6}\s|^ {0,3}(=+|-+)\s*$|<h[1-6]/im.test(cell.source);
    return {
      cell,
      module: null,
      magics: [],
      markers: readCellMarkers(cell, null),
      comments: [],
      opaque: null,
      isHeading,
      shown: null,
    };
  }
  const masked = maskSource(cell.source, { isDatabricks, knownNames });
  const markers = readCellMarkers(cell, masked);
  const base = { cell, magics: masked.magics, markers, isHeading: false };
  if (markers.otherLanguage !== null)
    return { ...base, module: null, comments: [], opaque: `it is in ${markers.otherLanguage}`, shown: null };
  const { module, errors, comments } = parser.parse(masked.text, cell.index);
  const [error] = errors;
  if (error !== undefined)
    return {
      ...base,
      module: null,
      comments: [],
      opaque: `it is no Python 3 (${error.message})`,
      shown: null,
    };
  for (const statement of module.body) noteTargets(statement, knownNames);
  const opaque = masked.magics.find((magic) => magic.effect === 'opaque');
  return {
    ...base,
    module,
    comments,
    opaque: opaque?.why ?? null,
    shown: findShown(cell, module, masked.magics),
  };
}

function noteTargets(statement: Module['body'][number], names: Set<string>): void {
  if (statement.kind === 'Assign')
    for (const target of statement.targets) if (target.kind === 'Name') names.add(target.id);
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') names.add(statement.name.id);
}

/** The expression whose value Jupyter shows below the cell. */
function findShown(cell: Cell, module: Module, magics: readonly Magic[]): Expression | null {
  const last = module.body.at(-1);
  if (last?.kind !== 'ExpressionStatement') return null;
  const rest = cell.source.slice(last.end).replace(/#[^\n]*/g, '');
  if (/^[\s)]*;/.test(rest)) return null;
  const hidden = magics.some(
    (magic) =>
      (magic.python === null && overlaps(magic.span, last)) || (magic.kind === 'cell' && !magic.givesValue),
  );
  return hidden ? null : last.value;
}

export function overlaps(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
): boolean {
  return a.start < b.end && b.start < a.end;
}

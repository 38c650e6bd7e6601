import type { ImportAlias, Statement } from '../ast.js';
import type { Conversion, ConvertStatement } from './conversion.js';

function convertImport(c: Conversion, node: number): Statement {
  refuseTrailingComma(c, node);
  return { kind: 'Import', ...c.span(node), source: c.source, names: convertAliases(c, c.named(node)) };
}

function convertImportFrom(c: Conversion, node: number): Statement {
  const [from, ...names] = c.named(node);
  if (from === undefined) c.refuse(node, 'invalid syntax');
  const isRelative = c.type(from) === 'relative_import';
  const [dots, dotted] = isRelative ? c.named(from) : [undefined, from];
  refuseTrailingComma(c, node);
  const isStar = names.some((name) => c.type(name) === 'wildcard_import');
  return {
    kind: 'ImportFrom',
    ...c.span(node),
    source: c.source,
    module: dotted === undefined ? '' : dottedName(c, dotted),
    level: dots === undefined ? 0 : c.textOf(dots).replace(/[^.]/g, '').length,
    names: isStar ? [] : convertAliases(c, names),
    isStar,
  };
}

function convertFutureImport(c: Conversion, node: number): Statement {
  refuseTrailingComma(c, node);
  const names = convertAliases(c, c.named(node));
  return {
    kind: 'ImportFrom',
    ...c.span(node),
    source: c.source,
    module: '__future__',
    level: 0,
    names,
    isStar: false,
  };
}

/** Within parentheses a last comma is taken; there the last child is the parenthesis. */
function refuseTrailingComma(c: Conversion, node: number): void {
  if (c.type(c.children(node).at(-1) ?? node) === '","') {
    c.refuse(node, 'trailing comma not allowed without surrounding parentheses');
  }
}

function convertAliases(c: Conversion, nodes: readonly number[]): ImportAlias[] {
  return nodes.map((node) => {
    const isAliased = c.type(node) === 'aliased_import';
    return {
      kind: 'ImportAlias',
      ...c.span(node),
      source: c.source,
      name: dottedName(c, isAliased ? c.child(node, 0) : node),
      asName: isAliased ? c.identifier(c.child(node, 1)) : null,
    };
  });
}

/** `a . b` is `a.b`. */
function dottedName(c: Conversion, node: number): string {
  return c
    .named(node)
    .map((part) => c.nameOf(part))
    .join('.');
}

export const importConverters: readonly (readonly [string, ConvertStatement])[] = [
  ['import_statement', convertImport],
  ['import_from_statement', convertImportFrom],
  ['future_import_statement', convertFutureImport],
];

import type { SourceOffset } from '../../text/offset.js';
import type { ClassDef, Expression, FunctionDef, Statement } from '../ast.js';
import { convertArguments } from './arguments.js';
import type { Conversion, ConvertStatement } from './conversion.js';
import { convertParameters } from './parameters.js';
import { convertTypeParams } from './types.js';

function convertDecorated(c: Conversion, node: number): Statement {
  const children = c.named(node);
  const definition = children.pop();
  if (definition === undefined) c.refuse(node, 'invalid syntax');
  const decorators = children.map((decorator) => c.expression(c.child(decorator, 0)));
  return c.type(definition) === 'class_definition'
    ? convertClass(c, definition, decorators, c.start(node))
    : convertFunction(c, definition, decorators, c.start(node));
}

function convertFunction(
  c: Conversion,
  node: number,
  decorators: readonly Expression[],
  start: SourceOffset,
): FunctionDef {
  const parts = new Map(c.named(node).map((child) => [c.type(child), child]));
  const name = c.child(node, 0);
  const parameters = parts.get('parameters');
  const block = parts.get('block');
  const returns = parts.get('type');
  if (parameters === undefined || block === undefined) c.refuse(node, 'invalid syntax');
  const head = {
    isAsync: c.type(node + 1) === '"async"',
    name: c.identifier(name),
    typeParams: convertTypeParams(c, parts.get('type_parameter') ?? null),
    params: convertParameters(c, parameters, start),
    returns: returns === undefined ? null : c.expression(returns),
    decorators,
  };
  const { body, end } = c.block(block);
  return { kind: 'FunctionDef', start, end, source: c.source, ...head, body };
}

function convertClass(
  c: Conversion,
  node: number,
  decorators: readonly Expression[],
  start: SourceOffset,
): ClassDef {
  const parts = new Map(c.named(node).map((child) => [c.type(child), child]));
  const list = parts.get('argument_list');
  const block = parts.get('block');
  if (block === undefined) c.refuse(node, 'invalid syntax');
  const { args, keywords } = list === undefined ? { args: [], keywords: [] } : convertArguments(c, list);
  const head = {
    name: c.identifier(c.child(node, 0)),
    typeParams: convertTypeParams(c, parts.get('type_parameter') ?? null),
    bases: args,
    keywords,
    decorators,
  };
  const { body, end } = c.block(block);
  return { kind: 'ClassDef', start, end, source: c.source, ...head, body };
}

export const definitionConverters: readonly (readonly [string, ConvertStatement])[] = [
  ['decorated_definition', convertDecorated],
  ['function_definition', (c, node) => convertFunction(c, node, [], c.start(node))],
  ['class_definition', (c, node) => convertClass(c, node, [], c.start(node))],
];

import type { SourceOffset } from '../../text/offset.js';
import type { Expression, Parameter, Parameters } from '../ast.js';
import type { Conversion } from './conversion.js';

/**
 * The parameters of a function (`parameters`, with its parentheses) or a lambda (`lambda_parameters`, without; null where
 * there are none, then `at` is where an empty span stands). A parameter's span holds its stars, annotation and default.
 */
export function convertParameters(c: Conversion, node: number | null, at: SourceOffset): Parameters {
  if (node === null) return { kind: 'Parameters', start: at, end: at, source: c.source, items: [] };
  let items: Parameter[] = [];
  let type: Parameter['type'] = 'positional-or-keyword';
  let bareStar: number | null = null;
  let hasSlash = false;
  for (const child of c.named(node)) {
    switch (c.type(child)) {
      case 'keyword_separator':
        if (type === 'keyword-only') c.refuse(child, "'*' may appear only once");
        type = 'keyword-only';
        bareStar = child;
        break;
      case 'positional_separator':
        if (items.length === 0) c.refuse(child, "at least one argument must precede '/'");
        if (hasSlash) c.refuse(child, "'/' may appear only once");
        if (type === 'keyword-only') c.refuse(child, "'/' must be ahead of '*'");
        hasSlash = true;
        items = items.map((item) => ({ ...item, type: 'positional-only' }));
        break;
      default: {
        const item = convertParameter(c, child, type);
        if (item.type === 'var-positional') {
          if (type === 'keyword-only') c.refuse(child, "'*' may appear only once");
          type = 'keyword-only';
        }
        if (bareStar !== null && item.type === 'var-keyword')
          c.refuse(bareStar, 'named arguments must follow bare *');
        bareStar = null;
        if (items.at(-1)?.type === 'var-keyword')
          c.refuse(child, 'arguments cannot follow var-keyword argument');
        items.push(item);
      }
    }
  }
  if (bareStar !== null) c.refuse(bareStar, 'named arguments must follow bare *');
  return { kind: 'Parameters', ...c.span(node), source: c.source, items };
}

function convertParameter(c: Conversion, node: number, type: Parameter['type']): Parameter {
  switch (c.type(node)) {
    case 'identifier':
      return parameter(c, node, node, type, null, null);
    case 'list_splat_pattern':
      return parameter(c, node, c.child(node, 0), 'var-positional', null, null);
    case 'dictionary_splat_pattern':
      return parameter(c, node, c.child(node, 0), 'var-keyword', null, null);
    case 'typed_parameter': {
      const inner = c.child(node, 0);
      const typed = convertParameter(c, inner, type);
      return { ...typed, ...c.span(node), annotation: c.expression(c.child(node, 1)) };
    }
    case 'default_parameter':
      return parameter(c, node, c.child(node, 0), type, null, c.expression(c.child(node, 1)));
    case 'typed_default_parameter': {
      const [name = node, annotation = node, value = node] = c.named(node);
      return parameter(c, node, name, type, c.expression(annotation), c.expression(value));
    }
    case 'tuple_pattern':
      return c.refuse(node, 'a tuple as parameter is Python 2', 'python-2');
    default:
      return c.refuse(node, 'invalid syntax');
  }
}

function parameter(
  c: Conversion,
  node: number,
  name: number,
  type: Parameter['type'],
  annotation: Expression | null,
  value: Expression | null,
): Parameter {
  if (c.type(name) === 'tuple_pattern') c.refuse(name, 'a tuple as parameter is Python 2', 'python-2');
  if (c.type(name) !== 'identifier') c.refuse(name, 'invalid syntax');
  return {
    kind: 'Parameter',
    ...c.span(node),
    source: c.source,
    type,
    name: c.identifier(name),
    annotation,
    default: value,
  };
}

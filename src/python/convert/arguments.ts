import type { Expression, Keyword } from '../ast.js';
import type { Conversion } from './conversion.js';

/** The arguments of a call, or the bases and keywords of a class. `list` is an `argument_list`. */
export function convertArguments(
  c: Conversion,
  list: number,
): { readonly args: Expression[]; readonly keywords: Keyword[] } {
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  const end = c.next(list);
  if (c.type(list + 2) === '","') c.refuse(list, 'invalid syntax'); // `f(,)`
  for (let child = list + 1; child < end; child = c.next(child)) {
    switch (c.type(child)) {
      case '"("':
      case '")"':
      case '","':
        break;
      case 'keyword_argument':
        keywords.push(convertKeyword(c, child));
        break;
      case 'dictionary_splat':
        keywords.push({
          kind: 'Keyword',
          ...c.span(child),
          source: c.source,
          name: null,
          value: c.expression(c.child(child, 0)),
        });
        break;
      default:
        args.push(c.expression(child));
    }
  }
  return { args, keywords };
}

function convertKeyword(c: Conversion, node: number): Keyword {
  return {
    kind: 'Keyword',
    start: c.start(node),
    end: c.end(node),
    source: c.source,
    name: c.identifier(node + 1),
    value: c.expression(c.child(node, 1)),
  };
}

import { execFileSync } from 'node:child_process';
import { findTorchPython } from '../environments.js';

/** The first Python that has PyTorch; undefined where none has. */
export const torchPython = findTorchPython();

/** Shows what the cells of each program print and show, as one text; an error by its class, which ends the program. */
const RUN = `
import ast, contextlib, io, json, sys, warnings
warnings.simplefilter("ignore")
results = []
for cells in json.load(sys.stdin):
    space, out = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(out):
        for cell in cells:
            tree = ast.parse(cell)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            try:
                exec(compile(tree, "cell", "exec"), space)
                value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), space)
                if value is not None:
                    print("shown:", repr(value))
            except Exception as error:
                print(type(error).__name__)
                break
    results.append(out.getvalue())
print(json.dumps(results))
`;

/** What each program shows, each in a name space of its own, all in one process: the import of torch takes seconds. */
export function runWithTorch(programs: readonly (readonly string[])[]): readonly string[] {
  const output = execFileSync(torchPython ?? 'python3', ['-c', RUN], {
    encoding: 'utf8',
    input: JSON.stringify(programs),
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as string[];
}

/** The sources of a notebook's code cells. */
export function sourcesOf(text: string): readonly string[] {
  const { cells } = JSON.parse(text) as { cells: { source: string[] }[] };
  return cells.map(({ source }) => source.join(''));
}

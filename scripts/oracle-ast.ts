import { writeFileSync } from 'node:fs';
import { loadParser } from '../src/python/parse.js';
import { firstDifference } from '../test/python-syntax/compare-ast.js';
import { askPython, findPython, type Json } from '../test/python-syntax/cpython.js';
import { readSources } from '../test/python-syntax/read-sources.js';

/**
 * Compares our syntax trees with CPython's over every code cell and every .py file of folders:
 *
 *     node dist/scripts/oracle-ast.js [--python python3.13] [--report report.json] DIR...
 *
 * Prints how many sources agree, and the others by reason. Exit code 1 where a source that both accept has two trees.
 */
const args = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const python = option('--python') ?? findPython('python3.13', 'python3') ?? 'python3';
const report = option('--report');
const parser = await loadParser();
const sources = args.flatMap((directory) => [...readSources(directory)]);
const reasons = new Map<string, { where: string; detail: string }[]>();
const note = (reason: string, where: string, detail: string): void => {
  reasons.set(reason, [...(reasons.get(reason) ?? []), { where, detail }]);
};
const CHUNK = 2000;
for (let at = 0; at < sources.length; at += CHUNK) {
  const chunk = sources.slice(at, at + CHUNK);
  const answers = askPython(
    python,
    'dump_ast.py',
    chunk.map((source) => source.text),
  );
  for (const [index, { name, text }] of chunk.entries()) {
    const theirs = (answers[index] ?? null) as { readonly [key: string]: Json };
    const ours = parser.parse(text, 0);
    const [problem] = ours.errors;
    const refused = typeof theirs['error'] === 'string' ? theirs['error'] : null;
    if (problem !== undefined && refused !== null) note('both refuse', name, `${problem.code}: ${refused}`);
    else if (problem !== undefined) {
      note(
        `only we refuse (${problem.code})`,
        name,
        `${problem.message}: ${text.slice(problem.start, problem.end + 20)}`,
      );
    } else if (refused !== null)
      note('only CPython refuses', name, `${refused} at line ${String(theirs['line'])}`);
    else {
      const difference = firstDifference(ours.module, theirs);
      note(difference === null ? 'same tree' : 'other tree', name, difference ?? '');
    }
  }
}
console.log(`${sources.length} sources, ${python}, ${parser.engine}`);
for (const [reason, cases] of reasons) {
  console.log(`${String(cases.length).padStart(8)}  ${reason}`);
  if (reason !== 'same tree' && reason !== 'both refuse') {
    for (const { where, detail } of cases.slice(0, 20))
      console.log(`          ${where}: ${detail.slice(0, 150).replaceAll('\n', '⏎')}`);
  }
}
if (report !== undefined) writeFileSync(report, JSON.stringify([...reasons], null, 1));
process.exit(reasons.has('other tree') ? 1 : 0);

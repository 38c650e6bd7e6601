import { compileProblems } from '../src/python/compile-check.js';
import { loadParser } from '../src/python/parse.js';
import { firstDifference } from '../test/python-syntax/compare-ast.js';
import { askPython, findPython, type Json } from '../test/python-syntax/cpython.js';
import { readSources } from '../test/python-syntax/read-sources.js';

/**
 * Breaks the code cells and .py files of folders a little, at random, and compares our verdict with CPython's compiler:
 *
 *     node dist/scripts/oracle-compile.js [--python python3.13] [--seed 1] [--count 20000] DIR...
 *
 * Exit code 1 where CPython refuses what we take, or both take it and have other trees.
 */
const args = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const python = option('--python') ?? findPython('python3.13', 'python3') ?? 'python3';
let seed = Number(option('--seed') ?? 1);
const count = Number(option('--count') ?? 20_000);

/** A small generator of random numbers (mulberry32), so that a seed gives the same run again. */
function random(below: number): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
}

const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;

const SNIPPETS =
  `return|yield x|await x|break|continue|global x|nonlocal x|*|**|:=|=|+=|,|:|;|(|)|[|]|{|}|not|in|is|if|else|
lambda: 0|lambda x, x: 0|f(a=1, a=2)|f(a=1, b)|x: int|*x|*x,|(x := 1)|x := 1|def f(a=1, b): pass|def f(a, a): pass|del f()|
del x|for|async|await|from m import *|from __future__ import division|import a.b as c|@|->|...|print x|"a" b"c"|f"{x}"|f"{}"|
0777|1_0|1__0|None|True|[x for x in y]|[y := 1 for y in z]|(yield)|try:|except:|finally:|else:|match x:|case _:|type X = int|
\\|#|'|"|\t|&|^|a & b ^ c|<>|!=|==|raise|assert|with a as b, c:|while x: pass|class C(a, b=1): pass|pass|global x, y`
    .replaceAll('\n', '')
    .split('|');

function mutate(text: string): string {
  const lines = text.split('\n');
  const at = random(lines.length);
  const line = lines[at] ?? '';
  const tokens = line.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const token = random(tokens.length + 1);
  switch (random(7)) {
    case 0:
      lines[at] = pick([' ', '  ', '    ', '\t']) + line;
      break;
    case 1:
      lines[at] = line.replace(/^( {1,4}|\t)/, '');
      break;
    case 2:
      lines.splice(at, 1);
      break;
    case 3:
      lines.splice(random(lines.length), 0, line);
      break;
    case 4:
      tokens.splice(token, 1);
      lines[at] = tokens.join('');
      break;
    case 5:
      tokens.splice(token, 0, ` ${pick(SNIPPETS)} `);
      lines[at] = tokens.join('');
      break;
    default:
      lines.splice(at, 0, (/^\s*/.exec(line)?.[0] ?? '') + pick(SNIPPETS));
  }
  return lines.join('\n');
}

const parser = await loadParser();
const sources = args
  .flatMap((directory) => [...readSources(directory)])
  .filter(({ text }) => text.length < 5000);
const counts = new Map<string, number>();
const examples = new Map<string, string[]>();
const note = (verdict: string, example: string): void => {
  counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const list = examples.get(verdict) ?? [];
  if (list.length < 400) list.push(example);
  examples.set(verdict, list);
};
for (let done = 0; done < count; done += 2000) {
  const mutants = Array.from({ length: Math.min(2000, count - done) }, () => mutate(pick(sources).text));
  for (const [index, answer] of askPython(python, 'dump_ast.py', mutants).entries()) {
    const text = mutants[index] ?? '';
    const theirs = answer as { readonly [key: string]: Json };
    const refusal = theirs['error'] ?? theirs['compileError'] ?? null;
    const { module, errors } = parser.parse(text, 0);
    if (/^\s*(?:#.*\s+)*[ \t]+(?![\s#])/.test(text.slice(0, module.body[0]?.start ?? 0).concat('x')))
      continue; // IPython dedents it
    const [problem] = errors.length > 0 ? errors : compileProblems(module, text);
    const around = (offset: number): string =>
      text.slice(Math.max(0, offset - 40), offset + 60).replaceAll('\n', '⏎');
    if (refusal !== null && problem === undefined) {
      const line = /line (\d+)/.exec(String(refusal))?.[1] ?? theirs['line'] ?? 1;
      const lines = text.split('\n');
      note(
        'only CPython refuses',
        `${String(refusal)} | ${lines.slice(Math.max(0, Number(line) - 3), Number(line) + 1).join('⏎')}`,
      );
    } else if (refusal === null && problem !== undefined) {
      note('only we refuse', `${problem.message} | ${around(problem.start)}`);
    } else if (refusal === null) {
      const difference = firstDifference(module, theirs);
      note(difference === null ? 'same tree' : 'other tree', `${String(difference)} | ${text.slice(0, 300)}`);
    } else note('both refuse', '');
  }
}
console.log(`${count} mutants, ${python}`, Object.fromEntries(counts));
for (const verdict of ['only CPython refuses', 'other tree', 'only we refuse']) {
  console.log(`\n${verdict}`);
  for (const example of (examples.get(verdict) ?? []).slice(0, Number(process.env['EXAMPLES'] ?? 25))) {
    console.log(`  ${example.slice(0, 260)}`);
  }
}
process.exit(counts.has('only CPython refuses') || counts.has('other tree') ? 1 : 0);

/** A rewritten notebook that is wrong, or might be: one change to the source of one cell. */
export interface Mutant {
  readonly kind: string;
  /** The whole file. */
  readonly text: string;
}

interface CodeCell {
  readonly cell_type: string;
  source: string | string[];
}

/** For each match of `pattern` in a cell's source, what comes in its place; null for none. */
interface Mutation {
  readonly kind: string;
  readonly pattern: RegExp;
  replace(match: RegExpExecArray): string | null;
}

const NARROWER: Readonly<Record<string, string>> = {
  int64: 'int32',
  int32: 'int16',
  int16: 'int8',
  uint64: 'uint32',
  uint32: 'uint16',
  uint16: 'uint8',
  float64: 'float32',
  float32: 'float16',
};

const MUTATIONS: readonly Mutation[] = [
  {
    kind: 'drop a returned value',
    pattern: /^( +return )(\w+)((?:, \w+)*)$/gm,
    replace: ([, keyword = '', , rest = '']) => `${keyword}None${rest}`,
  },
  {
    kind: 'swap two returned values',
    pattern: /^( +return )(\w+), (\w+)/gm,
    replace: ([, keyword = '', first = '', second = '']) => `${keyword}${second}, ${first}`,
  },
  {
    kind: 'swap two shown values',
    pattern: /^( *)((?:display|print)\(.*\))\n((?: *\n)*)\1((?:display|print)\(.*\))$/gm,
    replace: ([, indent = '', first = '', blank = '', second = '']) =>
      first === second ? null : `${indent}${second}\n${blank}${indent}${first}`,
  },
  {
    kind: 'swap two shown values',
    pattern: /\bprint\((\w[\w.()]*), (\w[\w.()]*)\)/g,
    replace: ([, first = '', second = '']) => (first === second ? null : `print(${second}, ${first})`),
  },
  {
    kind: 'narrow a type by one size',
    pattern: /'(u?int|float)(64|32|16)'/g,
    replace: ([, kind = '', size = '']) => `'${NARROWER[kind + size] ?? ''}'`,
  },
  { kind: 'drop a .copy()', pattern: /\.copy\(\)/g, replace: () => '' },
  {
    kind: 'lose a mutation',
    pattern:
      /^( *)(?:\w+(?:\.\w+)*\[[^\]\n]*\] [+*/-]?= .*|\w+\.(?:append|extend|update|insert|pop|sort)\(.*\)|\w+ [+*-]= .*)$/gm,
    replace: ([, indent = '']) => `${indent}pass`,
  },
  { kind: 'lose a mutation', pattern: /, inplace=True|inplace=True/g, replace: () => '' },
  {
    kind: 'merge two plots',
    pattern: /^( *)plt\.(?:show|figure|close)\(.*\)$/gm,
    replace: ([, indent = '']) => `${indent}pass`,
  },
  {
    kind: 'change a float in the 5th digit',
    pattern: /\.(?:mean|sum|max|min|std|median)\(\)(?=\s*(?:$|[),\]]))/gm,
    replace: ([call]) => `${call} * 1.00001`,
  },
  {
    kind: 'change a float in the 5th digit',
    pattern: /(?<![\w.'"])\d+\.\d+(?![\w.'"])/g,
    replace: ([number]) => String(Number(number) * 1.00001),
  },
  {
    kind: 'swallow an exception',
    pattern: /^(?! )(\w+ = )?(.*(?:raise|int\(|1 \/ 0|\/ 0|\.loc\[|\.drop\().*)$/gm,
    replace: ([line]) =>
      line.includes('def ') || line.endsWith(':') ? null : `try:\n    ${line}\nexcept Exception:\n    pass`,
  },
  {
    kind: 'add an alias that is changed',
    pattern: /^( *)(\w+) = (?:pd\.read_csv\(.*\)|pd\.DataFrame\(.*\))$/gm,
    replace: ([line, indent = '', name = '']) =>
      `${line}\n${indent}alias_ = ${name}\n${indent}alias_.insert(0, 'alias_', 1)`,
  },
  { kind: 'drop a display', pattern: /^( *)display\(.*\)$/gm, replace: ([, indent = '']) => `${indent}pass` },
  { kind: 'drop a display', pattern: /^( *)print\(.*\)$/gm, replace: ([, indent = '']) => `${indent}pass` },
  {
    kind: 'drop a display',
    pattern: /^([a-z_]\w*(?:\.\w+\([^()\n]*\)|\.\w+|\[[^\]\n]*\])*)(?![\s\S])/gm,
    replace: ([line]) => `${line};`,
  },
  {
    kind: 'another comparison',
    pattern: / (>|<|==) (?=[\w'"-])/g,
    replace: ([, sign]) => (sign === '==' ? ' != ' : sign === '>' ? ' >= ' : ' <= '),
  },
  {
    kind: 'another number',
    pattern: /(?<=[=(,] ?)(\d{1,4})(?=[),\n])/g,
    replace: ([number]) => String(Number(number) + 1),
  },
  {
    kind: 'drop a line',
    pattern: /^( +)(?!return|def|for|if|while|with|try|else|except|"""|import|from)\w+ = .+$/gm,
    replace: ([line, indent = '']) => (/[([{]$/.test(line) ? null : `${indent}pass`),
  },
];

/** All mutants of a notebook, in a fixed order. */
export function* mutantsOf(text: string): Generator<Mutant> {
  const notebook = JSON.parse(text) as { cells: CodeCell[] };
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue;
    const original = cell.source;
    const source = typeof original === 'string' ? original : original.join('');
    for (const { kind, pattern, replace } of MUTATIONS) {
      for (const match of source.matchAll(pattern)) {
        const replacement = replace(match);
        if (replacement === null || replacement === match[0]) continue;
        cell.source =
          source.slice(0, match.index) + replacement + source.slice(match.index + match[0].length);
        yield { kind, text: JSON.stringify(notebook) };
      }
    }
    cell.source = original;
  }
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inspectFile, judgeCell, judgeColumns, traceNotebooks } from '../test/analysis/traced.js';

/**
 * Runs notebooks under a tracer and compares what their cells were seen to do with what the analysis says of them:
 *
 *     node dist/scripts/oracle-trace.js --python PATH [--root DIR] [--list FILE] [--unknown] [NOTEBOOK...]
 *
 * `--unknown` says which frames and series are not known as such. The notebooks run where they stand: give copies. Exit code 1
 * where something was seen that is not said.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    root: { type: 'string', default: '.' },
    list: { type: 'string' },
    unknown: { type: 'boolean', default: false },
  },
});
const listed =
  options.list === undefined
    ? []
    : readFileSync(options.list, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('#'))
        .map((line) => line.split('\t')[0] ?? '');
const notebooks = [...listed, ...positionals].map((name) => path.resolve(options.root, name));

const counts = { notebooks: 0, cells: 0, opaque: 0, exactNames: 0, exactMutates: 0, missed: 0 };
const types = { seen: 0, known: 0, wrong: 0 };
const columns = { seen: 0, known: 0, wrong: 0 };
for await (const { notebook, cells, failure } of traceNotebooks(options.python, notebooks, {
  isInPlace: true,
})) {
  const name = path.relative(options.root, notebook);
  if (failure !== null) {
    console.log(`${name}: ${failure}`);
    continue;
  }
  const inspection = await inspectFile(notebook);
  counts.notebooks += 1;
  for (const seen of cells) {
    const said = inspection.cells[seen.index - 1];
    if (said === undefined) throw new Error(`${name} has no cell ${seen.index}`);
    // What a cell that fails leaves out of what it would do says nothing.
    const verdict = judgeCell(said, seen, inspection.opaque);
    counts.cells += 1;
    counts.missed += verdict.missed.length;
    if (verdict.isOpaque) counts.opaque += 1;
    else {
      if (verdict.isExact.names || seen.failed) counts.exactNames += 1;
      if (verdict.isExact.mutates || seen.failed) counts.exactMutates += 1;
    }
    for (const what of verdict.missed) console.log(`${name}, cell ${seen.index}: ${what}`);
  }
  const last = cells.at(-1);
  if (last === undefined || last.failed) continue;
  const verdict = judgeColumns(inspection, last);
  columns.seen += verdict.frames;
  columns.known += verdict.known;
  columns.wrong += verdict.wrong.length;
  for (const what of verdict.wrong) console.log(`${name}: ${what}`);
  for (const [variable, type] of Object.entries(last.types)) {
    if (type !== 'DataFrame' && type !== 'Series') continue;
    types.seen += 1;
    const said = inspection.names[variable];
    if (said === type) types.known += 1;
    else if (said !== 'unknown' && said !== undefined) {
      types.wrong += 1;
      console.log(`${name}: ${variable} is a ${type}, not a ${said}`);
    } else if (options.unknown) console.log(`${name}: ${variable} is a ${type}, which is not known`);
  }
}
const share = (part: number, of: number) =>
  `${part} of ${of} (${((100 * part) / Math.max(1, of)).toFixed(1)} %)`;
console.log(`
notebooks                     ${counts.notebooks}
opaque cells                  ${share(counts.opaque, counts.cells)}
seen and not said             ${counts.missed}
reads and writes are exact    ${share(counts.exactNames, counts.cells)}
mutations are exact           ${share(counts.exactMutates, counts.cells)}
frames and series known       ${share(types.known, types.seen)}, ${types.wrong} wrong
columns of frames known       ${share(columns.known, columns.seen)}, ${columns.wrong} wrong`);
process.exitCode = counts.missed + types.wrong + columns.wrong > 0 ? 1 : 0;

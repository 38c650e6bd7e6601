import path from 'node:path';
import type { Notebook } from '../notebook/notebook.js';
import type { RunJob } from './run-notebook.js';

/** What is needed to run a notebook as if it stood at `file`. */
export function runJob(notebook: Notebook, file: string, place: string): RunJob {
  const directory = path.dirname(path.resolve(file));
  const source = path.resolve(directory, ...Array<string>(levelsUp(notebook)).fill('..'));
  const within = path.relative(source, directory);
  return { cells: pythonCells(notebook), source, within, place, census: false };
}

function pythonCells({ cells }: Notebook): RunJob['cells'] {
  return cells
    .filter(({ type, languageId }) => type === 'code' && (languageId === null || languageId === 'python'))
    .map(({ index, source, tags }) => ({ cell: index, source, mayRaise: tags.includes('raises-exception') }));
}

/** How far above its own directory the notebook's code reaches: `../input/a.csv` needs the directory above to be copied too. */
function levelsUp({ cells }: Notebook): number {
  const ways = cells.flatMap(({ type, source }) => (type === 'code' ? (source.match(UPWARDS) ?? []) : []));
  return ways.reduce((most, way) => Math.max(most, way.split('..').length - 1), 0);
}

const UPWARDS = /(?<![\w.])(?:\.\.[/\\]+)+|(?<=['"])\.\.(?=['"])/g;

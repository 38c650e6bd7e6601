import { analyzeNotebook } from '../../src/analysis/analyze.js';
import type { Program } from '../../src/analysis/program.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { loadParser } from '../../src/python/parse.js';

/** The program of a notebook that has these code cells. */
export async function analyzeCells(...sources: readonly string[]): Promise<Program> {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: { kernelspec: { language: 'python', name: 'python3', display_name: 'Python 3' } },
    cells: sources.map((source) => ({
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
  };
  return analyzeNotebook(readNotebook(JSON.stringify(notebook), 'cells.ipynb'), await loadParser());
}

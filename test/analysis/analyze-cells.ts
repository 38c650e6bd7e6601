import { analyzeNotebook } from '../../src/analysis/analyze.js';
import type { Program } from '../../src/analysis/program.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';
import { loadParser } from '../../src/python/parse.js';
import { notebookOf } from '../notebook-of.js';

/** The program of a notebook that has these code cells. */
export async function analyzeCells(...sources: readonly string[]): Promise<Program> {
  return analyzeNotebook(readNotebook(notebookOf(...sources), 'cells.ipynb'), await loadParser());
}

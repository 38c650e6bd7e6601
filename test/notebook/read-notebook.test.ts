import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { findErrorOutput, listMimeTypes } from '../../src/notebook/outputs.js';
import { readNotebook } from '../../src/notebook/read-notebook.js';

const wrap = (cells: string, rest = '"nbformat":4,"nbformat_minor":5') => `{"cells":[${cells}],${rest}}`;

describe('what is refused, and how', () => {
  it.each([
    ['', 'the file is empty, not a notebook'],
    [' \n', 'the file is empty, not a notebook'],
    ['[]', 'not a notebook: the file holds no JSON object'],
    ['{}', 'not a notebook: it has neither "nbformat" nor "cells"'],
    ['{"nbformat":4}', 'not a notebook: "cells" is missing or no list'],
    ['{"nbformat":4,\n "cells":[}', 'not valid JSON: line 2, column 11: expected a value, found "}"'],
    [
      '{"nbformat":4,\r\n "cells":["a\n"]}',
      'not valid JSON: line 2, column 13: a line break or control character inside a string',
    ],
    ['{"nbformat":NaN, x}', 'not valid JSON: line 1, column 18: expected a key in quotes, found "x"'],
    ['{"a":1\n', 'not valid JSON: line 2, column 1: expected "," or "}", found the end of the file'],
    [
      '{"a":1\n<<<<<<< HEAD\n}',
      'not valid JSON: line 2, column 1: a git conflict marker; resolve the conflict first',
    ],
    ['{"a":01}', 'not valid JSON: line 1, column 6: expected a value, found "0"'],
    ['\uFEFF{"a":"\\x"}', 'not valid JSON: line 1, column 7: an escape that JSON does not know'],
    ['{} {}', 'not valid JSON: line 1, column 4: expected the end of the file, found "{"'],
    ['<!DOCTYPE html>', 'this is an HTML page, not a notebook; download the raw file'],
    [
      'version https://git-lfs.github.com/spec/v1\noid',
      'this is a Git LFS pointer, not the notebook itself; run `git lfs pull` first',
    ],
    [
      '{"nbformat":3,"worksheets":[]}',
      'this is nbformat 3, which nbslim does not read; convert it with `jupyter nbconvert --to notebook --nbformat 4`, or open and save it in Jupyter',
    ],
    ['{"nbformat":5,"cells":[]}', 'this is nbformat 5; nbslim knows nbformat 4'],
    [wrap('1'), 'cell 1: not a valid notebook: the cell is no JSON object'],
    [wrap('{"cell_type":"heading","source":""}'), 'cell 1: not a valid notebook: "cell_type" is "heading"'],
    [
      wrap('{"cell_type":"code"}'),
      'cell 1: not a valid notebook: "source" is neither a string nor a list of strings',
    ],
    [
      wrap('', '"nbformat":4,"metadata":{"kernelspec":{"name":"ir"}}'),
      "the notebook's language is R; nbslim rewrites Python notebooks only",
    ],
    [
      wrap('', '"nbformat":4,"metadata":{"kernelspec":{"language":"julia"}}'),
      "the notebook's language is julia; nbslim rewrites Python notebooks only",
    ],
    [
      wrap('', '"nbformat":4,"metadata":{"kernelspec":{"name":"python3"},"language_info":{"name":"scala"}}'),
      "the notebook's language is scala; nbslim rewrites Python notebooks only",
    ],
  ])('%j', (text, message) => {
    const read = () => readNotebook(text, 'n.ipynb');
    expect(read).toThrow(UserError);
    expect(read).toThrow(new UserError(`n.ipynb:${message.startsWith('cell') ? '' : ' '}${message}`));
  });
});

describe('what is read', () => {
  it.each(['python3', 'conda-env-ml-py', 'tf2', 'Python [default]'])(
    'kernel %s is taken for Python',
    (name) => {
      const text = wrap('', `"nbformat":4,"metadata":{"kernelspec":{"name":"${name}"}}`);
      expect(readNotebook(text, 'n').cells).toEqual([]);
    },
  );

  it('cells with the spans of what counts: of doubled keys the last', () => {
    const text = `\uFEFF{"cells": [1], "nbformat": 4, "nbformat_minor": 5, "c\\u0065lls" : [ {"source":"no", "source": ["a\\n", "b", "c"], "cell_type":"code", "execution_count": 3, "outputs": [], "id":"i", "metadata": {"tags":["t", 1], "vscode":{"languageId":"sql"}}}, {"cell_type":"raw","source":"\\"]}"}]}`;
    const notebook = readNotebook(text, 'n');
    const [first, second] = notebook.cells;
    expect(first).toMatchObject({
      index: 1,
      type: 'code',
      id: 'i',
      source: 'a\nbc',
      tags: ['t'],
      executionCount: 3,
      languageId: 'sql',
      outputs: [],
    });
    expect(second).toMatchObject({
      index: 2,
      type: 'raw',
      id: null,
      source: '"]}',
      executionCount: null,
      outputs: [],
    });
    const part = (span: { start: number; end: number } | null | undefined) =>
      span && text.slice(span.start, span.end);
    expect(part(first?.spans.source)).toBe('["a\\n", "b", "c"]');
    expect(part(first?.spans.metadata)).toBe('{"tags":["t", 1], "vscode":{"languageId":"sql"}}');
    expect(part(first?.spans.executionCount)).toBe('3');
    expect(part(first?.spans.id)).toBe('"i"');
    expect(part(second?.spans.cell)).toBe('{"cell_type":"raw","source":"\\"]}"}');
    expect(part(notebook.cellsSpan)?.startsWith('[ {"source":"no"')).toBe(true);
  });

  it('outputs, NaN among them, when asked for', () => {
    const cell = `{"cell_type":"code","source":"","outputs":[
      {"output_type":"stream","name":"stdout","text":["a\\n","NaN"]},
      {"output_type":"display_data","data":{"text/plain":["x","y"],"application/json":{"v":[NaN,Infinity,-Infinity]}},"metadata":{}},
      {"output_type":"error","ename":"KeyError","evalue":"'a'","traceback":["t"]}, {"output_type":"pyout"}, 1]}`;
    const outputs = readNotebook(wrap(cell), 'n').cells[0]?.outputs ?? [];
    expect(outputs).toEqual([
      { kind: 'stream', name: 'stdout', text: 'a\nNaN' },
      {
        kind: 'display_data',
        data: new Map<string, unknown>([
          ['text/plain', 'xy'],
          ['application/json', { v: [null, Infinity, -Infinity] }],
        ]),
        metadata: {},
      },
      { kind: 'error', name: 'KeyError', value: "'a'", traceback: ['t'] },
      { kind: 'unknown', outputType: 'pyout' },
      { kind: 'unknown', outputType: null },
    ]);
    expect(findErrorOutput(outputs)?.name).toBe('KeyError');
    expect(listMimeTypes(outputs)).toEqual(['text/plain', 'application/json']);
  });

  it('a file nested more deeply than a recursion could go', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    const text = wrap('', `"nbformat":4,"x":${deep}`);
    expect(readNotebook(text, 'n').cells).toEqual([]);
  });
});

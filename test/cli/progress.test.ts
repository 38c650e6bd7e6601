import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startProgress } from '../../src/cli/progress.js';

let written: string;
const streams = (isTerminal: boolean) => ({
  out: (text: string) => {
    written += `<${text}>`;
  },
  error: (text: string) => {
    written += text;
  },
  outIsClosed: false,
  outIsTerminal: isTerminal,
  errorIsTerminal: isTerminal,
});

beforeEach(() => {
  written = '';
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('is silent on what is no terminal', () => {
  const progress = startProgress(streams(false), 3);
  vi.advanceTimersByTime(5000);
  progress.notebookDone();
  progress.end();
  expect(written).toBe('');
});

it('is silent for a second', () => {
  const progress = startProgress(streams(true), 3);
  vi.advanceTimersByTime(900);
  progress.notebookDone();
  progress.end();
  expect(written).toBe('');
});

it('says how far the work is, and makes way for what is told', () => {
  const progress = startProgress(streams(true), 3);
  vi.advanceTimersByTime(1000);
  progress.bytesScanned(2 << 20);
  progress.notebookDone();
  vi.advanceTimersByTime(100);
  progress.notebookDone();
  progress.message('told\n');
  progress.content('diff');
  progress.end();
  expect(written).toBe(
    '\r\x1b[K0 of 3 notebooks, 2.0 MiB of data scanned' +
      '\r\x1b[K2 of 3 notebooks, 2.0 MiB of data scanned' +
      '\r\x1b[Ktold\n<diff>',
  );
});

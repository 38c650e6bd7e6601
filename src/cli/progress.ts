import { formatBytes } from '../text/bytes.js';
import type { Streams } from './terminal.js';

/** A line at the foot of the terminal that says how far the work is: there once the work takes longer than a second. */
export interface Progress {
  notebookDone(): void;
  bytesScanned(count: number): void;
  /** Writes to `error` above the line. */
  message(text: string): void;
  /** Writes to `out`; on a terminal the line makes way. */
  content(text: string): void;
  /** Takes the line away. */
  end(): void;
}

const DELAY = 1000;
const INTERVAL = 100;

/** @param notebooks how many there are to do; null where it is no work on notebooks */
export function startProgress(streams: Streams, notebooks: number | null): Progress {
  let done = 0;
  let bytes = 0;
  let isShown = false;
  let next = Date.now() + DELAY;

  // Painted when something has happened, not by a timer: the analysis of a notebook lets no timer run.
  function paint(): void {
    if (!streams.errorIsTerminal || Date.now() < next) return;
    next = Date.now() + INTERVAL;
    isShown = true;
    const parts = [
      ...(notebooks === null ? [] : [`${done} of ${notebooks} notebooks`]),
      ...(bytes === 0 ? [] : [`${formatBytes(bytes)} of data scanned`]),
    ];
    streams.error(`\r\x1b[K${parts.join(', ')}`);
  }
  function clear(): void {
    if (isShown) streams.error('\r\x1b[K');
    isShown = false;
  }
  return {
    notebookDone() {
      done += 1;
      paint();
    },
    bytesScanned(count) {
      bytes += count;
      paint();
    },
    message(text) {
      clear();
      streams.error(text);
    },
    content(text) {
      clear();
      streams.out(text);
    },
    end: clear,
  };
}

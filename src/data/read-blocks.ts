import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { LF } from './bytes.js';

const BLOCK_BYTES = 1 << 20;
/** Room in front of a block for what the scan did not finish of the one before; grows for longer fields. */
const RESERVE_BYTES = 1 << 16;

/** Part of a file: `bytes[start..end)`. The byte at `end` is always a line feed, so that loops over a field stop. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The file ends here. A line feed was added to it; after one that the file has itself it is an empty line. */
  readonly isLast: boolean;
}

/**
 * Reads a file in blocks of one MiB, the next while the scan is busy with this one, and hashes it on the way. Two buffers
 * are all that is held, whatever the size of the file.
 */
export class BlockReader {
  readonly #file: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #reserve = RESERVE_BYTES;
  #current = new Uint8Array(RESERVE_BYTES + BLOCK_BYTES + 2);
  #next = new Uint8Array(RESERVE_BYTES + BLOCK_BYTES + 2);
  #end = 0;
  #pending: Promise<number>;
  #isLast = false;
  /** Bytes of the file so far, in blocks that were handed out. */
  bytesRead = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
    this.#pending = this.#read();
  }

  /** Throws what `fs` throws. */
  static async open(path: string): Promise<BlockReader> {
    return new BlockReader(await open(path));
  }

  /**
   * The next block, which begins with the last block's bytes from `keepFrom` on. Its buffer is the reader's: it holds until
   * the next call.
   */
  async next(keepFrom: number): Promise<Block> {
    const length = await this.#pending;
    const kept = this.#current.subarray(keepFrom, this.#end);
    if (kept.length > this.#reserve) this.#grow(2 * kept.length, length);
    const bytes = this.#next;
    const start = this.#reserve - kept.length;
    bytes.set(kept, start);
    this.#next = this.#current.length < bytes.length ? new Uint8Array(bytes.length) : this.#current;
    this.#current = bytes;
    this.#end = this.#reserve + length;
    this.#hash.update(bytes.subarray(this.#reserve, this.#end));
    this.bytesRead += length;
    this.#isLast = length < BLOCK_BYTES;
    if (this.#isLast) bytes[this.#end++] = LF;
    else this.#pending = this.#read();
    bytes[this.#end] = LF;
    return { bytes, start, end: this.#end, isLast: this.#isLast };
  }

  /** SHA-256 in hexadecimal of what was read; reads what is left of the file first. Once only. */
  async digest(): Promise<string> {
    while (!this.#isLast) await this.next(this.#end);
    return this.#hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.#pending.catch(() => 0);
    await this.#file.close();
  }

  /** Fills `#next` behind the reserve; gives the number of bytes, less than a block's at the end of the file. */
  async #read(): Promise<number> {
    let length = 0;
    while (length < BLOCK_BYTES) {
      const at = this.#reserve + length;
      const { bytesRead } = await this.#file.read(this.#next, at, BLOCK_BYTES - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length;
  }

  #grow(reserve: number, length: number): void {
    const larger = new Uint8Array(reserve + BLOCK_BYTES + 2);
    larger.set(this.#next.subarray(this.#reserve, this.#reserve + length), reserve);
    this.#next = larger;
    this.#reserve = reserve;
  }
}

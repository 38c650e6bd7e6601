import { closeSync, openSync, readSync } from 'node:fs';

/** What a name holds, as `python/nbslim_run/values.py` says it. */
export interface HeldName {
  readonly held: Held;
  /** About how many bytes die with it; null where that can't be told. */
  readonly bytes: number | null;
}

/** A value, and apart from it the name of its type: an int8 5 and an int64 5 are the same value of two types. */
export type Held = HeldScalar | HeldValues | HeldFrame | HeldSequence | HeldDefinition | HeldOpaque;

export interface HeldScalar {
  readonly kind: 'scalar';
  readonly type: string;
  /** One text whatever type holds it: `5`, `'a'`, `nan`. */
  readonly value: string;
}

/** A column, an array, an Index. */
export interface HeldValues extends Stored {
  readonly kind: 'values';
  readonly type: string;
  readonly dtype: string;
  readonly name?: string;
  readonly shape?: readonly number[];
  /** `int` and `time` (nanoseconds): int64; `float`: float64; `bool`: bytes; `text`: a line of UTF-8 for each. */
  readonly form: 'int' | 'float' | 'bool' | 'time' | 'text';
}

/** A part that may be long: where it is in the file, or, of what is too large to be stored, its digest. */
export interface Stored {
  readonly length: number;
  readonly at?: number;
  readonly bytes?: number;
  readonly digest?: string;
}

export interface HeldFrame {
  readonly kind: 'frame';
  readonly type: string;
  readonly index: Held;
  /** For a Series its name. */
  readonly columns: Held | string;
  readonly parts: readonly HeldValues[];
}

export interface HeldSequence {
  readonly kind: 'sequence';
  readonly type: string;
  /** Whether each item is a key and its value: a dict, an object's members. */
  readonly pairs?: boolean;
  /** One of the three: items by themselves, plain numbers or strings, or so many of whatever that only a digest is kept. */
  readonly items?: readonly Held[];
  readonly values?: HeldValues;
  readonly length?: number;
  readonly digest?: string;
}

/** A function, a class, a module: known by its name. `handle`: what stands for a drawing, a file, a socket. */
export type HeldDefinition =
  | { readonly kind: 'defined'; readonly type: string; readonly name: string }
  | { readonly kind: 'handle'; readonly type: string };

/** What nobody knows: equal where its pickled bytes are. */
export interface HeldOpaque {
  readonly kind: 'opaque';
  readonly type: string;
  readonly pickled?: string;
  readonly why?: string;
}

const CHUNK = 1 << 22;

/** The long parts of what a notebook's names held. */
export class ValueFile {
  readonly #path: string;
  #descriptor: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** The whole part. */
  read(part: Stored): Buffer {
    return this.#slice(part.at ?? 0, part.bytes ?? 0);
  }

  /** The part piece by piece: whole elements of 1 or 8 bytes. */
  *pieces(part: Stored): Generator<Buffer> {
    const { at = 0, bytes = 0 } = part;
    for (let done = 0; done < bytes; done += CHUNK) {
      yield this.#slice(at + done, Math.min(CHUNK, bytes - done));
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #slice(start: number, size: number): Buffer {
    this.#descriptor ??= openSync(this.#path, 'r');
    // Of its own memory: numbers are read from it in place, which wants them aligned.
    const buffer = Buffer.from(new ArrayBuffer(size));
    let done = 0;
    while (done < size) {
      const count = readSync(this.#descriptor, buffer, done, size - done, start + done);
      if (count === 0) throw new Error(`${this.#path} ends before ${start + size}`);
      done += count;
    }
    return buffer;
  }
}

import type { MeasuredObject, Pin } from './measured-memory.js';
import type { SeenObject } from './notebook-run.js';

/** Bytes: a name that has less memory of its own is a pin of whatever it shares the rest with, and nothing else. */
const SMALLEST = 64 * 1024;

/** What was seen after a cell. */
export interface CellCensus {
  readonly cell: number;
  readonly objects: readonly SeenObject[];
}

/**
 * Which objects there were, from cell to cell, and which names kept them: the object itself, or a part of its memory. The
 * largest come first.
 */
export function measuredObjects(cells: readonly CellCensus[]): readonly MeasuredObject[] {
  const all: TrackedObject[] = [];
  let alive: readonly TrackedObject[] = [];
  for (const { cell, objects } of cells) {
    const now = [...alive];
    // The larger of two that share memory is what is held, the smaller one a view of it.
    for (const seen of [...objects].sort((a, b) => b.bytes - a.bytes)) {
      const others = now.filter((object) => !object.is(seen));
      const own = ownPart(seen, others);
      let itself = now.find((object) => object.is(seen));
      if (itself === undefined && own.bytes >= SMALLEST) {
        itself = new TrackedObject(seen, cell);
        all.push(itself);
        now.push(itself);
      }
      itself?.see(seen, own, cell);
      for (const object of others) object.seeThrough(seen, cell);
    }
    for (const object of now) object.endCell(cell);
    alive = now.filter((object) => object.to === null);
  }
  return all
    .map(({ type, bytes, heldAtEnd, from, to, pins }) => ({ type, bytes, heldAtEnd, from, to, pins }))
    .sort((a, b) => b.bytes - a.bytes);
}

interface OwnPart {
  readonly bytes: number;
  readonly blocks: SeenObject['blocks'];
}

/** What the object has besides what it shares with the others. */
function ownPart({ bytes, blocks }: SeenObject, others: readonly TrackedObject[]): OwnPart {
  const own = blocks.filter(([block]) => !others.some((object) => object.has(block)));
  const size = own.reduce((sum, [, part]) => sum + part, 0);
  return { bytes: own.length < blocks.length ? size : Math.max(bytes, size), blocks: own };
}

class TrackedObject implements MeasuredObject {
  readonly type: string;
  bytes = 0;
  heldAtEnd = 0;
  readonly from: number;
  to: number | null = null;
  readonly pins: (Pin & { to: number | null })[] = [];
  readonly #number: number;
  #blocks: ReadonlyMap<string, number> = new Map();
  /** Its blocks that something was seen to reach after this cell. */
  #reached = new Set<string>();
  #isSeen = false;
  #namesNow = new Set<string>();

  constructor({ type, number }: SeenObject, cell: number) {
    this.type = type;
    this.from = cell;
    this.#number = number;
  }

  is(seen: SeenObject): boolean {
    return seen.number === this.#number;
  }

  has(block: string): boolean {
    return this.#blocks.has(block);
  }

  /** A name was seen to hold the object itself, which may have grown: a column more. */
  see({ name }: SeenObject, own: OwnPart, cell: number): void {
    this.#isSeen = true;
    this.#blocks = new Map(own.blocks);
    this.bytes = Math.max(this.bytes, own.bytes);
    this.heldAtEnd = own.bytes;
    this.#pin(name, null, cell);
  }

  /** A name was seen to hold something else, which may have a part of the memory. */
  seeThrough({ name, type, blocks }: SeenObject, cell: number): void {
    const reached = blocks.filter(([block]) => this.has(block));
    if (reached.length === 0) return;
    for (const [block] of reached) this.#reached.add(block);
    this.#pin(name, type, cell);
  }

  #pin(name: string, through: string | null, cell: number): void {
    this.#namesNow.add(name);
    const known = this.pins.find((pin) => pin.name === name && pin.to === null);
    if (known?.through === through) return;
    if (known !== undefined) known.to = cell;
    this.pins.push({ name, through, from: cell, to: null });
  }

  /** Ends what was not seen after the cell. */
  endCell(cell: number): void {
    if (!this.#isSeen) {
      this.#blocks = new Map([...this.#blocks].filter(([block]) => this.#reached.has(block)));
      this.heldAtEnd = [...this.#blocks.values()].reduce((sum, part) => sum + part, 0);
    }
    const isGone = !this.#isSeen && this.heldAtEnd < SMALLEST;
    for (const pin of this.pins)
      if (pin.to === null && (isGone || !this.#namesNow.has(pin.name))) pin.to = cell;
    if (isGone) {
      this.to = cell;
      this.heldAtEnd = 0;
    }
    this.#namesNow = new Set();
    this.#reached = new Set();
    this.#isSeen = false;
  }
}

import type { Program, ProgramObject } from '../../analysis/program.js';
import type { Read } from '../../analysis/reads.js';
import type { CsvProfile } from '../../data/column-profile.js';
import type { Combination } from '../../environment/environment.js';
import { readOverhead } from '../../pandas/memory.js';
import type { Call } from '../../python/ast.js';
import type { Adjustment, Evidence } from '../contract.js';
import type { Timeline, TimelineStep } from '../refactoring.js';
import { columnBytes } from './column-bytes.js';
import { rowsTaken } from './rows-taken.js';

/** A column that the notebook has computed: nothing is known of it. */
const COMPUTED_VALUE = 8;

/**
 * The memory model: bytes that the notebook's data take after each statement, and the most while it runs. An upper bound
 * where some rows of a frame count like all of them (`part`), and silent about everything that is not read from a
 * profiled file. Null where nothing is known.
 */
export function timeline(
  program: Program,
  evidence: Evidence,
  combination: Combination,
  adjustments: readonly Adjustment[],
): Timeline | null {
  const model = new MemoryModel(program, evidence, combination, adjustments);
  return model.isEmpty ? null : model.steps();
}

/** Bytes of the object's own, or null where nothing is known of its data. */
export function objectBytes(
  object: ProgramObject,
  evidence: Evidence,
  combination: Combination,
  adjustments: readonly Adjustment[],
): number | null {
  const { data } = object;
  if (data === null) return null;
  const known = evidence.get(data.read);
  if (known?.type !== 'profile') return null;
  if (data.extent === 'view' || data.extent === 'aggregate') return 0;
  const most = data.extent === 'part' ? rowsTaken(object.node) : null;
  return readBytes(known.profile, data.read, data.columns, combination, adjustments, most);
}

function readBytes(
  profile: CsvProfile,
  read: Read,
  columns: 'all' | readonly string[],
  combination: Combination,
  adjustments: readonly Adjustment[],
  most: number | null,
): number {
  const dtypes = new Map<string, string>();
  let rows = Math.min(profile.rows, most ?? profile.rows);
  let only: ReadonlySet<string> | null = null;
  for (const adjustment of adjustments) {
    if (!('read' in adjustment) || adjustment.read !== read) continue;
    if (adjustment.type === 'column-dtype') dtypes.set(adjustment.column, adjustment.dtype);
    if (adjustment.type === 'rows') rows = Math.min(rows, adjustment.rows);
    if (adjustment.type === 'columns') only = new Set(adjustment.columns);
  }
  const profiled = new Map(profile.columns.map((column) => [String(column.name), column]));
  const names = columns === 'all' ? [...profiled.keys()] : columns;
  let bytes = 0;
  for (const name of names) {
    const column = profiled.get(name);
    if (column === undefined) bytes += rows * COMPUTED_VALUE;
    else if (only === null || only.has(name))
      bytes += columnBytes(column, dtypes.get(name) ?? null, rows, profile.header.length, combination);
  }
  return Math.round(bytes);
}

/** Bytes of all data that the notebook ever makes, with what their making needs besides. */
export function bytesMade(
  program: Program,
  evidence: Evidence,
  combination: Combination,
  adjustments: readonly Adjustment[],
): number {
  return new MemoryModel(program, evidence, combination, adjustments).made();
}

/** Whether one of the calls makes the object; a read makes its own. */
export const isMadeBy = ({ node, data }: ProgramObject, calls: readonly Call[]): boolean =>
  calls.some((call) => call === node) && node !== data?.read.call;

/** An object whose size is known. */
export interface KnownObject {
  readonly object: ProgramObject;
  readonly bytes: number;
  /** After which statements each of `object.held` holds it; `to` may be smaller than `from`: then after none. */
  readonly intervals: readonly { readonly from: number; readonly to: number }[];
}

/** The objects that the memory model is made of, in the order in which they are made. */
export function knownObjects(
  program: Program,
  evidence: Evidence,
  combination: Combination,
): readonly KnownObject[] {
  return new MemoryModel(program, evidence, combination, []).objects;
}

class MemoryModel {
  readonly #program: Program;
  readonly #combination: Combination;
  readonly #adjustments: readonly Adjustment[];
  readonly objects: KnownObject[] = [];

  constructor(
    program: Program,
    evidence: Evidence,
    combination: Combination,
    adjustments: readonly Adjustment[],
  ) {
    this.#program = program;
    this.#combination = combination;
    this.#adjustments = adjustments;
    for (const object of program.objects) {
      const bytes = objectBytes(object, evidence, combination, adjustments);
      if (bytes !== null) this.objects.push({ object, bytes, intervals: this.#intervalsOf(object) });
    }
  }

  get isEmpty(): boolean {
    return this.objects.length === 0;
  }

  steps(): TimelineStep[] {
    const { length } = this.#program.statements;
    const held = new Array<number>(length).fill(0);
    const made = new Array<number>(length).fill(0);
    for (const known of this.objects) {
      const { object, bytes, intervals } = known;
      const { statement } = object;
      made[statement] = (made[statement] ?? 0) + this.#bytesWhileMade(object, bytes);
      const own = this.#shareOf(object);
      // What is no copy is the same memory, as long as what it was made from is there.
      const same = own < 1 ? this.#receiverOf(known) : null;
      for (const at of coveredStatements(intervals))
        held[at] = (held[at] ?? 0) + (same?.has(at) === true ? bytes * own : bytes);
    }
    return held.map((after, statement) => {
      const before = held[statement - 1] ?? 0;
      const peak = Math.max(after, before + (made[statement] ?? 0));
      return { statement, held: after, peak };
    });
  }

  made(): number {
    return this.objects.reduce((all, { object, bytes }) => all + this.#bytesWhileMade(object, bytes), 0);
  }

  /** The object itself, and what its making needs besides. */
  #bytesWhileMade(object: ProgramObject, bytes: number): number {
    const { data, node } = object;
    const isRead = data !== null && node === data.read.call;
    let overhead = isRead ? readOverhead(this.#combination) : 0;
    for (const adjustment of this.#adjustments)
      if (adjustment.type === 'read-memory' && isRead && adjustment.read === data.read)
        overhead *= adjustment.fraction;
    return bytes * (this.#shareOf(object) + overhead);
  }

  /** How much of the object is memory of its own. */
  #shareOf(object: ProgramObject): number {
    let share = 1;
    for (const adjustment of this.#adjustments)
      if (adjustment.type === 'no-copy' && isMadeBy(object, adjustment.calls))
        share = Math.max(0, share - adjustment.fraction);
    return share;
  }

  /** After which statements the frame is held, by whomever, that the object takes the name of. */
  #receiverOf({ object: { held, statement } }: KnownObject): ReadonlySet<number> | null {
    const names = new Set(held.filter(({ from }) => from === statement).map(({ name }) => name));
    const before = this.objects.find(({ object }) =>
      object.held.some(({ name, to }) => to === statement && names.has(name)),
    );
    return before === undefined ? null : coveredStatements(before.intervals);
  }

  #intervalsOf(object: ProgramObject): { from: number; to: number }[] {
    const last = this.#program.statements.length - 1;
    return object.held.map(({ name, from, to }) => {
      // What ends it, ends it while that statement runs.
      let end = to === null ? last : to - 1;
      for (const adjustment of this.#adjustments) {
        if (adjustment.type !== 'dies-after' || !adjustment.names.includes(name)) continue;
        const { statement, since = 0 } = adjustment;
        if (since <= from && from <= statement && statement <= end) end = statement - 1;
      }
      return { from, to: end };
    });
  }
}

/** Each statement once, in whatever number of intervals it lies. */
function coveredStatements(intervals: KnownObject['intervals']): Set<number> {
  const covered = new Set<number>();
  for (const { from, to } of intervals) for (let at = from; at <= to; at++) covered.add(at);
  return covered;
}

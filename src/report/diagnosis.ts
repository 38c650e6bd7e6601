import type { HeldBy, Program } from '../analysis/program.js';
import { COMBINATION_NAMES } from '../environment/environment.js';
import type { ValueKind } from '../pandas/kinds.js';
import { type LiveRange, liveRanges } from '../refactor/memory/live-ranges.js';
import { Places } from '../refactor/place.js';
import { type Place, type Refactoring, savedBytes, type Timeline } from '../refactor/refactoring.js';
import type { MeasuredMemory, Pin } from '../verify/measured-memory.js';
import type { ChartedCell } from './memory-chart.js';
import { type ReportedChange, reportNotebook, type UnknownData } from './notebook-report.js';

/** What `nbslim doctor` says of a notebook, in plain data: this is its JSON. Bytes are numbers; cells count from 1, over all cells. */
export interface Diagnosis {
  readonly version: 1;
  readonly path: string;
  /** By the memory model; null where no data are known. */
  readonly model: ModelledMemory | null;
  /** In a real kernel, with `--run`; else null. */
  readonly measured: MeasuredMemory | null;
  /** What `nbslim refactor` would do, in one tier or another; the most bytes first. */
  readonly changes: readonly AvailableChange[];
  /** The data that could not be told, and why: what is read from them is in no figure of the model. */
  readonly unknownData: readonly UnknownData[];
}

export interface ModelledMemory {
  /** What the figures are for. Where the notebook may run on more than one, the one on which the changes save least. */
  readonly environment: string;
  /** Whether nothing else is possible. */
  readonly environmentIsKnown: boolean;
  readonly peak: number;
  /** The cell in which the peak is. */
  readonly peakCell: number;
  /** At the notebook's end. */
  readonly held: number;
  /** With all changes of the safe tier. */
  readonly after: { readonly peak: number; readonly held: number };
  readonly cells: readonly ChartedCell[];
  /** The largest first. */
  readonly objects: readonly ModelledObject[];
}

export interface ModelledObject {
  readonly kind: ValueKind;
  readonly bytes: number;
  /** Some rows of what was read: no more than `bytes`, which counts all of them. */
  readonly isPart: boolean;
  /** The data file, as the notebook names it. */
  readonly source: string | null;
  readonly columns: 'all' | readonly string[];
  /** What makes it, in the author's own words. */
  readonly code: string;
  readonly place: Place;
  readonly from: number;
  /** The cell that frees it; null: it lives to the notebook's end. */
  readonly to: number | null;
  /** The last cell that uses a name that holds it. */
  readonly lastUse: number;
  /** Empty for what lives only while its statement runs. */
  readonly pins: readonly Pin[];
}

export interface AvailableChange extends ReportedChange {
  /** Whether `nbslim refactor` would do it without being asked for a wider tier. */
  readonly planned: boolean;
}

/** @param measured null where the notebook was not run */
export function diagnose(path: string, refactoring: Refactoring, measured: MeasuredMemory | null): Diagnosis {
  const { changes, withheld, unknownData } = reportNotebook(path, refactoring, null);
  const saved = ({ saving }: ReportedChange) =>
    saving === null ? Number.NEGATIVE_INFINITY : savedBytes(saving);
  return {
    version: 1,
    path,
    model: modelled(refactoring),
    measured,
    changes: [
      ...changes.map((change) => ({ ...change, planned: true })),
      ...withheld.map((change) => ({ ...change, planned: false })),
    ].sort((a, b) => saved(b) - saved(a)),
    unknownData,
  };
}

function modelled({ program, evidence, options, timelines }: Refactoring): ModelledMemory | null {
  if (timelines === null) return null;
  const { combination, before, after } = timelines;
  const top = highest(before);
  const end = highest(after);
  const outs = outNumbers(program);
  const places = new Places(program);
  return {
    environment: COMBINATION_NAMES[combination],
    environmentIsKnown: options.environment.combinations.length === 1,
    peak: top.peak,
    peakCell: cellOf(program, top.statement),
    held: before.at(-1)?.held ?? 0,
    after: { peak: end.peak, held: after.at(-1)?.held ?? 0 },
    cells: byCell(program, before),
    objects: liveRanges(program, evidence, combination).map((range) =>
      modelledObject(program, range, outs, places),
    ),
  };
}

function highest(timeline: Timeline) {
  return timeline.reduce((top, step) => (step.peak > top.peak ? step : top), {
    statement: 0,
    held: 0,
    peak: 0,
  });
}

function byCell(program: Program, timeline: Timeline): ChartedCell[] {
  const cells = new Map<number, ChartedCell>();
  for (const { statement, peak, held } of timeline) {
    const cell = cellOf(program, statement);
    cells.set(cell, { cell, held, peak: Math.max(peak, cells.get(cell)?.peak ?? 0) });
  }
  return [...cells.values()];
}

function cellOf(program: Program, statement: number): number {
  return program.statements[statement]?.cell ?? 1;
}

function modelledObject(
  program: Program,
  { object, bytes, from, to, lastUse, pins }: LiveRange,
  outs: ReadonlyMap<number, number>,
  places: Places,
): ModelledObject {
  const { kind, node, data } = object;
  return {
    kind,
    bytes,
    isPart: data?.extent === 'part',
    source: data?.read.path ?? null,
    columns: data?.columns ?? 'all',
    code: program.textOf(node),
    place: places.placeOf(node),
    from: cellOf(program, from),
    to: to === null ? null : cellOf(program, to),
    lastUse: cellOf(program, lastUse),
    pins: pins.map((pin) => pinOf(program, pin, outs)),
  };
}

function pinOf(
  program: Program,
  { name, from, to, through }: HeldBy,
  outs: ReadonlyMap<number, number>,
): Pin {
  const cell = cellOf(program, from);
  return {
    name: name === 'Out' ? `Out[${outs.get(cell)}]` : name,
    through: through ?? null,
    from: cell,
    to: to === null ? null : cellOf(program, to),
  };
}

/** The number that IPython gives each code cell when all are run in order: it counts no cell of blanks. */
function outNumbers({ cells }: Program): ReadonlyMap<number, number> {
  const run = cells.filter(
    ({ cell: { type, source, languageId } }) =>
      type === 'code' && source.trim() !== '' && (languageId === null || languageId === 'python'),
  );
  return new Map(run.map(({ index }, at) => [index, at + 1]));
}

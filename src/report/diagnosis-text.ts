import type { Tier } from '../refactor/contract.js';
import { formatBytes } from '../text/bytes.js';
import { type Colours, printable } from '../text/colour.js';
import type { MeasuredMemory, MeasuredObject, Pin } from '../verify/measured-memory.js';
import type { AvailableChange, Diagnosis, ModelledMemory, ModelledObject } from './diagnosis.js';
import { chartScale, formatMemoryChart } from './memory-chart.js';
import { describeUnknown } from './notebook-report.js';
import { formatPlace } from './place.js';
import { formatSaving } from './saving.js';
import { formatTable, type TableColumn } from './table.js';

/** Objects and changes that are told; JSON has all of them. */
const MOST_ROWS = 20;

/** Pins of an object that are told. */
const MOST_PINS = 4;

/** A diagnosis for a terminal: what the cells hold, which objects hold it, and what would make it less. Ends with a newline. */
export function formatDiagnosis(diagnosis: Diagnosis, colours: Colours): string {
  const { path, model, measured, unknownData } = diagnosis;
  const sections = [
    ...(measured === null ? [] : [formatMeasured(path, measured, colours)]),
    ...(model === null
      ? [`${colours.bold(printable(path))}: the memory is not known without running it (--run)\n`]
      : [formatModel(path, model, colours)]),
    ...(unknownData.length === 0
      ? []
      : [
          `${colours.bold('Not in the model')}\n${unknownData
            .map(
              ({ path: file, code, why }) =>
                `  ${printable(file ?? 'a file that the code does not name')}: ${describeUnknown(code)}: ${printable(why)}\n`,
            )
            .join('')}`,
        ]),
    formatChanges(diagnosis, colours),
  ];
  return sections.join('\n');
}

function formatModel(path: string, model: ModelledMemory, colours: Colours): string {
  const { environment, environmentIsKnown, peak, peakCell, held, cells, objects } = model;
  const where = environmentIsKnown ? environment : `${environment}, for the notebook's is not known`;
  const headline = `${colours.bold(printable(path))}: ${formatBytes(peak)} at the peak, in cell ${peakCell}, and ${formatBytes(held)} at the end, by the memory model (as on ${where})\n`;
  return [
    headline,
    '\n',
    formatMemoryChart(colours.bold('By the model, cell by cell'), cells, chartScale([cells]), colours),
    '\n',
    formatObjects(
      colours.bold('What holds it, by the model'),
      objects,
      (object) => [describe(object), `cell ${object.lastUse}`],
      ['object', 'last used'],
    ),
  ].join('');
}

function formatMeasured(path: string, { run, objects }: MeasuredMemory, colours: Colours): string {
  const { memory, cells, stoppedAt } = run;
  const trimmed = memory.heldAfterTrim === null ? '' : ` (${formatBytes(memory.heldAfterTrim)} when trimmed)`;
  const stopped =
    stoppedAt === null ? '' : `It stops at cell ${stoppedAt.cell}: ${printable(stoppedAt.error)}\n`;
  const sampled =
    memory.method === 'sampled' ? 'The memory was sampled: a short peak may have been missed.\n' : '';
  return [
    `${colours.bold(printable(path))}: ${formatBytes(memory.peak)} at the peak and ${formatBytes(memory.held)} at the end${trimmed}, measured, ${formatBytes(memory.start)} of it before the first cell\n`,
    stopped,
    sampled,
    '\n',
    formatMemoryChart(colours.bold('Measured, cell by cell'), cells, chartScale([cells]), colours),
    '\n',
    formatObjects(
      colours.bold('What holds it, measured'),
      objects,
      ({ pins, type, heldAtEnd }) => [
        formatBytes(heldAtEnd),
        `${pins.find(isDirect)?.name}: ${lastPart(type)}`,
      ],
      ['at the end', 'object'],
    ),
  ].join('');
}

/** Bytes, cells, then what `describeRow` says under `titles`, then the pins. */
function formatObjects<T extends ModelledObject | MeasuredObject>(
  title: string,
  objects: readonly T[],
  describeRow: (object: T) => readonly string[],
  titles: readonly string[],
): string {
  if (objects.length === 0) return `${title}\n  nothing\n`;
  const columns: TableColumn[] = [
    { title: 'bytes', align: 'right' },
    { title: 'cells', align: 'left' },
    ...titles.map((one): TableColumn => ({ title: one, align: 'left' })),
    { title: 'pinned by', align: 'left' },
  ];
  const rows = objects
    .slice(0, MOST_ROWS)
    .map((object) => [
      `${'isPart' in object && object.isPart ? '≤ ' : ''}${formatBytes(object.bytes)}`,
      cellRange(object.from, object.to),
      ...describeRow(object).map(printable),
      printable(describePins(object.pins)),
    ]);
  return `${title}\n${indent(formatTable(columns, rows))}${more(objects.length)}`;
}

function cellRange(from: number, to: number | null): string {
  if (to === null) return `${from} to the end`;
  return from === to ? `${from}` : `${from} to ${to}`;
}

/** `df: DataFrame, all rows of a.csv`; what no name holds is told by its code. */
function describe({ kind, pins, source, columns, isPart, code }: ModelledObject): string {
  const name = pins.find((pin) => isDirect(pin) && !pin.name.startsWith('Out['))?.name ?? firstLine(code);
  const rows = isPart ? 'some rows' : 'all rows';
  const which = columns === 'all' ? '' : `, ${listColumns(columns)}`;
  return `${name}: ${kind}, ${rows} of ${source ?? 'a file'}${which}`;
}

function listColumns(columns: readonly string[]): string {
  const [first = ''] = columns;
  return columns.length === 1 ? `column ${first}` : `${columns.length} columns`;
}

const isDirect = (pin: Pin): boolean => pin.through === null;

function describePins(pins: readonly Pin[]): string {
  if (pins.length === 0) return 'nothing: it lives while its statement runs';
  const more = pins.length > MOST_PINS ? `, and ${pins.length - MOST_PINS} more` : '';
  const told = pins
    .slice(0, MOST_PINS)
    .map(({ name, through, to }) => {
      const kind =
        through === null ? '' : ` (${through === 'unknown' ? 'something' : lastPart(through)} that keeps it)`;
      return `${name}${kind}${to === null ? '' : ` until cell ${to}`}`;
    })
    .join(', ');
  return told + more;
}

/** `pandas.core.frame.DataFrame` → `DataFrame`. */
function lastPart(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

function firstLine(code: string): string {
  const [first = '', ...rest] = code.split('\n');
  const line = first.length > 40 || rest.length > 0 ? `${first.slice(0, 40).trimEnd()}...` : first;
  return `\`${line}\``;
}

function formatChanges({ path, changes, model }: Diagnosis, colours: Colours): string {
  const title = colours.bold('What nbslim refactor would change');
  if (changes.length === 0) return `${title}\n  nothing\n`;
  const rows = changes.slice(0, MOST_ROWS).map((change) => {
    const saving = formatSaving(change.saving, change.unknown);
    return `  ${formatPlace(printable(path), change.place)}: ${colours.cyan(change.transform)}: ${printable(change.summary)} (${saving}${askedFor(change)}) ${colours.dim(`[${change.id}]`)}\n`;
  });
  const { after } = model ?? {};
  const together =
    after === undefined || !changes.some(({ planned }) => planned)
      ? ''
      : `With all that it does unasked: ${formatBytes(after.peak)} at the peak, ${formatBytes(after.held)} at the end, by the model.\n`;
  return `${title}\n${rows.join('')}${more(changes.length)}${together}`;
}

const OPTIONS: Readonly<Record<Tier, string>> = {
  safe: 'without --strict',
  lossy: 'with --lossy',
  unsafe: 'with --unsafe',
};

function askedFor({ planned, tier }: AvailableChange): string {
  return planned ? '' : `, ${OPTIONS[tier]}`;
}

function more(count: number): string {
  return count > MOST_ROWS ? `  and ${count - MOST_ROWS} smaller ones (--json has all)\n` : '';
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

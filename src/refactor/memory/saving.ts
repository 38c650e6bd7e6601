import type { Program, ProgramObject } from '../../analysis/program.js';
import type { Combination, Environment } from '../../environment/environment.js';
import { holdsData } from '../../pandas/kinds.js';
import type { Adjustment, Evidence } from '../contract.js';
import type { Saving, Timeline, TimelinePair, TimelineStep } from '../refactoring.js';
import { type SizeBounds, sizeBoundsOn } from './size-bound.js';
import { bytesMade, isMadeBy, objectBytes, timeline } from './timeline.js';

/** The notebook as it is. */
interface Baseline {
  readonly combination: Combination;
  readonly before: Timeline;
  /** Bytes that the notebook ever makes. */
  readonly made: number;
}

/** Works out what changes save: the difference of two timelines, the smallest one over the environment's combinations. */
export class SavingModel {
  readonly #program: Program;
  readonly #evidence: Evidence;
  readonly #environment: Environment;
  #known: readonly Baseline[] | null = null;
  #bounds: readonly SizeBounds[] | null = null;

  constructor(program: Program, evidence: Evidence, environment: Environment) {
    this.#program = program;
    this.#evidence = evidence;
    this.#environment = environment;
  }

  get #baselines(): readonly Baseline[] {
    this.#known ??= this.#environment.combinations.flatMap((combination) => {
      const before = timeline(this.#program, this.#evidence, combination, []);
      if (before === null) return [];
      return [{ combination, before, made: bytesMade(this.#program, this.#evidence, combination, []) }];
    });
    return this.#known;
  }

  /** Null where what the adjustments are about is not known. */
  savingOf(adjustments: readonly Adjustment[]): Saving | null {
    if (!adjustments.some((adjustment) => this.#isKnown(adjustment))) return null;
    const savings = this.#baselines.flatMap(({ combination, before }) => {
      const after = timeline(this.#program, this.#evidence, combination, adjustments);
      return after === null ? [] : [difference(before, after)];
    });
    if (savings.length === 0) return null;
    const least = {
      peak: Math.min(...savings.map(({ peak }) => peak)),
      held: Math.min(...savings.map(({ held }) => held)),
      meanwhile: Math.min(...savings.map(({ meanwhile }) => meanwhile)),
    };
    if (this.#freedBy(adjustments).every((object) => this.#isMeasured(object))) return least;
    // Nothing, as far as the sizes are known.
    return Math.max(least.peak, least.held, least.meanwhile) <= 0 ? null : { ...least, atLeast: true };
  }

  /** Whether the size of data is known; what is no data counts for nothing. */
  #isMeasured(object: ProgramObject): boolean {
    const [combination] = this.#environment.combinations;
    if (combination === undefined || !holdsData(object.kind)) return true;
    return objectBytes(object, this.#evidence, combination, []) !== null;
  }

  /**
   * Bytes that the adjustments save at most, where all sizes that matter are known: from the data, or from the source of
   * what is written out there. Null where one is not.
   *
   * @param saving what `savingOf` says of them
   */
  atMost(adjustments: readonly Adjustment[], saving: Saving | null): number | null {
    const known = saving === null ? null : Math.max(saving.peak, saving.held, saving.meanwhile);
    const freed = this.#freedBy(adjustments);
    const notBuilt = adjustments.flatMap((adjustment) =>
      adjustment.type === 'not-built' ? [adjustment] : [],
    );
    const [combination] = this.#environment.combinations;
    const isMeasured =
      combination !== undefined &&
      freed.every((object) => objectBytes(object, this.#evidence, combination, []) !== null);
    if (known !== null && isMeasured) return Math.max(known, this.#mostOfReads(adjustments));
    if (freed.length === 0 && notBuilt.length === 0) return known;
    this.#bounds ??= sizeBoundsOn(this.#program, this.#evidence, this.#environment.combinations);
    let most = 0;
    for (const bounds of this.#bounds) {
      let all = 0;
      const sizes = [
        ...freed.map((object) => () => bounds.ofObject(object)),
        ...notBuilt.map(
          ({ made, statement }) =>
            () =>
              bounds.of(made, statement),
        ),
      ];
      // One that is not known is enough: the others are not looked at.
      for (const size of sizes) {
        const bytes = size();
        if (bytes === null) return null;
        all += bytes;
      }
      most = Math.max(most, all);
    }
    return most;
  }

  /**
   * What a read and all that is made of it take less if nothing of it ever dies: as much where the same statements stand in a
   * function, so that what is too small before a chain of cells is collapsed is so behind it.
   */
  #mostOfReads(adjustments: readonly Adjustment[]): number {
    if (!adjustments.some((adjustment) => 'read' in adjustment)) return 0;
    const savings = this.#baselines.map(({ combination, made }) =>
      Math.round(made - bytesMade(this.#program, this.#evidence, combination, adjustments)),
    );
    return Math.max(0, ...savings);
  }

  /** What dies earlier, or is not copied. */
  #freedBy(adjustments: readonly Adjustment[]): readonly ProgramObject[] {
    const freed = new Set<ProgramObject>();
    for (const adjustment of adjustments) {
      if (adjustment.type === 'no-copy')
        for (const object of this.#program.objects) if (isMadeBy(object, adjustment.calls)) freed.add(object);
      if (adjustment.type !== 'dies-after') continue;
      const { names, statement, since = 0 } = adjustment;
      for (const name of names)
        for (const held of this.#program.heldBy(name))
          if (since <= held.from && held.from <= statement && (held.to === null || statement < held.to))
            for (const object of held.objects) freed.add(object);
    }
    return [...freed];
  }

  /** Before and after, on the combination where the least is saved; null where no data are known. */
  timelines(adjustments: readonly Adjustment[]): TimelinePair | null {
    const pairs = this.#baselines.flatMap(({ combination, before }): TimelinePair[] => {
      const after = timeline(this.#program, this.#evidence, combination, adjustments);
      return after === null ? [] : [{ combination, before, after }];
    });
    const savedBy = ({ before, after }: TimelinePair) => difference(before, after).peak;
    return pairs.sort((a, b) => savedBy(a) - savedBy(b))[0] ?? null;
  }

  #isKnown(adjustment: Adjustment): boolean {
    const combination = this.#baselines[0]?.combination;
    if (combination === undefined) return false;
    if ('read' in adjustment) return this.#evidence.get(adjustment.read)?.type === 'profile';
    if (adjustment.type === 'not-built') return false;
    return this.#program.objects.some((object) => {
      if (objectBytes(object, this.#evidence, combination, []) === null) return false;
      if (adjustment.type === 'no-copy') return isMadeBy(object, adjustment.calls);
      const { names, statement } = adjustment;
      return object.held.some(
        ({ name, from, to }) =>
          // What is shown alone does not make a saving known.
          name !== 'Out' && names.includes(name) && from <= statement && (to === null || statement < to),
      );
    });
  }
}

function difference(before: Timeline, after: Timeline): Saving {
  const peak = (steps: Timeline) => steps.reduce((most, step) => Math.max(most, step.peak), 0);
  const held = (steps: Timeline) => steps.at(-1)?.held ?? 0;
  return {
    peak: Math.round(peak(before) - peak(after)),
    held: Math.round(held(before) - held(after)),
    meanwhile: Math.round(Math.max(0, ...before.map((step, i) => relief(step, after[i])))),
  };
}

/** How much less is needed at one statement. */
function relief(before: TimelineStep, after: TimelineStep | undefined): number {
  return after === undefined ? 0 : Math.max(before.peak - after.peak, before.held - after.held);
}

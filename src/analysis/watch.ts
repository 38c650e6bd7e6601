/**
 * A run of something that may be run again: a round of a loop, the call of a callback. It would find nothing else the next
 * time as long as nothing has changed that it had read.
 */
interface Watched {
  /** When it began. */
  readonly start: number;
  /** How many objects there were: what it has made itself it makes anew. */
  readonly known: number;
  isStale: boolean;
}

/** Whether something has been read since the run began that the run has not made. */
const concerns = ({ start, known }: Watched, readAt: number, object: number): boolean =>
  start <= readAt && object < known;

/** Finds out whether running something once more would give anything new: whether it has changed what it had read before. */
export class Watch {
  private readonly running: Watched[] = [];
  private time = 0;
  /** How many objects there are. */
  private readonly count: () => number;

  constructor(count: () => number) {
    this.count = count;
  }

  /** The time to note down where something is read. */
  get now(): number {
    return this.time;
  }

  /** Whether anybody wants to know. */
  get isOn(): boolean {
    return this.running.length > 0;
  }

  /**
   * Runs something.
   *
   * @param isChanged whether names have changed that have been read since a time
   * @returns whether it may find something else when it is run again
   */
  run(run: () => void, isChanged: (start: number) => boolean): boolean {
    this.time++;
    const watched = { start: this.time, known: this.count(), isStale: false };
    this.running.push(watched);
    run();
    this.running.pop();
    return watched.isStale || isChanged(watched.start);
  }

  /**
   * Something changes.
   *
   * @param readAt when it was last read
   * @param object the oldest that changes; none: it is no object's
   */
  change(readAt: number, object = -1): void {
    for (const watched of this.running) if (concerns(watched, readAt, object)) watched.isStale = true;
  }

  /** Whether it matters to anybody that something changes. */
  isWatching(readAt: number, object: number): boolean {
    return this.running.some((watched) => !watched.isStale && concerns(watched, readAt, object));
  }
}

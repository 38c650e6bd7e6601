/**
 * Runs something again and again until nothing new comes of it.
 *
 * @param run gets how often it has been run before, and says whether it may find something new the next time
 * @param most how often it may be run
 * @returns false where something new still came
 */
export function untilNothingNew(run: (times: number) => boolean, most: number): boolean {
  for (let times = 0; times < most; times++) if (!run(times)) return true;
  return false;
}

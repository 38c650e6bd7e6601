/**
 * Runs something again and again until nothing new comes of it.
 *
 * @param run gets how often it has been run before, and says whether it may find something new the next time
 * @param weigh what grows as long as something new comes
 * @param most how often it may be run
 * @returns false where something new still came
 */
export function untilNothingNew(run: (times: number) => boolean, weigh: () => number, most: number): boolean {
  for (let times = 0, before = 0, weight = 0; times < 2 || weight > before; times++) {
    if (times === most) return false;
    before = weight;
    if (!run(times)) return true;
    weight = weigh();
  }
  return true;
}

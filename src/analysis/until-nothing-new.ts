/**
 * Runs something again and again until nothing new comes of it, twice at least.
 *
 * @param run gets how often it has been run before
 * @param weigh what grows as long as something new comes
 * @param most how often it may be run
 * @returns false where something new still came
 */
export function untilNothingNew(run: (times: number) => void, weigh: () => number, most: number): boolean {
  for (let times = 0, before = 0, weight = 0; times < 2 || weight > before; times++) {
    if (times === most) return false;
    before = weight;
    run(times);
    weight = weigh();
  }
  return true;
}

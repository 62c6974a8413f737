// How much constant capacity the year's peak needs: the baseline that seasonal capacity is compared with.
//
// The rule: the fewest slots at which, in the busiest seven days (by working time that falls due), 99 % of the critical and 99 %
// of the high executions start within the goal and nothing starts after its deadline. It is found with hindsight, by running
// those days with more and fewer slots; an operator without hindsight would have to buy more.
import { firstDueFrom, type Demand } from "./demand.js";
import { staticCapacity } from "./controllers.js";
import { runSeason, type RunOptions } from "./engine.js";

export interface PeakRule {
  /** Within which time 99 % of critical and high work must start, milliseconds. */
  readonly goalMs: number;
}

export interface StaticPeak {
  readonly slots: number;
  /** False when even the most slots allowed do not meet the rule. */
  readonly met: boolean;
  /** The busiest days, epoch milliseconds, `to` not included. */
  readonly from: number;
  readonly to: number;
}

const weekMs = 7 * 86_400_000;

/** The seven days with most working time. `dayStarts`: the instants at which the season's days begin, and its end. */
export const busiestWeek = (
  demand: Demand,
  dayStarts: readonly number[],
): { readonly from: number; readonly to: number } => {
  const firsts = dayStarts.map((at) => firstDueFrom(demand.due, at));
  const busy = firsts.slice(0, -1).map((first, day) => {
    let sum = 0;
    for (let at = first; at < (firsts[day + 1] ?? first); at += 1) sum += demand.serviceMs[at] ?? 0;
    return sum;
  });
  let [best, most] = [0, -1];
  for (let day = 0; day < Math.max(1, busy.length - 6); day += 1) {
    const sum = busy.slice(day, day + 7).reduce((total, one) => total + one, 0);
    if (sum > most) [best, most] = [day, sum];
  }
  const from = dayStarts[best] ?? 0;
  return { from, to: dayStarts[Math.min(best + 7, dayStarts.length - 1)] ?? from + weekMs };
};

/** Finds the baseline. Yields before each trial. */
export function* sizeStaticPeak(
  demand: Demand,
  dayStarts: readonly number[],
  rule: PeakRule,
  options: Omit<RunOptions, "from" | "to"> & { readonly most: number },
): Generator<number, StaticPeak, void> {
  const week = busiestWeek(demand, dayStarts);
  let low = 1;
  let high = options.most;
  yield high;
  if (!meets(high)) return { ...week, slots: high, met: false };
  while (low < high) {
    const slots = (low + high) >>> 1;
    yield slots;
    if (meets(slots)) high = slots;
    else low = slots + 1;
  }
  return { ...week, slots: low, met: true };

  function meets(slots: number): boolean {
    const run = runSeason(demand, staticCapacity(slots), { ...options, ...week });
    let step = run.next();
    while (step.done !== true) step = run.next();
    const { waits, expired } = step.value;
    const inTime = waits.critical.p99Ms <= rule.goalMs && waits.high.p99Ms <= rule.goalMs;
    return inTime && expired === 0 && Object.values(waits).every(({ missed }) => missed === 0);
  }
}

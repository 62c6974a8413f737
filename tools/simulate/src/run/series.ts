// Load and capacity cut into equal bins: what the plots are drawn from.
import { capacityHours, type CapacityStep } from "@wedsync/season-policy";
import { firstDueFrom, type Demand } from "./demand.js";
import type { CapacityChange } from "./slot-pool.js";

const hourMs = 3_600_000;

/** Mean slots that the work falling due in each bin keeps busy. `edges`: ascending instants; one bin less than edges. */
export const loadIn = (demand: Demand, edges: readonly number[]): readonly number[] => {
  const firsts = edges.map((at) => firstDueFrom(demand.due, at));
  return edges.slice(0, -1).map((from, bin) => {
    let busyMs = 0;
    for (let at = firsts[bin] ?? 0; at < (firsts[bin + 1] ?? 0); at += 1) busyMs += demand.serviceMs[at] ?? 0;
    return busyMs / ((edges[bin + 1] ?? from) - from);
  });
};

/** Mean paid slots in each bin. */
export const capacityIn = (changes: readonly CapacityChange[], edges: readonly number[]): readonly number[] => {
  const steps: readonly CapacityStep[] = changes.map((change) => ({ ...change, reasons: [] }));
  let next = 0;
  return edges.slice(0, -1).map((from, bin) => {
    const to = edges[bin + 1] ?? from;
    // Only the changes that touch the bin: a season has a hundred thousand of them.
    while ((steps[next + 1]?.at ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    let end = next + 1;
    while ((steps[end]?.at ?? Number.POSITIVE_INFINITY) < to) end += 1;
    return (capacityHours(steps.slice(next, end), from, to) * hourMs) / (to - from);
  });
};

// Turns the slots that each cell needs into few steps. Every function here only raises, and is monotone: more need in a cell
// never gives less capacity anywhere. That is why there is no optimiser here: one that weighs the cost of a step against idle
// slots takes capacity away from a quiet hour when a busy one gets busier.
import type { Cell } from "./plan-grid.js";

/** Levels from floor to cap, each the factor times the one before, rounded up. With factor 1: every whole number. */
export function ladder(floor: number, cap: number, factor: number): readonly number[] {
  const levels = [floor];
  for (let level = floor; level < cap; levels.push(level)) {
    level = Math.min(cap, Math.max(level + 1, Math.ceil(level * factor)));
  }
  return levels;
}

/** The lowest level that is enough; the highest when none is. */
export function levelFor(levels: readonly number[], need: number): number {
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((levels[middle] ?? 0) >= need) high = middle;
    else low = middle + 1;
  }
  return levels[low] ?? need;
}

/**
 * Fills valleys shorter than `holdMs`, to their lower rim: capacity that is needed again soon stays. The morphological closing
 * with a flat window (Serra, Image Analysis and Mathematical Morphology, 1982): the least profile that has no such valley.
 */
export function fillValleys(slots: readonly number[], cells: readonly Cell[], holdMs: number): readonly number[] {
  if (holdMs <= 0) return slots;
  const filled = slots.map(() => Number.POSITIVE_INFINITY);
  const last = cells.length - 1;
  // Windows may hang over the ends: what lies outside the plan is not known to be busy.
  for (let from = 0; from <= last; from += 1) spread(from, windowEnd(cells, from, holdMs));
  for (let to = 0; to < last; to += 1) if (reaches(cells, to, holdMs)) spread(0, to);
  return filled;

  function spread(from: number, to: number): void {
    let highest = 0;
    for (let index = from; index <= to; index += 1) highest = Math.max(highest, slots[index] ?? 0);
    for (let index = from; index <= to; index += 1) filled[index] = Math.min(filled[index] ?? highest, highest);
  }
}

/** The last cell of the shortest window from a cell on that lasts `holdMs`, or the last cell of all. */
function windowEnd(cells: readonly Cell[], from: number, holdMs: number): number {
  const begins = cells[from]?.from ?? 0;
  let to = from;
  while (to < cells.length - 1 && (cells[to]?.to ?? 0) - begins < holdMs) to += 1;
  return to;
}

/** May a window that began before the plan end with this cell? */
const reaches = (cells: readonly Cell[], to: number, holdMs: number): boolean =>
  (cells[to]?.to ?? 0) - (cells[0]?.from ?? 0) < holdMs;

/** The largest change that one step may make, slots. */
export interface RampLimits {
  readonly upPerStep: number;
  readonly downPerStep: number;
}

/**
 * Keeps each step inside the ramp limits by starting earlier and ending later, never by giving less; only what cannot be
 * reached from the slots that run now is cut.
 */
export function ramp(slots: readonly number[], current: number, limits: RampLimits): readonly number[] {
  const shaped = [...slots];
  for (let index = shaped.length - 2; index >= 0; index -= 1) {
    shaped[index] = Math.max(shaped[index] ?? 0, (shaped[index + 1] ?? 0) - limits.upPerStep);
  }
  let before = current;
  return shaped.map((wanted) => {
    before = Math.min(Math.max(wanted, before - limits.downPerStep), before + limits.upPerStep);
    return before;
  });
}

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
  const windows = windowsOf(cells, holdMs);
  const highest = highestIn(windows, slots);
  // The least of the windows that a cell is in. They come and go in order, so those that may still count stand in a queue.
  const queue: number[] = [];
  let head = 0;
  let next = 0;
  return slots.map((_, cell) => {
    for (; (windows[next]?.from ?? Infinity) <= cell; next += 1) {
      while (queue.length > head && (highest[queue.at(-1) ?? 0] ?? 0) >= (highest[next] ?? 0)) queue.pop();
      queue.push(next);
    }
    while ((windows[queue[head] ?? 0]?.to ?? cell) < cell) head += 1;
    return highest[queue[head] ?? 0] ?? 0;
  });
}

/** Cells from one to another, both included. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The shortest windows that last `holdMs`, in order; both their ends never go back. They may hang over the ends of the plan:
 * what lies outside is not known to be busy.
 */
function windowsOf(cells: readonly Cell[], holdMs: number): readonly Window[] {
  const last = cells.length - 1;
  const lasts = (from: number, to: number): number => (cells[to]?.to ?? 0) - (cells[from]?.from ?? 0);
  const windows: Window[] = [];
  let to = 0;
  for (; to < last && lasts(0, to) < holdMs; to += 1) windows.push({ from: 0, to });
  for (let from = 0; from <= last; from += 1) {
    while (to < last && lasts(from, to) < holdMs) to += 1;
    windows.push({ from, to });
  }
  return windows;
}

function highestIn(windows: readonly Window[], slots: readonly number[]): readonly number[] {
  const queue: number[] = [];
  let head = 0;
  let next = 0;
  return windows.map(({ from, to }) => {
    for (; next <= to; next += 1) {
      while (queue.length > head && (slots[queue.at(-1) ?? 0] ?? 0) <= (slots[next] ?? 0)) queue.pop();
      queue.push(next);
    }
    while ((queue[head] ?? from) < from) head += 1;
    return slots[queue[head] ?? 0] ?? 0;
  });
}

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

// The cells of a plan: the instants at which it may change, and the demand that each cell has to be ready for.
import { addDays, dayMs, hourMs, instantOf, localDate, startOfDay } from "./civil-time.js";
import type { HourlyLoad } from "./capacity-plan.js";

const minuteMs = 60_000;

export interface Cell {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** Cells of whole hours, or from one local switch time to the next; the first begins at `from`, the last ends at `to`. */
export function planCells(from: number, to: number, zone: string, switchTimes?: readonly string[]): readonly Cell[] {
  const edges = switchTimes === undefined ? hours(from, to) : switches(from, to, zone, switchTimes);
  const starts = [from, ...edges];
  return starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to }));
}

function hours(from: number, to: number): readonly number[] {
  const edges: number[] = [];
  for (let at = (Math.floor(from / hourMs) + 1) * hourMs; at < to; at += hourMs) edges.push(at);
  return edges;
}

// Local wall times, so that a switch stays at its local hour on both sides of a clock change.
function switches(from: number, to: number, zone: string, times: readonly string[]): readonly number[] {
  const minutes = times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)));
  const edges = new Set<number>();
  const lastDay = localDate(to, zone);
  const firstDay = localDate(from, zone);
  for (let day = firstDay, start = startOfDay(day, zone); day <= lastDay;) {
    const nextDay = addDays(day, 1);
    const nextStart = startOfDay(nextDay, zone);
    // Asking the zone for each switch is slow: on a day of 24 hours the clock runs evenly from its start.
    const isEven = nextStart - start === dayMs;
    for (const minute of minutes) {
      const at = isEven ? start + minute * minuteMs : instantOf(day, minute, zone);
      if (at > from && at < to) edges.add(at);
    }
    [day, start] = [nextDay, nextStart];
  }
  return [...edges].sort((a, b) => a - b);
}

/** The hour that decides a cell, and its demand. */
export interface Need {
  /** Demand of the hour, executions an hour. */
  readonly load: number;
  /** Start of the hour, epoch milliseconds. */
  readonly at: number;
}

/**
 * For each cell the busiest hour of the cell and of the lead time after it: what starts to be added in the cell must be there
 * when that hour begins.
 * @param loads ascending by `at`
 */
export function needs(cells: readonly Cell[], loads: readonly HourlyLoad[], leadTimeMs: number): readonly Need[] {
  // Both ends only move forward, so the busiest hour of the window is kept in a queue of falling loads: linear in all.
  const queue: number[] = [];
  let head = 0;
  let next = 0;
  return cells.map((cell) => {
    for (let load = loads[next]; load !== undefined && load.at < cell.to + leadTimeMs; load = loads[(next += 1)]) {
      while (queue.length > head && (loads[queue.at(-1) ?? 0]?.upper ?? 0) < load.upper) queue.pop();
      queue.push(next);
    }
    while (head < queue.length && (loads[queue[head] ?? 0]?.at ?? 0) + hourMs <= cell.from) head += 1;
    const busiest = loads[queue[head] ?? -1];
    return busiest === undefined ? { load: 0, at: cell.from } : { load: busiest.upper, at: busiest.at };
  });
}

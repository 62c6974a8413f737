// How much work an event makes, by the day before or after it and by the local hour; learned from counts.
import { requireRange, seasonError } from "./errors.js";

/** Executions counted on a day relative to their events and in a local hour. */
export interface OffsetCount {
  /** Days from the event: -30 is thirty days before, 0 the event day. */
  readonly dayOffset: number;
  /** Local hour in which they fell due, 0 to 23. */
  readonly hour: number;
  readonly executions: number;
}

export interface LoadShape {
  /** Executions an event causes, by offset and hour; ascending, without empty cells. */
  readonly perEvent: readonly OffsetCount[];
  /** Executions an event causes in all. */
  readonly total: number;
  /** Events that it was learned from. */
  readonly events: number;
}

/** Ten years: further from its day no work of an event is believed. */
const farthestOffset = 3_660;

/**
 * The mean work of an event, from counts over complete events: all work of each of the `events` must be among the counts.
 * The same cell may be given more than once.
 * @param counts executions by day offset (-3,660 to 3,660) and local hour
 * @param events number of events that the counts belong to, at least 1
 * @throws SeasonError `range_invalid`
 */
export function learnLoadShape(counts: readonly OffsetCount[], events: number): LoadShape {
  requireRange("events", events, 1);
  const cells = new Map<number, number>();
  for (const { dayOffset, hour, executions } of counts) {
    requireRange("dayOffset", dayOffset, -farthestOffset, farthestOffset);
    requireRange("hour", hour, 0, 23);
    requireRange("executions", executions, 0);
    if (!Number.isInteger(dayOffset) || !Number.isInteger(hour)) {
      throw seasonError("range_invalid", "dayOffset and hour are whole numbers.", { dayOffset, hour });
    }
    const cell = dayOffset * 24 + hour;
    cells.set(cell, (cells.get(cell) ?? 0) + executions);
  }
  const perEvent = [...cells]
    .filter(([, executions]) => executions > 0)
    .sort(([a], [b]) => a - b)
    .map(([cell, executions]) => ({
      dayOffset: Math.floor(cell / 24),
      hour: cell - Math.floor(cell / 24) * 24,
      executions: executions / events,
    }));
  return { perEvent, total: perEvent.reduce((sum, cell) => sum + cell.executions, 0), events };
}

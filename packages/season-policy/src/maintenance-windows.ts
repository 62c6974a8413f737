// The quietest windows for maintenance: never in a freeze, never where the upper demand is that of a busy hour.
import type { Reason } from "@wedsync/contracts/season-policy";
import type { HourlyLoad } from "./capacity-plan.js";
import { dayMs, hourMs, instantOf, localDate, addDays, requireZone } from "./civil-time.js";
import { requireRange, seasonError } from "./errors.js";

export interface TimeWindow {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

export interface MaintenanceOptions {
  /** Search from here, epoch milliseconds; the first hour of the load when absent. */
  readonly from?: number;
  /**
   * Search until here, not included, at most 62 days later; the end of the load when absent. Hours that are not in the load
   * count as quiet.
   */
  readonly to?: number;
  /** Length of a window, milliseconds, from one hour to one day; whole hours are counted. */
  readonly durationMs: number;
  /** Zone of the market. */
  readonly zone: string;
  /** Windows in which nothing may change. */
  readonly freeze: readonly TimeWindow[];
  /** At most this many, 1 to 100; 3 when absent. */
  readonly count?: number;
  /** Safe: the upper demand of every hour is at most this share of the busiest hour's, 0 to 1; 0.25 when absent. */
  readonly safeShare?: number;
  /** Local times, HH:MM, between which a window must begin; any time when absent. */
  readonly startBetween?: { readonly from: string; readonly to: string };
}

export interface MaintenanceWindow extends TimeWindow {
  /** Executions that fall due in it, as expected. */
  readonly expected: number;
  /** Executions in its busiest hour, upper end. */
  readonly busiestHour: number;
  readonly reasons: readonly Reason[];
}

/**
 * The quietest safe windows, the quietest first, of equals the earliest; they do not overlap. None is found when every window
 * meets a freeze or a busy hour.
 * @throws SeasonError `zone_unknown`, `range_invalid`
 */
export function maintenanceWindows(
  load: readonly HourlyLoad[],
  options: MaintenanceOptions,
): readonly MaintenanceWindow[] {
  const { durationMs, zone, freeze, count = 3, safeShare = 0.25 } = options;
  const { from = firstOf(load), to = Math.max(from, lastOf(load)) } = options;
  requireZone(zone);
  requireRange("to - from", to - from, 0, 62 * dayMs);
  requireRange("durationMs", durationMs, hourMs, dayMs);
  requireRange("count", count, 1, 100);
  requireRange("safeShare", safeShare, 0, 1);
  for (const time of Object.values(options.startBetween ?? {})) {
    if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) continue;
    throw seasonError("range_invalid", "startBetween has local times such as 02:00.");
  }
  const byHour = new Map(load.map((hour) => [hour.at, hour]));
  const busiest = load.reduce((highest, { upper }) => Math.max(highest, upper), 0);
  const limit = busiest * safeShare;
  const starts = options.startBetween === undefined ? undefined : startRanges({ ...options, from, to });
  const candidates: MaintenanceWindow[] = [];
  for (let at = Math.ceil(from / hourMs) * hourMs; at + durationMs <= to; at += hourMs) {
    const window = { from: at, to: at + durationMs };
    if (starts?.some((range) => at >= range.from && at < range.to) === false) continue;
    if (freeze.some((frozen) => frozen.from < window.to && frozen.to > window.from)) continue;
    const { expected, highest } = demandOf(window, byHour);
    if (highest > limit) continue;
    const reasons: Reason[] = [{ code: "quiet", params: { expected, busiestHour: highest, limit } }];
    if (freeze.length > 0) reasons.push({ code: "outside_freeze", params: { windows: freeze.length } });
    candidates.push({ ...window, expected, busiestHour: highest, reasons });
  }
  candidates.sort((a, b) => a.expected - b.expected || a.busiestHour - b.busiestHour || a.from - b.from);
  const chosen: MaintenanceWindow[] = [];
  for (const window of candidates) {
    if (chosen.length >= count) break;
    if (!chosen.some((other) => other.from < window.to && other.to > window.from)) chosen.push(window);
  }
  return chosen;
}

const firstOf = (load: readonly HourlyLoad[]): number =>
  load.reduce((first, { at }) => Math.min(first, at), load[0]?.at ?? 0);
const lastOf = (load: readonly HourlyLoad[]): number => load.reduce((last, { at }) => Math.max(last, at + hourMs), 0);

function demandOf(window: TimeWindow, byHour: ReadonlyMap<number, HourlyLoad>) {
  let expected = 0;
  let highest = 0;
  for (let at = window.from; at < window.to; at += hourMs) {
    const hour = byHour.get(at);
    const share = Math.min(window.to - at, hourMs) / hourMs;
    expected += (hour?.expected ?? 0) * share;
    highest = Math.max(highest, hour?.upper ?? 0);
  }
  return { expected, highest };
}

/** Local times as instants, day by day; past midnight when the end is before the beginning. */
function startRanges({ from, to, zone, startBetween }: MaintenanceOptions & TimeWindow): readonly TimeWindow[] {
  const minute = (time = "00:00"): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const begins = minute(startBetween?.from);
  const ends = minute(startBetween?.to);
  const ranges: TimeWindow[] = [];
  const last = localDate(to, zone);
  for (let date = addDays(localDate(from, zone), -1); date <= last; date = addDays(date, 1)) {
    const until = instantOf(ends <= begins ? addDays(date, 1) : date, ends, zone);
    ranges.push({ from: instantOf(date, begins, zone), to: until });
  }
  return ranges;
}

// From events a day to executions an hour: each event's work is laid out around its day, in local hours, and added up in UTC.
import type { HourlyLoad } from "./capacity-plan.js";
import { dateOf, dayMs, dayNumber, hourMs, instantOf, requireDate, requireZone } from "./civil-time.js";
import { requireRange } from "./errors.js";
import type { LoadShape, OffsetCount } from "./load-shape.js";

/** Events of one local day, as a forecast gives them. */
export interface DailyEvents {
  /** Local day, YYYY-MM-DD. */
  readonly date: string;
  readonly expected: number;
  /** Lower end of the prediction interval, at most `expected`. */
  readonly lower: number;
  /** Upper end, at least `expected`. */
  readonly upper: number;
}

export interface HourlyLoadOptions {
  /** Zone of the market's local days and hours. */
  readonly zone: string;
  /**
   * How the errors of different days go together, 0 to 1: 1 (when absent) adds them up, the widest interval; 0 takes them as
   * independent. A forecast whose level is off is off on every day, so 1 is the careful choice.
   */
  readonly errorCorrelation?: number;
  /** Only hours that begin in [from, to) are wanted, epoch milliseconds; all when absent. */
  readonly from?: number;
  readonly to?: number;
}

/** No hour of a local day is further from that day's noon in UTC: half a day, the widest offset, and an hour of changing clocks. */
const farFromNoonMs = 12 * hourMs + 15 * hourMs;

interface Sums {
  expected: number;
  lowerSum: number;
  lowerSquares: number;
  upperSum: number;
  upperSquares: number;
}

/**
 * Executions by UTC hour, ascending; hours without work are left out. A local hour that a clock change skips counts at the
 * change, one that it repeats at its first occurrence; in zones whose hours begin between UTC hours the work is shared by
 * overlap. No execution is lost or doubled.
 * @param events at most one entry a day
 * @throws SeasonError `zone_unknown`, `date_invalid`, `range_invalid`
 */
export function hourlyLoad(
  events: readonly DailyEvents[],
  shape: LoadShape,
  options: HourlyLoadOptions,
): readonly HourlyLoad[] {
  const { zone, errorCorrelation = 1, from = -Infinity, to = Infinity } = options;
  requireZone(zone);
  requireRange("errorCorrelation", errorCorrelation, 0, 1);
  const hours = new Map<number, Sums>();
  const hourStart = createHourStart(zone);
  const reaching = createReach(shape, from, to);
  for (const day of events) {
    requireDate(day.date);
    requireRange("expected", day.expected, 0);
    requireRange("lower", day.lower, 0, day.expected);
    requireRange("upper", day.upper, day.expected);
    const number = dayNumber(day.date);
    for (const { dayOffset, hour, executions } of reaching(number)) {
      const at = hourStart(number + dayOffset, hour);
      const first = Math.floor(at / hourMs) * hourMs;
      const inSecond = (at - first) / hourMs;
      add(hours, first, day, executions * (1 - inSecond));
      if (inSecond > 0) add(hours, first + hourMs, day, executions * inSecond);
    }
  }
  return [...hours]
    .filter(([at]) => at >= from && at < to)
    .sort(([a], [b]) => a - b)
    .map(([at, sums]) => {
      const { expected } = sums;
      const lower = expected - spread(sums.lowerSum, sums.lowerSquares, errorCorrelation);
      return {
        at,
        expected,
        lower: Math.max(0, lower),
        upper: expected + spread(sums.upperSum, sums.upperSquares, errorCorrelation),
      };
    });
}

function add(hours: Map<number, Sums>, at: number, day: DailyEvents, perEvent: number): void {
  let sums = hours.get(at);
  if (sums === undefined) {
    sums = { expected: 0, lowerSum: 0, lowerSquares: 0, upperSum: 0, upperSquares: 0 };
    hours.set(at, sums);
  }
  const below = (day.expected - day.lower) * perEvent;
  const above = (day.upper - day.expected) * perEvent;
  sums.expected += day.expected * perEvent;
  sums.lowerSum += below;
  sums.lowerSquares += below * below;
  sums.upperSum += above;
  sums.upperSquares += above * above;
}

/** The width of a sum of equally correlated errors. */
const spread = (sum: number, squares: number, correlation: number): number =>
  Math.sqrt(correlation * sum * sum + (1 - correlation) * squares);

/** The cells of an event's work that may fall into [from, to), by the number of its day: most of a year's do not reach a month. */
function createReach(shape: LoadShape, from: number, to: number): (day: number) => readonly OffsetCount[] {
  if (from === -Infinity || to === Infinity) return () => shape.perEvent;
  const first = Math.floor((from - farFromNoonMs) / dayMs);
  const last = Math.ceil((to + farFromNoonMs) / dayMs);
  const byOffset = new Map<number, OffsetCount[]>();
  for (const cell of shape.perEvent) {
    const ofDay = byOffset.get(cell.dayOffset);
    if (ofDay === undefined) byOffset.set(cell.dayOffset, [cell]);
    else ofDay.push(cell);
  }
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return (day) => days.flatMap((one) => byOffset.get(one - day) ?? []);
}

/** Local hours by day: offsets of neighbouring events ask for the same ones again and again. */
function createHourStart(zone: string): (day: number, hour: number) => number {
  const known = new Map<number, number>();
  return (day, hour) => {
    const key = day * 24 + hour;
    let at = known.get(key);
    if (at === undefined) known.set(key, (at = instantOf(dateOf(day), hour * 60, zone)));
    return at;
  };
}

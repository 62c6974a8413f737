// The usual simple forecasters, to be measured against: they stand behind the same port and get the same intervals.
import { createBookingLedger } from "./booking-ledger.js";
import { yearLag } from "./calendar.js";
import { horizonOf } from "./compose-forecast.js";
import { createDemandWalk, type PointForecast, type Seen } from "./demand-walk.js";
import { firstDays } from "./first-days.js";
import type { BookingRecord, DayValue, Forecaster } from "./port.js";
import { seriesForecasterOf } from "./series-walk.js";

/** The newest known day of the same weekday. */
const sameWeekday: PointForecast = ({ demand }, at, lead) => demand[at - 7 * Math.ceil(lead / 7)] ?? demand.at(-1) ?? 0;

/** The same weekday 52 weeks before, or the newest one while there is no last year. */
const sameWeekdayLastYear: PointForecast = (seen, at, lead) => seen.demand[at - yearLag] ?? sameWeekday(seen, at, lead);

/** Pairs of what was in hand at a lead and what it became, over the last `window` days. */
const pairs = ({ demand, inHand }: Seen, lead: number, window: number): (readonly [number, number])[] => {
  const result: (readonly [number, number])[] = [];
  for (let at = Math.max(0, demand.length - window); at < demand.length; at += 1) {
    const hand = inHand(at, lead);
    if (hand !== undefined) result.push([hand, demand[at] as number]);
  }
  return result;
};

/** Ordinary least squares of the final count on the count in hand. */
const leastSquares =
  (window: number): PointForecast =>
  (seen, at, lead) => {
    const known = pairs(seen, lead, window);
    const hand = seen.inHand(at, lead) ?? 0;
    const meanHand = known.reduce((sum, [value]) => sum + value, 0) / Math.max(known.length, 1);
    const meanFinal = known.reduce((sum, [, value]) => sum + value, 0) / Math.max(known.length, 1);
    let cross = 0;
    let squares = 0;
    for (const [value, final] of known) {
      cross += (value - meanHand) * (final - meanFinal);
      squares += (value - meanHand) ** 2;
    }
    return known.length === 0 ? hand : meanFinal + (squares > 0 ? cross / squares : 0) * (hand - meanHand);
  };

/** What is in hand plus, for each day left, the mean net gain at that lead over the `window` newest days that show it. */
const additivePickUp =
  (window: number): PointForecast =>
  (seen, at, lead) => {
    let point = seen.inHand(at, lead) ?? 0;
    for (let left = lead; left >= 1; left -= 1) {
      let gain = 0;
      let count = 0;
      const newest = seen.demand.length - 1 + left - 1;
      for (let day = Math.max(0, newest - window + 1); day <= newest; day += 1) {
        const before = seen.inHand(day, left);
        const after = left === 1 ? seen.demand[day] : seen.inHand(day, left - 1);
        if (before === undefined || after === undefined) continue;
        gain += after - before;
        count += 1;
      }
      point += gain / Math.max(count, 1);
    }
    return point;
  };

const forBookings = (name: string, pointOf: PointForecast): Forecaster<BookingRecord> => ({
  name,
  prepare: (records, context = {}) => {
    const horizon = horizonOf(context);
    const firstAt = firstDays(records);
    const begin = (first: number) => ({
      ledger: createBookingLedger(records, first, horizon),
      walk: createDemandWalk({ first, horizon, pointOf, whole: true }),
    });
    let state: ReturnType<typeof begin> | undefined;
    return (origin) => {
      const first = firstAt(origin);
      if (state === undefined || state.walk.first !== first || origin < state.walk.today()) state = begin(first);
      const { ledger, walk } = state;
      while (walk.today() < origin) {
        for (const day of ledger.advance()) walk.revise(day, ledger.demand(day));
        const today = ledger.today();
        const hand = Array.from({ length: horizon }, (_, at) => ledger.inHand(today + at + 1).count);
        walk.step(ledger.demand(today), hand);
      }
      return walk.forecastNow();
    };
  },
});

/** The yardsticks for bookings: same weekday, regressions on bookings in hand, additive pick-up. */
export const bookingReferences: readonly Forecaster<BookingRecord>[] = [
  forBookings("same-weekday", sameWeekday),
  forBookings("in-hand-ols-84", leastSquares(84)),
  forBookings("in-hand-ols-364", leastSquares(364)),
  forBookings("additive-pick-up", additivePickUp(28)),
];

/** The yardsticks for a bare series. */
export const seriesReferences: readonly Forecaster<DayValue>[] = [
  seriesForecasterOf("same-weekday", () => sameWeekday),
  seriesForecasterOf("same-weekday-last-year", () => sameWeekdayLastYear),
];

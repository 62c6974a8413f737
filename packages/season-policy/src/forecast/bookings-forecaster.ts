// The forecaster for bookings in hand. It walks through the days once, forecasting on each, so that every forecast is
// made by models and intervals that learned from the days before it and from nothing else.
import { createBookingLedger, type BookingLedger } from "./booking-ledger.js";
import { createBookingModels, type Features } from "./booking-models.js";
import { busyThresholdOf } from "./busy-threshold.js";
import { yearLag } from "./calendar.js";
import { logRatio, pickUpViews } from "./pick-up.js";
import type { BookingRecord, DayForecast, Forecast, ForecastAt, ForecastContext, Forecaster } from "./port.js";
import { firstDays } from "./first-days.js";
import { createResiduals } from "./residuals.js";

const defaultHorizon = 30;
/** Days to each side that count as the neighbourhood of a target day. */
const near = 3;
const refitEvery = 7;

interface Made {
  readonly features: Features;
  readonly withLastYear: boolean;
  readonly point: number;
  readonly spread: number;
}

/** What was in hand at one origin; index is the lead. */
interface Snapshot {
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  readonly fresh: Float64Array;
  readonly pace: Float64Array;
}

const snapshotOf = (ledger: BookingLedger, reach: number): Snapshot => {
  const hands = Array.from({ length: reach + 1 }, (_, lead) =>
    lead === 0 ? undefined : ledger.inHand(ledger.today() + lead),
  );
  return {
    expected: Float64Array.from(hands, (hand) => hand?.expected ?? 0),
    variance: Float64Array.from(hands, (hand) => hand?.variance ?? 0),
    fresh: Float64Array.from(hands, (hand) => hand?.fresh ?? 0),
    pace: ledger.pace(),
  };
};

/** One walk through the days, from before the first event on. */
const createWalk = (records: readonly BookingRecord[], first: number, horizon: number) => {
  const reach = horizon + near;
  const start = first - reach;
  const ledger = createBookingLedger(records, start, horizon);
  const snapshots: Snapshot[] = [];
  const demand: number[] = [];
  const pickedUp = Array.from({ length: horizon + 1 }, (): number[] => []);
  const young = Array.from({ length: horizon + 1 }, createBookingModels);
  const grown = Array.from({ length: horizon + 1 }, createBookingModels);
  const residuals = Array.from({ length: horizon + 1 }, createResiduals);
  const made = new Map<number, (Made | undefined)[]>();

  const snapshotAt = (day: number): Snapshot | undefined => snapshots[day - start];

  const settle = (day: number): void => {
    const actual = demand[day - first] ?? 0;
    for (let lead = 1; lead <= horizon; lead += 1) {
      const forecast = made.get(day - lead)?.[lead];
      if (forecast === undefined) continue;
      young[lead]?.add(
        { ...forecast.features, pickUp: (forecast.features.recent + forecast.features.typical) / 2 },
        actual,
      );
      if (forecast.withLastYear) grown[lead]?.add(forecast.features, actual);
      residuals[lead]?.add(actual, forecast.point, forecast.spread);
    }
    made.delete(day - horizon);
    if ((day - first) % refitEvery === 0) {
      for (let lead = 1; lead <= horizon; lead += 1) for (const models of [young[lead], grown[lead]]) models?.fit();
    }
  };

  const around = (values: ArrayLike<number>, lead: number): number => {
    let sum = 0;
    for (let at = Math.max(1, lead - near); at <= lead + near; at += 1) sum += values[at] ?? 0;
    return sum;
  };

  const look = (today: number, lead: number): Made => {
    const target = today + lead;
    const now = snapshotAt(today) as Snapshot;
    const before = snapshotAt(today - yearLag);
    const comparable = before !== undefined && target - yearLag - near >= first;
    const paced = before !== undefined && today - yearLag - 28 > first - lead;
    const views = pickUpViews(
      pickedUp[lead] ?? [],
      first,
      target,
      paced ? logRatio(now.pace[lead] ?? 0, before.pace[lead] ?? 0) : 0,
      comparable ? logRatio(around(now.fresh, lead), around(before.fresh, lead)) : 0,
    );
    const expected = now.expected[lead] ?? 0;
    let week = 0;
    for (let at = lead - near; at <= lead + near; at += 1) {
      week += at > 0 ? (now.expected[at] ?? 0) : (demand[today + at - first] ?? 0);
    }
    const latest = target - 7 * Math.ceil(lead / 7);
    let same = 0;
    let weeks = 0;
    for (let day = latest; weeks < 4 && day >= first; day -= 7, weeks += 1) same += demand[day - first] ?? 0;
    const angle = (2 * Math.PI * target) / 365.25;
    const pickUp = views.lastYear ?? (views.recent + views.typical) / 2;
    const features: Features = {
      inHand: expected,
      inHandWeek: week / (2 * near + 1),
      pickUp,
      recent: views.recent,
      typical: views.typical,
      sameWeekday: weeks === 0 ? expected : same / weeks,
      yearSine: Math.sin(angle),
      yearCosine: Math.cos(angle),
    };
    const withLastYear = views.lastYear !== undefined;
    const point = (withLastYear ? grown : young)[lead]?.predict(features) ?? 0;
    return { features, withLastYear, point, spread: Math.sqrt((now.variance[lead] ?? 0) + 2 * pickUp + 1) };
  };

  const step = (): void => {
    const revised = ledger.advance();
    const today = ledger.today();
    if (today >= first) {
      demand.push(ledger.demand(today));
      for (let lead = 1; lead <= horizon; lead += 1) pickedUp[lead]?.push(ledger.pickedUp(today, lead));
      for (const day of revised) {
        demand[day - first] = ledger.demand(day);
        for (let lead = 1; lead <= horizon; lead += 1) {
          const list = pickedUp[lead];
          if (list !== undefined) list[day - first] = ledger.pickedUp(day, lead);
        }
      }
      settle(today);
    }
    snapshots.push(snapshotOf(ledger, reach));
    const forecasts: (Made | undefined)[] = [undefined];
    if (today >= first + 6) for (let lead = 1; lead <= horizon; lead += 1) forecasts[lead] = look(today, lead);
    made.set(today, forecasts);
  };

  const forecastNow = (): Forecast => {
    const origin = ledger.today();
    const threshold = busyThresholdOf(demand);
    const days = Array.from({ length: horizon }, (_, at): DayForecast => {
      const lead = at + 1;
      const { point, spread } = made.get(origin)?.[lead] ?? look(origin, lead);
      const outlook = (residuals[lead] ?? createResiduals()).outlook(point, spread);
      return {
        day: origin + lead,
        lead,
        point,
        interval50: outlook.interval(0.5),
        interval80: outlook.interval(0.8),
        interval95: outlook.interval(0.95),
        busyProbability: threshold === undefined ? 0 : outlook.chanceOf(threshold),
      };
    });
    const basis = demand.length >= yearLag + horizon ? "history" : demand.length > 0 ? "short-history" : "nothing";
    return { origin, basis, historyDays: demand.length, busyThreshold: threshold, days };
  };

  return { first, today: ledger.today, step, forecastNow };
};

type Walk = ReturnType<typeof createWalk>;

/** Forecasts from booking curves; see docs/forecasting.md. */
export const bookingsForecaster: Forecaster<BookingRecord> = {
  name: "bookings",
  prepare: (records, context: ForecastContext = {}): ForecastAt => {
    const horizon = context.horizon ?? defaultHorizon;
    const firstDayAt = firstDays(records);
    let walk: Walk | undefined;
    return (origin) => {
      const first = firstDayAt(origin);
      if (walk === undefined || walk.first !== first || origin < walk.today()) {
        walk = createWalk(records, first, horizon);
      }
      while (walk.today() < origin) walk.step();
      return walk.forecastNow();
    };
  },
};

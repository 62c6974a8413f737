// The walk behind the forecaster for bookings in hand. It goes through the days once, forecasting on each, so that every
// forecast is made by models and intervals that learned from the days before it and from nothing else.
import { createBookingLedger, paceDays, type BookingLedger } from "./booking-ledger.js";
import { createBookingModels, type BookingModels, type Features } from "./booking-models.js";
import { yearLag } from "./calendar.js";
import { composeForecast, horizonOf } from "./compose-forecast.js";
import { logRatio, pickUpViews } from "./pick-up.js";
import type { BookingRecord, Forecast, ForecastContext } from "./port.js";
import { mixWithProfile, profileValue } from "./profile.js";
import { createResiduals, type Residuals } from "./residuals.js";
import { seasonLags } from "./season-lag.js";

/** Days to each side that count as the neighbourhood of a target day. */
const near = 3;
/** How much a day teaches whose pick-up could not be compared with the year before. */
const weightWithoutLastYear = 0.2;

interface Made {
  readonly features: Features;
  readonly withLastYear: boolean;
  readonly point: number;
  readonly spread: number;
}

/** What is learned at one lead. */
interface Learner {
  /** Pick-ups of the days since the first. */
  readonly pickedUp: number[];
  readonly models: BookingModels;
  readonly residuals: Residuals;
}

const createLearner = (): Learner => ({ pickedUp: [], models: createBookingModels(), residuals: createResiduals() });

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
export const createBookingWalk = (records: readonly BookingRecord[], first: number, context: ForecastContext) => {
  const { profile, holidays = [] } = context;
  const horizon = horizonOf(context);
  const lagOf = seasonLags(holidays);
  const reach = horizon + near;
  const start = first - reach;
  const ledger = createBookingLedger(records, start, horizon);
  const snapshots: Snapshot[] = [];
  const demand: number[] = [];
  const learners = Array.from({ length: horizon + 1 }, createLearner);
  const made = new Map<number, (Made | undefined)[]>();

  const snapshotAt = (day: number): Snapshot | undefined => snapshots[day - start];

  const settle = (day: number): void => {
    const actual = demand[day - first] as number;
    for (let lead = 1; lead <= horizon; lead += 1) {
      const forecast = made.get(day - lead)?.[lead];
      if (forecast === undefined) continue;
      const { models, residuals } = learners[lead] as Learner;
      models.add(forecast.features, actual, forecast.withLastYear ? 1 : weightWithoutLastYear);
      residuals.add(actual, forecast.point, forecast.spread);
      models.fit();
    }
    made.delete(day - horizon);
  };

  const around = (values: ArrayLike<number>, lead: number): number => {
    let sum = 0;
    for (let at = Math.max(1, lead - near); at <= lead + near; at += 1) sum += values[at] as number;
    return sum;
  };

  const look = (today: number, lead: number): Made => {
    const target = today + lead;
    const now = snapshotAt(today) as Snapshot;
    const { pickedUp, models } = learners[lead] as Learner;
    const lag = lagOf(target);
    // The origin that saw last year's counterpart of the target from the same distance, and the one a year ago.
    const counterpart = snapshotAt(today - lag);
    const lastYear = snapshotAt(today - yearLag);
    const comparable = counterpart !== undefined && target - lag - near >= first;
    const paced = lastYear !== undefined && today - yearLag - paceDays > first - lead;
    const views = pickUpViews({
      values: pickedUp,
      first,
      target,
      lag,
      paceRatio: paced ? logRatio(now.pace[lead] as number, lastYear.pace[lead] as number) : 0,
      localRatio: comparable ? logRatio(around(now.fresh, lead), around(counterpart.fresh, lead)) : 0,
    });
    const expected = now.expected[lead] as number;
    // In hand for a later day, demand for one that has come.
    const standing = (at: number): number =>
      at > 0 ? (now.expected[at] as number) : (demand[today + at - first] ?? expected);
    const meanOfDays = (from: number, to: number): number => {
      let sum = 0;
      for (let at = lead + from; at <= lead + to; at += 1) sum += standing(at);
      return sum / (to - from + 1);
    };
    const latest = target - 7 * Math.ceil(lead / 7);
    let same = 0;
    let weeks = 0;
    for (let day = latest; weeks < 4 && day >= first; day -= 7, weeks += 1) same += demand[day - first] as number;
    const angle = (2 * Math.PI * target) / 365.25;
    const pickUp = views.lastYear ?? (views.recent + views.typical) / 2;
    const features: Features = {
      inHand: expected,
      twoBefore: meanOfDays(-2, -1),
      threeBefore: meanOfDays(-3, -1),
      threeAfter: meanOfDays(1, near),
      pickUp,
      recent: views.recent,
      sameWeekday: weeks === 0 ? expected : same / weeks,
      yearSine: Math.sin(angle),
      yearCosine: Math.cos(angle),
    };
    const learned = models.predict(features);
    // Bookings in hand are a floor under what a profile expects.
    const usual = profile === undefined ? undefined : Math.max(expected, profileValue(profile, target));
    const point = mixWithProfile(learned, usual, demand.length);
    const variance = (now.variance[lead] as number) + 2 * Math.max(pickUp, point - expected) + 1;
    return { features, withLastYear: views.lastYear !== undefined, point, spread: Math.sqrt(variance) };
  };

  const step = (): void => {
    const revised = ledger.advance();
    const today = ledger.today();
    if (today >= first) {
      for (const day of [...revised.filter((past) => past >= first), today]) {
        demand[day - first] = ledger.demand(day);
        for (const [lead, { pickedUp }] of learners.entries()) pickedUp[day - first] = ledger.pickedUp(day, lead);
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
    const of = (lead: number) => made.get(origin)?.[lead] ?? look(origin, lead);
    return composeForecast({
      origin,
      demand,
      profile,
      made: of,
      residuals: learners.map(({ residuals }) => residuals),
    });
  };

  const featuresNow = (): readonly (Features & { readonly day: number; readonly lead: number })[] => {
    const origin = ledger.today();
    return Array.from({ length: horizon }, (_, at) => {
      const lead = at + 1;
      return { day: origin + lead, lead, ...(made.get(origin)?.[lead] ?? look(origin, lead)).features };
    });
  };

  return { first, today: ledger.today, step, forecastNow, featuresNow };
};

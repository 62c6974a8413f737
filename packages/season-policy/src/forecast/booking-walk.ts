// The walk behind the forecaster for bookings in hand. It goes through the days once, forecasting on each, so that every
// forecast is made by models and intervals that learned from the days before it and from nothing else.
import { createBookingLedger } from "./booking-ledger.js";
import { createBookingModels, type BookingModels, type Features } from "./booking-models.js";
import { composeForecast, horizonOf } from "./compose-forecast.js";
import { near, observe, snapshotOf, type Snapshot } from "./observe.js";
import type { BookingRecord, Forecast, ForecastContext } from "./port.js";
import { mixWithProfile, profileValue } from "./profile.js";
import { createResiduals, type Residuals } from "./residuals.js";
import { seasonLags } from "./season-lag.js";

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

  const look = (today: number, lead: number): Made => {
    const { pickedUp, models } = learners[lead] as Learner;
    const target = today + lead;
    const { features, withLastYear, variance } = observe({
      first,
      start,
      today,
      target,
      demand,
      pickedUp,
      snapshots,
      lag: lagOf(target),
    });
    const learned = models.predict(features);
    // Bookings in hand are a floor under what a profile expects.
    const usual = profile === undefined ? undefined : Math.max(features.inHand, profileValue(profile, target));
    const point = mixWithProfile(learned, usual, demand.length);
    const open = Math.max(features.pickUp, point - features.inHand);
    // Bookings still to come are taken to scatter twice as much as independent ones; the misses put that right.
    return { features, withLastYear, point, spread: Math.sqrt(variance + 2 * open + 1) };
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
      whole: true,
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

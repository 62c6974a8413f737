// The forecaster for bookings in hand, and what it looks at as data for models of one's own.
import type { Features } from "./booking-models.js";
import { createBookingWalk } from "./booking-walk.js";
import { horizonOf } from "./compose-forecast.js";
import { firstDays } from "./first-days.js";
import type { BookingRecord, ForecastContext, Forecaster } from "./port.js";

/** Answers for origins from a walk that is led to them; it starts again where an origin lies behind it. */
const walkTo = (records: readonly BookingRecord[], context: ForecastContext) => {
  horizonOf(context);
  const firstAt = firstDays(records);
  let walk: ReturnType<typeof createBookingWalk> | undefined;
  return (origin: number): ReturnType<typeof createBookingWalk> => {
    const first = firstAt(origin);
    if (walk === undefined || walk.first !== first || origin < walk.today()) {
      walk = createBookingWalk(records, first, context);
    }
    while (walk.today() < origin) walk.step();
    return walk;
  };
};

/** Forecasts from booking curves; see docs/forecasting.md. */
export const bookingsForecaster: Forecaster<BookingRecord> = {
  name: "bookings",
  prepare: (records, context = {}) => {
    const walkAt = walkTo(records, context);
    return (origin) => walkAt(origin).forecastNow();
  },
};

/** What is known at an origin about one later day. Counts only: nothing in it is about a person. */
export type BookingFeatures = Features & {
  /** The day the features are about. */
  readonly day: number;
  /** Days from the origin to it. */
  readonly lead: number;
};

/**
 * The features the regressions learn from, for each day of the horizon, as known at the end of an origin day. Pair them
 * with what came of the days to train a model of one's own, and put it behind the port `Forecaster`.
 */
export const bookingFeatures = (
  records: readonly BookingRecord[],
  context: ForecastContext = {},
): ((origin: number) => readonly BookingFeatures[]) => {
  const walkAt = walkTo(records, context);
  return (origin) => walkAt(origin).featuresNow();
};

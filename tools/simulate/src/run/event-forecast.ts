// How many weddings the coming days will have, by the platform's own forecaster and as the platform asks it: for thirty days, without
// segments.
import type { Forecast } from "@wedsync/season-policy";
import { bookingsForecaster, type DayForecast } from "@wedsync/season-policy/forecast";
import { formatDay } from "../generate/dates.js";
import { recordOf } from "../input/booking-records.js";
import type { BookingRow } from "../input/read-bookings.js";

const horizonDays = 30;

/** The forecast from the end of a day (its number), in weddings. Days must be asked in rising order. */
export type EventForecast = (origin: number) => Pick<Forecast, "origin" | "days">;

/** Forecasts `scale` weddings for each booking, from what was known at the end of the origin. */
export const eventForecastOf = (rows: readonly BookingRow[], scale: number): EventForecast => {
  // A no-show made work like any other: nobody knew before.
  const records = rows.map((row) => recordOf({ ...row, noShowDay: undefined, segment: "" }));
  const forecastAt = bookingsForecaster.prepare(records, { horizon: horizonDays });
  const dayOf = ({ day, point, interval80, busyProbability }: DayForecast): Forecast["days"][number] => ({
    date: formatDay(day),
    expected: point * scale,
    intervals: [{ level: 0.8, lower: interval80.low * scale, upper: interval80.high * scale }],
    busyProbability,
  });
  return (origin) => ({ origin: formatDay(origin), days: forecastAt(origin).days.map(dayOf) });
};

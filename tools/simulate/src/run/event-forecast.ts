// How many weddings a coming day will have, by the platform's own forecaster.
import { bookingsForecaster, type BookingRecord } from "@wedsync/season-policy/forecast";
import type { BookingRow } from "./bookings-file.js";
import type { DemandStep } from "./demand.js";
import type { EventForecast } from "./load-forecast.js";

/** The forecaster looks no further. */
const longestHorizon = 60;

/**
 * A forecast for the steps that lie before their wedding, in weddings: `scale` for each booking. Origins must be asked in rising
 * order; a forecast uses what was known at the end of its origin.
 */
export const eventForecastOf = (
  rows: readonly BookingRow[],
  steps: readonly DemandStep[],
  scale: number,
): EventForecast => {
  // From yesterday to tomorrow, and from there to the wedding.
  const leads = steps.flatMap(({ day }) => (day !== null && day < 0 && 2 - day <= longestHorizon ? [2 - day] : []));
  if (leads.length === 0) return () => undefined;
  const forecastAt = bookingsForecaster.prepare(rows.map(recordOf), { horizon: Math.max(...leads) });
  let asked: number | undefined;
  let points = new Map<number, number>();
  return (origin, day) => {
    if (origin !== asked) {
      asked = origin;
      points = new Map(forecastAt(origin).days.map((one) => [one.day, one.point * scale]));
    }
    return points.get(day);
  };
};

const recordOf = ({ day, bookedDay, cancelledDay, segment }: BookingRow): BookingRecord => ({
  day,
  bookedOn: bookedDay,
  ...(cancelledDay === undefined ? {} : { releasedOn: cancelledDay }),
  ...(segment === "" ? {} : { segment }),
});

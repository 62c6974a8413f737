// Where the history of bookings begins, which depends on the origin: a booking entered later may be for an earlier day,
// and what lies many years back no longer teaches.
import { yearLag } from "./calendar.js";
import type { BookingRecord } from "./port.js";
import { regularStart } from "./regular-start.js";

/** So many years of 52 weeks are walked through, and the one that is not yet full. */
const yearsKept = 3;

/**
 * The first day to learn from at an origin: where the events of the bookings then known become regular, or later by
 * whole years if that is long ago; the day after the origin when there are none.
 */
export const firstDays = (records: readonly BookingRecord[]): ((origin: number) => number) => {
  const sorted = records.toSorted((a, b) => a.day - b.day);
  const days = Float64Array.from(sorted, ({ day }) => day);
  const known = Float64Array.from(sorted, ({ day, bookedOn }) => Math.max(day, bookedOn));
  return (origin) => {
    const past = days.filter((_, at) => (known[at] as number) <= origin);
    const first = regularStart(past).first ?? origin + 1;
    const older = Math.floor((origin - first) / yearLag) - yearsKept;
    return first + yearLag * Math.max(0, older);
  };
};

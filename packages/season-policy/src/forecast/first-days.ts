// Where the history of bookings begins, which depends on the origin: a booking entered later may be for an earlier day,
// and what lies many years back no longer teaches.
import { yearLag } from "./calendar.js";
import type { BookingRecord } from "./port.js";

/** So many years of 52 weeks are walked through, and the one that is not yet full. */
const yearsKept = 3;

/**
 * The first day to learn from at an origin: of the first event among the bookings then known, or later by whole years
 * if that is long ago; the day after the origin when there are none.
 */
export const firstDays = (records: readonly BookingRecord[]): ((origin: number) => number) => {
  const sorted = records.toSorted((a, b) => a.bookedOn - b.bookedOn);
  let least = Number.POSITIVE_INFINITY;
  const changes: { readonly from: number; readonly first: number }[] = [];
  for (const { bookedOn, day } of sorted) {
    if (day >= least) continue;
    least = day;
    changes.push({ from: bookedOn, first: day });
  }
  return (origin) => {
    const first = Math.min(changes.findLast(({ from }) => from <= origin)?.first ?? origin + 1, origin + 1);
    const older = Math.floor((origin - first) / yearLag) - yearsKept;
    return first + yearLag * Math.max(0, older);
  };
};

// Where the history of bookings begins, which depends on the origin: a booking entered later may be for an earlier day.
import type { BookingRecord } from "./port.js";

/** The first event day among the bookings known at an origin; the day after the origin when there are none. */
export const firstDays = (records: readonly BookingRecord[]): ((origin: number) => number) => {
  const sorted = records.toSorted((a, b) => a.bookedOn - b.bookedOn);
  let least = Number.POSITIVE_INFINITY;
  const changes: { readonly from: number; readonly first: number }[] = [];
  for (const { bookedOn, day } of sorted) {
    if (day >= least) continue;
    least = day;
    changes.push({ from: bookedOn, first: day });
  }
  return (origin) => Math.min(changes.findLast(({ from }) => from <= origin)?.first ?? origin + 1, origin + 1);
};

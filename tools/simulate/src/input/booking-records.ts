// Bookings as the forecasters take them.
import type { BookingRecord } from "@wedsync/season-policy/forecast";
import type { BookingRow } from "./read-bookings.js";

/** A booking is released when it is cancelled, or when nobody came. */
export const recordOf = ({ day, bookedDay, cancelledDay, noShowDay, segment }: BookingRow): BookingRecord => {
  const releasedOn = cancelledDay ?? noShowDay;
  return {
    day,
    bookedOn: bookedDay,
    ...(releasedOn === undefined ? {} : { releasedOn }),
    ...(segment === "" ? {} : { segment }),
  };
};

// Lines as they come out of broken exports: each kind is one way in which a line of bookings can be wrong.
import type { Booking } from "./booking-rows.js";
import { bookingColumns } from "./booking-rows.js";

const cells = (booking: Booking): string[] => bookingColumns.map((column) => String(booking[column]));

const withCell = (booking: Booking, column: (typeof bookingColumns)[number], value: string): string => {
  const row = cells(booking);
  row[bookingColumns.indexOf(column)] = value;
  return row.join(",");
};

/** Each spoils a good booking in its own way; all but the quotes keep to one line's damage by themselves. */
export const badLineKinds = {
  missing_columns: (booking: Booking) => cells(booking).slice(0, 3).join(","),
  extra_columns: (booking: Booking) => [...cells(booking), "surplus", "more"].join(","),
  empty_date: (booking: Booking) => withCell(booking, "event_date", ""),
  date_in_words: (booking: Booking) => withCell(booking, "event_date", "first Saturday in June"),
  impossible_date: (booking: Booking) => withCell(booking, "event_date", "2027-02-30"),
  unknown_status: (booking: Booking) => withCell(booking, "status", "Perhaps"),
  empty_id: (booking: Booking) => withCell(booking, "booking_id", ""),
  forbidden_id: (booking: Booking) => withCell(booking, "booking_id", "B/1 ?"),
  bad_booked_on: (booking: Booking) => withCell(booking, "booked_on", "0000-00-00"),
  unclosed_quote: (booking: Booking) => withCell(booking, "group", '"Family'),
  quote_in_field: (booking: Booking) => withCell(booking, "group", 'Fam"i"ly'),
} as const satisfies Record<string, (booking: Booking) => string>;

export type BadLineKind = keyof typeof badLineKinds;

export const badLineNames = Object.keys(badLineKinds) as readonly BadLineKind[];

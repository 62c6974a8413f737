// The bookings of a CSV file, from its bytes: what every command that takes bookings calls.
import { locate } from "./columns.js";
import type { Read } from "./problem.js";
import { readBookings, type Bookings } from "./read-bookings.js";
import { readTable } from "./table.js";

/** @param map `field=column` pairs, see columns.ts */
export const readBookingsFile = (bytes: Uint8Array, map: string): Read<Bookings> => {
  const table = readTable(bytes);
  if (!table.ok) return table;
  const cellOf = locate("bookings", map, table.value);
  return cellOf.ok ? readBookings(table.value, cellOf.value) : cellOf;
};

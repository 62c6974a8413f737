// Rows of bookings, each checked; the first wrong one ends the reading.
import type { BookingRecord } from "@wedsync/season-policy/forecast";
import { parseDay } from "../generate/dates.js";
import type { CellOf } from "./columns.js";
import { read, refuse, type Read } from "./problem.js";
import type { Table } from "./table.js";

/** Whether the event of such a status takes place. Any case; `canceled` and `no show` in their usual spellings. */
const takesPlace: ReadonlyMap<string, boolean> = new Map([
  ["booked", true],
  ["confirmed", true],
  ["completed", true],
  ["check-in", true],
  ["check-out", true],
  ["canceled", false],
  ["cancelled", false],
  ["no-show", false],
]);

/** A booking more than this many days before its event is a typing error. */
const longestLead = 3_660;

/** Bookings in the file's order. */
export const readBookings = (table: Table, cellOf: CellOf): Read<readonly BookingRecord[]> => {
  const records: BookingRecord[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells } of table.rows) {
    const id = cellOf(cells, "id");
    if (id !== undefined) {
      const before = lineOf.get(id);
      if (id === "") return refuse("id", "has an empty id.", line);
      if (before !== undefined) return refuse("duplicate", `repeats the id of line ${before}: keep one of them.`, line);
      lineOf.set(id, line);
    }
    const day = parseDay(cellOf(cells, "date") ?? "");
    if (day === undefined) return refuse("date", "has no day written YYYY-MM-DD as its date.", line);
    if (day < 0) return refuse("date", "has a date before 1970.", line);
    const bookedOn = parseDay(cellOf(cells, "bookedOn") ?? "");
    if (bookedOn === undefined) return refuse("date", "has no day written YYYY-MM-DD as bookedOn.", line);
    if (day - bookedOn > longestLead) return refuse("date", "is booked more than ten years before its date.", line);
    const segment = cellOf(cells, "segment");
    const status = cellOf(cells, "status");
    const stands = status === undefined || takesPlace.get(status.toLowerCase().replaceAll(/[ _]/g, "-"));
    if (stands === undefined) {
      return refuse("status", `has a status that is none of ${[...takesPlace.keys()].join(", ")}.`, line);
    }
    const record = { day, bookedOn, ...(segment === undefined || segment === "" ? {} : { segment }) };
    if (stands) {
      records.push(record);
      continue;
    }
    const releasedOn = parseDay(cellOf(cells, "statusDate") ?? "");
    if (releasedOn === undefined) {
      return refuse("date", "is cancelled or a no-show, but has no day written YYYY-MM-DD as statusDate.", line);
    }
    records.push({ ...record, releasedOn });
  }
  return read(records);
};

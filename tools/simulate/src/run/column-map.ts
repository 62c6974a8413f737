// Which column of the bookings file means what: `--map date=event_date,...`.
import { bad, good, type Checked } from "./checked.js";

export const bookingFields = ["date", "bookedOn", "status", "statusDate", "segment"] as const;
export type BookingField = (typeof bookingFields)[number];
export type ColumnMap = ReadonlyMap<BookingField, string>;

/** `date` and `bookedOn` make a season; without a status all weddings take place. */
const required: readonly BookingField[] = ["date", "bookedOn"];

const isField = (name: string): name is BookingField => (bookingFields as readonly string[]).includes(name);

/** Reads `field=column,...`. A column name with a comma must be renamed in the file. */
export const parseColumnMap = (text: string): Checked<ColumnMap> => {
  const map = new Map<BookingField, string>();
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    const field = pair.slice(0, Math.max(at, 0)).trim();
    const column = pair.slice(at + 1).trim();
    if (at < 1 || column === "")
      return bad("--map takes field=column pairs, as in date=event_date,bookedOn=booked_on.");
    if (!isField(field)) return bad(`--map knows no field "${field}"; it knows ${bookingFields.join(", ")}.`);
    if (map.has(field)) return bad(`--map names the field ${field} twice.`);
    map.set(field, column);
  }
  const missing = required.filter((field) => !map.has(field));
  if (missing.length > 0) return bad(`--map must name the columns of ${required.join(" and ")}.`);
  if (map.has("status") !== map.has("statusDate"))
    return bad("--map must name both status and statusDate, or neither.");
  return good(map);
};

/** Places the map's columns in the header of a file. */
export const locateColumns = (
  header: readonly string[],
  map: ColumnMap,
): Checked<ReadonlyMap<BookingField, number>> => {
  const index = new Map<BookingField, number>();
  const problems: string[] = [];
  for (const [field, column] of map) {
    const at = header.indexOf(column);
    if (at < 0)
      problems.push(`line 1: there is no column "${column}" (--map ${field}); there are ${header.join(", ")}`);
    else if (header.includes(column, at + 1)) problems.push(`line 1: the column "${column}" is there more than once`);
    index.set(field, at);
  }
  return problems.length > 0 ? bad(...problems) : good(index);
};

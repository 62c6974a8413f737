// Which column of the file means what: `--map date=event_date,...`, checked against the header before any row is read.
import { fail, ok, type Result } from "../result.js";

export const fields = ["id", "date", "bookedOn", "status", "statusDate", "email", "names"] as const;
export type Field = (typeof fields)[number];

export type ColumnMap = ReadonlyMap<Field, string>;
export type ColumnIndex = ReadonlyMap<Field, number>;

/** Column names that are understood without --map. */
const wellKnown: Readonly<Record<Field, readonly string[]>> = {
  id: ["id", "booking_id", "wedding_id"],
  date: ["date", "event_date", "wedding_date"],
  bookedOn: ["bookedOn", "booked_on"],
  status: ["status"],
  statusDate: ["statusDate", "status_date"],
  email: ["email"],
  names: ["names"],
};

const isField = (name: string): name is Field => (fields as readonly string[]).includes(name);

/** Reads `field=column,...`. Commas inside column names are not supported: rename such a column. */
export const parseMap = (text: string): Result<ColumnMap> => {
  const map = new Map<Field, string>();
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    const field = pair.slice(0, Math.max(at, 0)).trim();
    const column = pair.slice(at + 1).trim();
    if (at < 1 || column === "")
      return fail("usage", "--map takes field=column pairs, as in date=event_date,id=booking_id.");
    if (!isField(field)) return fail("usage", `--map knows no field "${field}"; it knows ${fields.join(", ")}.`);
    if (map.has(field)) return fail("usage", `--map names the field ${field} twice.`);
    map.set(field, column);
  }
  return map.has("date") ? ok(map) : fail("usage", "--map must say which column is the date, as in date=event_date.");
};

const guess = (header: readonly string[]): ColumnMap => {
  const found = fields.flatMap((field): [Field, string][] => {
    const column = wellKnown[field].find((name) => header.includes(name));
    return column === undefined ? [] : [[field, column]];
  });
  return new Map(found);
};

/** Places the map's columns in the header; without a map, takes the well-known column names. */
export const locateColumns = (header: readonly string[], given: ColumnMap | undefined): Result<ColumnIndex> => {
  const map = given ?? guess(header);
  if (!map.has("date")) {
    return fail("usage", "No column is known to be the date: name it with --map, as in date=event_date.");
  }
  const index = new Map<Field, number>();
  for (const [field, column] of map) {
    const at = header.indexOf(column);
    if (at < 0) {
      return fail("usage", `--map ${field}=${column}: the file has no such column; it has ${header.join(", ")}.`);
    }
    if (header.includes(column, at + 1)) {
      return fail("usage", `--map ${field}=${column}: the file has that column more than once.`);
    }
    index.set(field, at);
  }
  return ok(index);
};

// Which column of the file means what: `--map date=event_date,...`, checked against the header.
import { read, refuse, type Read } from "./problem.js";
import type { Table } from "./table.js";

export const kinds = {
  bookings: {
    fields: ["id", "date", "bookedOn", "status", "statusDate", "segment"],
    required: [["date"], ["bookedOn"]],
    example: "date=event_date,bookedOn=booked_on,status=status,statusDate=status_date",
  },
  series: {
    fields: ["date", "year", "month", "day", "value"],
    required: [["date", "year"], ["value"]],
    example: "date=day,value=count",
  },
} as const satisfies Record<
  string,
  { readonly fields: readonly string[]; readonly required: readonly (readonly string[])[]; readonly example: string }
>;

export type Kind = keyof typeof kinds;

/** The text of a field in a row; undefined when the field is not mapped. */
export type CellOf = (cells: readonly string[], field: string) => string | undefined;

/** Reads the map and finds its columns in the header. */
export const locate = (kind: Kind, text: string, table: Table): Read<CellOf> => {
  const fields: readonly string[] = kinds[kind].fields;
  const index = new Map<string, number>();
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    const field = pair.slice(0, Math.max(at, 0)).trim();
    const column = pair.slice(at + 1).trim();
    if (at < 1 || column === "") return refuse("map", `--map takes field=column pairs, as in ${kinds[kind].example}.`);
    if (!fields.includes(field)) {
      return refuse("map", `--map knows no field "${field}" of ${kind}; it knows ${fields.join(", ")}.`);
    }
    if (index.has(field)) return refuse("map", `--map names the field ${field} twice.`);
    const place = table.header.indexOf(column);
    if (place < 0) {
      return refuse("columns", `has no column "${column}" (--map ${field}); it has ${table.header.join(", ")}.`, 1);
    }
    if (table.header.includes(column, place + 1)) {
      return refuse("columns", `has the column "${column}" (--map ${field}) more than once.`, 1);
    }
    index.set(field, place);
  }
  for (const choice of kinds[kind].required) {
    if (!choice.some((field) => index.has(field))) {
      return refuse("map", `--map must name ${choice.join(" or ")}, as in ${kinds[kind].example}.`);
    }
  }
  if (index.has("year") && !(index.has("month") && index.has("day"))) {
    return refuse("map", "--map with year needs month and day as well.");
  }
  if (index.has("year") && index.has("date"))
    return refuse("map", "--map takes date, or year, month and day: not both.");
  if (index.has("status") !== index.has("statusDate")) {
    return refuse("map", "--map takes status and statusDate together: a status without its day would leak the future.");
  }
  return read((cells, field) => {
    const at = index.get(field);
    return at === undefined ? undefined : (cells[at] ?? "");
  });
};

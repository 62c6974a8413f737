// The bookings of a CSV file. A simulation of half a file would look like one of the whole, so one bad line refuses the file,
// with the numbers of the first bad lines. Messages name the column, never the value: it may be a person's data.
import { parse } from "csv-parse/sync";
import { parseDay } from "../generate/dates.js";
import { bad, good, type Checked } from "./checked.js";
import { locateColumns, type BookingField, type ColumnMap } from "./column-map.js";

export interface BookingRow {
  /** Day numbers (days since 1970-01-01). */
  readonly day: number;
  readonly bookedDay: number;
  /** The day on which it was cancelled; undefined when it took place. */
  readonly cancelledDay: number | undefined;
  /** Customer segment; empty when the file says none. */
  readonly segment: string;
}

/** What a status may say, any case; a no-show took place for those who worked for it. */
const cancelledBy: ReadonlyMap<string, boolean> = new Map([
  ["booked", false],
  ["confirmed", false],
  ["completed", false],
  ["check-out", false],
  ["no-show", false],
  ["canceled", true],
  ["cancelled", true],
]);

const shownProblems = 5;

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads the bytes of a file. Refused: other text than UTF-8, broken CSV, missing columns, bad values; each with its line. */
export const readBookings = (bytes: Uint8Array, map: ColumnMap): Checked<readonly BookingRow[]> => {
  const text = decode(bytes);
  if (!text.ok) return text;
  let records: readonly ParsedRecord[];
  try {
    records = parse(text.value, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as readonly ParsedRecord[];
  } catch (thrown) {
    const line = typeof thrown === "object" && thrown !== null && "lines" in thrown ? Number(thrown.lines) : 1;
    return bad(`line ${line}: not a CSV record: check its quotes`);
  }
  const [header, ...rows] = records;
  if (header === undefined) return bad("the file is empty: it needs a header line and bookings");
  const columns = locateColumns(header.record, map);
  if (!columns.ok) return columns;
  const bookings: BookingRow[] = [];
  const problems: string[] = [];
  for (const { record, info } of rows) {
    const row =
      record.length === header.record.length
        ? readRow(record, columns.value)
        : `${record.length} columns, but the header has ${header.record.length}`;
    if (typeof row !== "string") bookings.push(row);
    else if (problems.push(`line ${info.lines}: ${row}`) >= shownProblems) break;
  }
  return problems.length > 0 ? bad(...problems) : good(bookings);
};

function decode(bytes: Uint8Array): Checked<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return good(decoder.decode(bytes));
  } catch {
    let line = 1;
    for (let start = 0; start < bytes.length; line += 1) {
      const end = bytes.indexOf(10, start);
      const next = end < 0 ? bytes.length : end + 1;
      try {
        decoder.decode(bytes.subarray(start, next));
      } catch {
        break;
      }
      start = next;
    }
    return bad(`line ${line}: not UTF-8 text: save the file as UTF-8`);
  }
}

/** The booking, or what is wrong with it. */
function readRow(record: readonly string[], columns: ReadonlyMap<BookingField, number>): BookingRow | string {
  const cell = (field: BookingField): string => record[columns.get(field) ?? -1]?.trim() ?? "";
  const day = parseDay(cell("date"));
  if (day === undefined) return "the date is no day of the calendar written YYYY-MM-DD";
  const bookedDay = parseDay(cell("bookedOn"));
  if (bookedDay === undefined) return "bookedOn is no day of the calendar written YYYY-MM-DD";
  if (bookedDay > day) return "bookedOn lies after the date";
  const cancelled = columns.has("status") ? cancelledBy.get(cell("status").toLowerCase()) : false;
  if (cancelled === undefined) return `the status is none of ${[...cancelledBy.keys()].join(", ")}`;
  const segment = cell("segment");
  if (!cancelled) return { day, bookedDay, cancelledDay: undefined, segment };
  const cancelledDay = parseDay(cell("statusDate"));
  if (cancelledDay === undefined) return "statusDate is no day of the calendar written YYYY-MM-DD";
  if (cancelledDay < bookedDay) return "statusDate lies before bookedOn";
  return { day, bookedDay, cancelledDay, segment };
}

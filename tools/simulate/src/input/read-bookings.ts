// Rows of bookings, each checked. A result of half a file would look like one of the whole, so one bad row refuses the file,
// with the first bad lines.
import { parseDay } from "../generate/dates.js";
import { knownStatuses, outcomeOf } from "./booking-status.js";
import type { CellOf } from "./columns.js";
import { read, refuse, type InputProblem, type Read } from "./problem.js";
import type { Table, TableRow } from "./table.js";

/** Days are numbers (days since 1970-01-01). */
export interface BookingRow {
  readonly day: number;
  readonly bookedDay: number;
  /** The day on which it was cancelled; undefined when it was not. */
  readonly cancelledDay: number | undefined;
  /** The day on which it was known that nobody came; undefined when somebody did, or may. */
  readonly noShowDay: number | undefined;
  /** Customer segment; empty when the file says none. */
  readonly segment: string;
}

export interface Bookings {
  /** In the file's order. */
  readonly rows: readonly BookingRow[];
  /**
   * The newest day of which the file tells: of a booking, of a cancellation, or of the end of an event that took place. What
   * becomes of later days is not in it. A no-show is dated by its event and tells no more. -Infinity without rows.
   */
  readonly toldUntil: number;
}

/** A booking more than this many days before its event is a typing error. */
const longestLead = 3_660;
const shownProblems = 5;

/** Reads every row, or tells the first bad ones. */
export const readBookings = (table: Table, cellOf: CellOf): Read<Bookings> => {
  const rows: BookingRow[] = [];
  const problems: InputProblem[] = [];
  const repeated = findRepeated(cellOf);
  let toldUntil = Number.NEGATIVE_INFINITY;
  for (const row of table.rows) {
    const booking = repeated(row) ?? readRow(row, cellOf);
    if (booking.ok) {
      rows.push(booking.value.row);
      toldUntil = Math.max(toldUntil, booking.value.toldOn);
    } else if (problems.push(...booking.problems) >= shownProblems) break;
  }
  return problems.length > 0 ? { ok: false, problems } : read({ rows, toldUntil });
};

/** Refuses ids that are empty or were there before; undefined for good ones, and in files without ids. */
function findRepeated(cellOf: CellOf): (row: TableRow) => Read<never> | undefined {
  const lineOf = new Map<string, number>();
  return ({ line, cells }) => {
    const id = cellOf(cells, "id");
    if (id === undefined) return undefined;
    if (id === "") return refuse("id", "has an empty id.", line);
    const before = lineOf.get(id);
    if (before !== undefined) return refuse("duplicate", `repeats the id of line ${before}: keep one of them.`, line);
    lineOf.set(id, line);
    return undefined;
  };
}

function readRow(
  { line, cells }: TableRow,
  cellOf: CellOf,
): Read<{ readonly row: BookingRow; readonly toldOn: number }> {
  const wrong = (code: string, message: string): Read<never> => refuse(code, message, line);
  const day = parseDay(cellOf(cells, "date") ?? "");
  if (day === undefined) return wrong("date", "has no day written YYYY-MM-DD as its date.");
  if (day < 0) return wrong("date", "has a date before 1970.");
  const bookedDay = parseDay(cellOf(cells, "bookedOn") ?? "");
  if (bookedDay === undefined) return wrong("date", "has no day written YYYY-MM-DD as bookedOn.");
  if (bookedDay > day) return wrong("order", "is booked after its date: check both days.");
  if (day - bookedDay > longestLead) return wrong("date", "is booked more than ten years before its date.");
  const status = cellOf(cells, "status");
  const outcome = status === undefined ? "takes-place" : outcomeOf(status);
  if (outcome === undefined) return wrong("status", `has a status that is none of ${knownStatuses.join(", ")}.`);
  const statusDay = parseDay(cellOf(cells, "statusDate") ?? "");
  const isReleased = outcome === "cancelled" || outcome === "no-show";
  if (isReleased && statusDay === undefined) {
    return wrong("date", "is cancelled or a no-show, but has no day written YYYY-MM-DD as statusDate.");
  }
  // A booking is known no earlier than it was made, and so is its end.
  const releasedDay = statusDay === undefined ? undefined : Math.max(statusDay, bookedDay);
  const row = {
    day,
    bookedDay,
    cancelledDay: outcome === "cancelled" ? releasedDay : undefined,
    noShowDay: outcome === "no-show" ? releasedDay : undefined,
    segment: cellOf(cells, "segment") ?? "",
  };
  const tells = outcome === "cancelled" || outcome === "took-place";
  return read({ row, toldOn: tells ? Math.max(bookedDay, statusDay ?? bookedDay) : bookedDay });
}

// One row's values, checked: what the file says, before anything is decided about it.
// Messages name the column and the expected form, never the value, which may be a person's data.
import { parseDay } from "./civil-date.js";
import type { ColumnIndex, Field } from "./columns.js";

export type RowState = "booked" | "cancelled";

export interface Row {
  readonly line: number;
  readonly id: string | undefined;
  /** Day numbers as in the file, not shifted. */
  readonly date: number;
  readonly bookedOn: number | undefined;
  readonly state: RowState;
  readonly statusDate: number | undefined;
  readonly email: string | undefined;
  readonly names: string | undefined;
}

export interface Rejection {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** What a status column may say, any case. A no-show took place; so did a finished stay. */
const states: ReadonlyMap<string, RowState> = new Map([
  ["booked", "booked"],
  ["confirmed", "booked"],
  ["completed", "booked"],
  ["check-out", "booked"],
  ["no-show", "booked"],
  ["canceled", "cancelled"],
  ["cancelled", "cancelled"],
]);

const idPattern = /^[A-Za-z0-9._-]{1,128}$/;
const emailPattern = /^[^\s@<>",;:\\()[\]\p{C}]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/u;
const maxNames = 200;

export const isRejection = (row: Row | Rejection): row is Rejection => "code" in row;

/** Reads and checks one record's values. */
export const readRow = (line: number, values: readonly string[], columns: ColumnIndex): Row | Rejection => {
  const cell = (field: Field): string | undefined => {
    const at = columns.get(field);
    const text = at === undefined ? undefined : values[at]?.trim();
    return text === "" ? undefined : text;
  };
  const day = (field: Field): number | undefined => {
    const text = cell(field);
    return text === undefined ? undefined : (parseDay(text) ?? Number.NaN);
  };
  const reject = (code: string, message: string): Rejection => ({ line, code, message });

  const id = cell("id");
  if (columns.has("id") && id === undefined) return reject("id_missing", "the id is empty");
  if (id !== undefined && !idPattern.test(id)) {
    return reject("id_invalid", "the id must be 1-128 characters of A-Z a-z 0-9 . _ -");
  }
  const date = day("date");
  if (date === undefined) return reject("date_missing", "the date is empty");
  if (Number.isNaN(date)) return reject("date_invalid", "the date is no day of the calendar written YYYY-MM-DD");
  const bookedOn = day("bookedOn");
  if (Number.isNaN(bookedOn)) return reject("booked_on_invalid", "bookedOn is no day written YYYY-MM-DD");
  const statusDate = day("statusDate");
  if (Number.isNaN(statusDate)) return reject("status_date_invalid", "statusDate is no day written YYYY-MM-DD");
  const state = columns.has("status") ? states.get(cell("status")?.toLowerCase() ?? "") : "booked";
  if (state === undefined) {
    return reject("status_unknown", `the status is none of ${[...states.keys()].join(", ")}`);
  }
  const email = cell("email");
  if (email !== undefined && !emailPattern.test(email))
    return reject("email_invalid", "the e-mail address is no address");
  const names = cell("names");
  if (names !== undefined && (names.length > maxNames || /[\p{Cc}\p{Cs}]/u.test(names))) {
    return reject("names_invalid", `the names are longer than ${maxNames} characters or hold control characters`);
  }
  return { line, id, date, bookedOn, state, statusDate, email, names };
};

// Instants as people write them, and as the log knows them.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { isValidDate } from "@wedsync/scheduler";
import { fail } from "./problem.js";
import { clean } from "./text/plain.js";

/** The last instant that a date can hold, epoch milliseconds. */
const latest = 8_640_000_000_000_000;
const written = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/** Epoch milliseconds or ISO 8601 with a zone; anything else, a day that no calendar has included, is wrong usage. */
export function parseInstant(text: string, flag: string): number {
  const shown = clean(text).slice(0, 40);
  if (/^\d{10,16}$/.test(text)) {
    const at = Number(text);
    if (at <= latest) return at;
    return fail("usage", `${flag} ${shown} lies beyond the last instant that a date can hold, ${latest}.`);
  }
  const day = written.exec(text)?.[1];
  if (day !== undefined && !isValidDate(day)) return fail("usage", `${flag} ${shown}: there is no day ${day}.`);
  const at = day === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at))
    return fail(
      "usage",
      `${flag} ${shown} is no instant; write 2027-06-12T09:00:00Z, a date (UTC) or epoch milliseconds.`,
    );
  return at;
}

export const iso = (instant: number): string => new Date(instant).toISOString();

/** The prefix of the log that had been recorded at an instant. */
export async function prefixAt(snapshot: LogSnapshot, instant: number, flag: string): Promise<bigint> {
  const { recorded } = snapshot;
  if (recorded === null) return fail("log_empty", "The log holds no event yet.");
  if (instant < recorded.first)
    return fail(
      "instant_before_log",
      `${flag} ${iso(instant)} lies before the log, which begins ${iso(recorded.first)}.`,
    );
  if (instant > Math.max(snapshot.now, recorded.last))
    return fail("instant_after_log", `${flag} ${iso(instant)} lies in the future; the log ends ${iso(recorded.last)}.`);
  return await snapshot.positionAt(instant);
}

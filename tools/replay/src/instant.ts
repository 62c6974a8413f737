// Instants as people write them, and as the log knows them.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { fail } from "./problem.js";

/** Epoch milliseconds or ISO 8601 with a zone; anything else is wrong usage. */
export function parseInstant(text: string, flag: string): number {
  if (/^\d{10,16}$/.test(text)) return Number(text);
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(at))
    return fail(
      "usage",
      `${flag} ${text.slice(0, 40)} is no instant; write 2027-06-12T09:00:00Z, a date (UTC) or epoch milliseconds.`,
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

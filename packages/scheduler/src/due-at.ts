// When an execution is due: now, at an instant, or relative to the wedding in the wedding's own zone.
import type { When } from "@wedsync/contracts/scheduler";
import { instantOf, isValidDate, isValidZone } from "./civil-time.js";

/** Days and zone of an event, in its own zone. `endDate` equals `date` for one day. */
export interface Schedule {
  readonly date: string;
  readonly endDate: string;
  readonly zone: string;
}

export type ScheduleProblem = {
  readonly ok: false;
  readonly code: "zone_unknown" | "date_invalid" | "end_before_start" | "time_invalid";
  readonly message: string;
};

/** Checks a schedule at the door: an unknown zone or an impossible date never gets further. */
export function checkSchedule(schedule: Schedule): { readonly ok: true } | ScheduleProblem {
  if (!isValidZone(schedule.zone)) {
    return { ok: false, code: "zone_unknown", message: "The time zone is not an IANA name such as Europe/London." };
  }
  if (!isValidDate(schedule.date) || !isValidDate(schedule.endDate)) {
    return { ok: false, code: "date_invalid", message: "The date is not a day of the calendar, written YYYY-MM-DD." };
  }
  if (schedule.endDate < schedule.date) {
    return { ok: false, code: "end_before_start", message: "The last day lies before the first day." };
  }
  return { ok: true };
}

/**
 * The instant an execution is due, epoch milliseconds.
 * @param now the log's time, epoch milliseconds; the answer for `now`.
 */
export function dueAtOf(
  when: When,
  schedule: Schedule,
  now: number,
): { readonly ok: true; readonly dueAt: number } | ScheduleProblem {
  switch (when.kind) {
    case "now":
      return { ok: true, dueAt: now };
    case "at":
      return { ok: true, dueAt: when.at };
    case "day": {
      const checked = checkSchedule(schedule);
      if (!checked.ok) return checked;
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(when.time)) {
        return { ok: false, code: "time_invalid", message: "The time of day is not HH:MM." };
      }
      return { ok: true, dueAt: instantOf(schedule.date, when.day, when.time, schedule.zone) };
    }
  }
}

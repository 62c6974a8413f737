// When an execution is due: now, at an instant, or relative to the wedding in the wedding's own zone.
import type { When } from "@wedsync/contracts/scheduler";
import { calendarDays, dayNumber, instantOf, isValidDate, isValidZone } from "./civil-time.js";

/** Days and zone of an event, in its own zone. `endDate` equals `date` for one day. */
export interface Schedule {
  readonly date: string;
  readonly endDate: string;
  readonly zone: string;
}

export type ScheduleProblem = {
  readonly ok: false;
  readonly code:
    | "zone_unknown"
    | "date_invalid"
    | "booked_on_invalid"
    | "end_before_start"
    | "too_long"
    | "time_invalid"
    | "due_too_far";
  readonly message: string;
};

/** Its work is critical until a wedding's last day: a longer one would keep the reserved lane for itself. */
const mostDays = 31;
/** The last instant that is written with a year of four digits, epoch milliseconds. */
export const lastInstant = 253_402_300_799_999;

/** Checks a schedule at the door: an unknown zone or an impossible date never gets further. */
export function checkSchedule(schedule: Schedule, bookedOn?: string): { readonly ok: true } | ScheduleProblem {
  if (!isValidZone(schedule.zone)) {
    return { ok: false, code: "zone_unknown", message: "The time zone is not an IANA name such as Europe/London." };
  }
  if (!isValidDate(schedule.date) || !isValidDate(schedule.endDate)) {
    return { ok: false, code: "date_invalid", message: `The date is not ${calendarDays}.` };
  }
  if (bookedOn !== undefined && !isValidDate(bookedOn)) {
    return { ok: false, code: "booked_on_invalid", message: `The day of the booking is not ${calendarDays}.` };
  }
  if (schedule.endDate < schedule.date) {
    return { ok: false, code: "end_before_start", message: "The last day lies before the first day." };
  }
  if (dayNumber(schedule.endDate) - dayNumber(schedule.date) >= mostDays) {
    return { ok: false, code: "too_long", message: `A wedding lasts ${mostDays} days at most.` };
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
      return within(when.at);
    case "day": {
      const checked = checkSchedule(schedule);
      if (!checked.ok) return checked;
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(when.time)) {
        return { ok: false, code: "time_invalid", message: "The time of day is not HH:MM." };
      }
      return within(instantOf(schedule.date, when.day, when.time, schedule.zone));
    }
  }
}

const within = (dueAt: number): { readonly ok: true; readonly dueAt: number } | ScheduleProblem =>
  dueAt <= lastInstant
    ? { ok: true, dueAt }
    : { ok: false, code: "due_too_far", message: "It would be due after the year 9999." };

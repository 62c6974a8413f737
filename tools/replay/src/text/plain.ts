// Small pieces of plain text.
import { isValidZone } from "@wedsync/scheduler";

/** Replaces control and direction-changing characters: nothing stored in the log can drive a terminal. */
export const clean = (value: unknown): string =>
  String(value ?? "").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "?");

export const count = (number: number): string => number.toLocaleString("en-US");

/** "3 events", "1 event". */
export const many = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

/** A span as people say it: "4.2 s", "3 min", "2 h 5 min", "3 days". */
export function span(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < 1_000) return `${size} ms`;
  if (size < 60_000) return `${(size / 1_000).toFixed(1)} s`;
  const minutes = Math.round(size / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}

/** An instant in a zone: "Fri 2027-06-11 09:00:00 Europe/London". A zone that this runtime does not know is told as UTC. */
export function local(instant: number, wanted: string): string {
  const zone = isValidZone(wanted) ? wanted : "UTC";
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("weekday")} ${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}:${part("second")} ${zone}`;
}

// Made-up bookings: when they are and what became of them. Pure: the same options give the same rows.
import { daysOfMonthOn, dayNumber, formatDay } from "./dates.js";
import { createRandom, type Random } from "./random.js";
import { bookingHabits, monthShares, weekdayShares } from "./wedding-shares.js";

export interface BookingOptions {
  /** How many bookings. */
  readonly rows: number;
  readonly seed: number;
  /** First year of the events. */
  readonly fromYear: number;
  /** How many calendar years the events spread over, at least 1. */
  readonly years: number;
}

export interface Booking {
  readonly booking_id: string;
  readonly event_date: string;
  readonly booked_on: string;
  readonly lead_days: number;
  readonly nights: number;
  readonly status: "Check-Out" | "Canceled" | "No-Show";
  readonly status_date: string;
  readonly group: string;
}

export const bookingColumns = [
  "booking_id",
  "event_date",
  "booked_on",
  "lead_days",
  "nights",
  "status",
  "status_date",
  "group",
] as const satisfies readonly (keyof Booking)[];

/** Each month's days by weekday, found once: millions of days are drawn. */
const monthDays = new Map<number, readonly number[]>();

const daysOn = (year: number, month: number, weekday: number): readonly number[] => {
  const key = (year * 12 + month) * 7 + weekday;
  let days = monthDays.get(key);
  if (days === undefined) monthDays.set(key, (days = daysOfMonthOn(year, month, weekday)));
  return days;
};

/** An event day: month and weekday by the published shares, year and week evenly. */
export const drawEventDay = (random: Random, fromYear: number, years: number): number => {
  const year = fromYear + random.int(0, years - 1);
  const month = random.weighted(monthShares) + 1;
  return random.pick(daysOn(year, month, random.weighted(weekdayShares)));
};

const drawLead = (random: Random): number => {
  const { leadMedianDays, leadSpread, leadMaxDays } = bookingHabits;
  return Math.min(leadMaxDays, Math.round(leadMedianDays * Math.exp(leadSpread * random.normal())));
};

const drawStatus = (random: Random): Booking["status"] => {
  const { cancelledShare, noShowShare } = bookingHabits;
  const drawn = random.float();
  if (drawn < cancelledShare) return "Canceled";
  return drawn < cancelledShare + noShowShare ? "No-Show" : "Check-Out";
};

/**
 * Bookings in the order of their event dates, numbered from 1. A cancellation happens between booking and event; a
 * stay ends `nights` after it. Only the event days are kept in memory.
 */
export function* generateBookings(options: BookingOptions): Generator<Booking> {
  const random = createRandom(options.seed);
  const days = Int32Array.from({ length: options.rows }, () => drawEventDay(random, options.fromYear, options.years));
  const width = Math.max(6, String(options.rows).length);
  for (const [index, day] of days.sort().entries()) {
    const lead = drawLead(random);
    const nights = random.weighted(bookingHabits.nightWeights);
    const status = drawStatus(random);
    const statusDay = { "Check-Out": day + nights, "No-Show": day, Canceled: day - random.int(0, lead) }[status];
    yield {
      booking_id: `B-${String(index + 1).padStart(width, "0")}`,
      event_date: formatDay(day),
      booked_on: formatDay(day - lead),
      lead_days: lead,
      nights,
      status,
      status_date: formatDay(statusDay),
      group: bookingHabits.groups[random.weighted(bookingHabits.groupWeights)] ?? "Couple",
    };
  }
}

/** The first and last day a generated event can have, as `YYYY-MM-DD`. */
export const eventRange = (options: BookingOptions): { readonly first: string; readonly last: string } => ({
  first: formatDay(dayNumber(options.fromYear, 1, 1)),
  last: formatDay(dayNumber(options.fromYear + options.years, 1, 0)),
});

import * as fc from "fast-check";
import { generateBookings } from "../generate/booking-rows.js";
import { parseDay } from "../generate/dates.js";
import type { BookingRow } from "../input/read-bookings.js";
import { buildDemand } from "./build-demand.js";
import { eventForecastOf } from "./event-forecast.js";
import { defaultJourney } from "./journey.js";
import { createLocalTime } from "./local-time.js";
import { writePlanBook } from "./plan-book.js";
import { seasonPolicyOf } from "./season-policy.js";
import { finish } from "./testing/finish.js";

const number = (date: string): number => parseDay(date) ?? Number.NaN;
const rows = [...generateBookings({ rows: 6_000, seed: 4, fromYear: 2025, years: 2 })].map(
  ({ event_date, booked_on, status, status_date, group }): BookingRow => ({
    day: number(event_date),
    bookedDay: number(booked_on),
    cancelledDay: status === "Canceled" ? number(status_date) : undefined,
    noShowDay: undefined,
    segment: group,
  }),
);
const time = createLocalTime("Europe/London");
const [firstDay, lastDay] = [number("2025-10-12"), number("2025-10-31")];
const [from, to] = [time.at(firstDay, "00:00"), time.at(lastDay + 1, "00:00")];
const checked = seasonPolicyOf("united-kingdom", "Europe/London", { from: 2025, to: 2026 });
if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join("\n"));
const policy = checked.value;

const plansOf = (bookings: readonly BookingRow[]) => {
  const demand = buildDemand(bookings, time, {
    market: "united-kingdom",
    steps: defaultJourney,
    scale: 5,
    seed: 1,
    serviceMs: 80_000,
    serviceSigma: 0.5,
    spreadMinutes: 60,
    from: time.at(firstDay - 60, "00:00"),
    to,
  });
  const options = {
    policy,
    cap: 200,
    leadMs: 300_000,
    planAt: "17:00",
    serviceMs: 80_000,
    targetUtilisation: 0.5,
  };
  return finish(writePlanBook(demand, time, { from, to }, options, eventForecastOf(bookings, 5))).plans;
};

/** Another future from a day on: what is not booked or cancelled by then is different or does not happen. */
const corrupted = (day: number, twist: number): readonly BookingRow[] =>
  rows.map((row, place) => {
    if (row.bookedDay > day) {
      return {
        ...row,
        day: row.day + 20 + ((place * twist) % 50),
        bookedDay: row.bookedDay + 10,
        cancelledDay: undefined,
      };
    }
    if (row.cancelledDay !== undefined && row.cancelledDay > day) return { ...row, cancelledDay: undefined };
    return (place * twist) % 3 === 0 && row.cancelledDay === undefined && row.day > day + 1
      ? { ...row, cancelledDay: day + 1 }
      : row;
  });

describe("the plans of a season", () => {
  const original = plansOf(rows);

  it("SEA-4: use only what is known when they are made: another future changes no plan that was made before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: firstDay, max: lastDay - 5 }), fc.integer({ min: 1, max: 97 }), (day, twist) => {
        const others = plansOf(corrupted(day, twist));
        const made = time.at(day, "17:00");
        const before = original.filter(({ from }) => from <= made);
        expect(before.length).toBeGreaterThan(0);
        expect(others.filter(({ from }) => from <= made)).toEqual(before);
        expect(others).not.toEqual(original);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it("SEA-4: follow each other day by day, in local time across the change of clocks", () => {
    expect(original).toHaveLength(21);
    original.forEach((plan, index) => {
      expect(plan.to).toBe(original[index + 2]?.from ?? plan.to);
      expect(new Date(plan.from).toLocaleTimeString("en-GB", { timeZone: "Europe/London" })).toBe("17:00:00");
    });
  });

  it("SEA-4: have the slots of the morning's work asked for before it begins", () => {
    const levels = original.slice(1).map((plan) => {
      const at = (clock: number): number => plan.steps.findLast((step) => step.at <= clock)?.slots ?? 0;
      const nine = plan.from + 16 * 3_600_000;
      return at(nine - 300_000) / Math.max(1, at(nine - 6 * 3_600_000));
    });
    expect(levels.filter((ratio) => ratio > 1).length).toBeGreaterThan(levels.length * 0.9);
  });
});

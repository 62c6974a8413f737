import { bookingColumns, generateBookings, type Booking } from "./booking-rows.js";
import { parseDay, weekday } from "./dates.js";
import { bookingHabits, monthShares, weekdayShares } from "./wedding-shares.js";

const options = { rows: 20_000, seed: 7, fromYear: 2025, years: 2 };
const bookings = [...generateBookings(options)];
const day = (text: string): number => parseDay(text) ?? Number.NaN;
const share = (test: (booking: Booking) => boolean): number => bookings.filter(test).length / bookings.length;

/** Four standard errors of a share over the rows drawn: a false alarm once in 16,000 seeds. */
const tolerance = (expected: number): number => 4 * Math.sqrt((expected * (1 - expected)) / options.rows);

describe("made-up bookings", () => {
  it("writes the columns of a bookings export, in their order", () => {
    expect(bookingColumns.join(",")).toBe("booking_id,event_date,booked_on,lead_days,nights,status,status_date,group");
    expect(Object.keys(bookings[0] ?? {})).toEqual([...bookingColumns]);
  });

  it("gives the same rows for the same seed, others for another", () => {
    expect([...generateBookings(options)]).toEqual(bookings);
    expect([...generateBookings({ ...options, seed: 8 })]).not.toEqual(bookings);
  });

  it("follows the published shares of months and weekdays within sampling error", () => {
    for (const [index, percent] of monthShares.entries()) {
      const expected = percent / monthShares.reduce((sum, part) => sum + part, 0);
      const seen = share(({ event_date }) => Number(event_date.slice(5, 7)) === index + 1);
      expect(Math.abs(seen - expected)).toBeLessThan(tolerance(expected));
    }
    for (const [index, percent] of weekdayShares.entries()) {
      const expected = percent / weekdayShares.reduce((sum, part) => sum + part, 0);
      const seen = share(({ event_date }) => weekday(day(event_date)) === index);
      expect(Math.abs(seen - expected)).toBeLessThan(tolerance(expected));
    }
  });

  it("has cancellations and no-shows at the stated rates", () => {
    const { cancelledShare, noShowShare } = bookingHabits;
    expect(Math.abs(share(({ status }) => status === "Canceled") - cancelledShare)).toBeLessThan(
      tolerance(cancelledShare),
    );
    expect(Math.abs(share(({ status }) => status === "No-Show") - noShowShare)).toBeLessThan(tolerance(noShowShare));
  });

  it("keeps its dates consistent: booked lead_days before, cancelled in between, numbered once each, in order", () => {
    expect(new Set(bookings.map(({ booking_id }) => booking_id)).size).toBe(options.rows);
    expect(bookings.map(({ event_date }) => event_date)).toEqual(
      bookings.map(({ event_date }) => event_date).toSorted(),
    );
    for (const { event_date, booked_on, lead_days, status, status_date, nights } of bookings) {
      expect(day(event_date) - day(booked_on)).toBe(lead_days);
      const after = day(status_date) - day(event_date);
      if (status === "Canceled") expect(-after).toBeGreaterThanOrEqual(0);
      if (status === "Canceled") expect(day(status_date)).toBeGreaterThanOrEqual(day(booked_on));
      if (status === "Check-Out") expect(after).toBe(nights);
      if (status === "No-Show") expect(after).toBe(0);
    }
  });
});

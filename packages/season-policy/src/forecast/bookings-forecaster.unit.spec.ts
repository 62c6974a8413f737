import { bookingFeatures, bookingsForecaster } from "./bookings-forecaster.js";
import { busyDays, type BookingRecord, type DemandProfile } from "./port.js";
import { bookingReferences } from "./reference-forecasters.js";
import { chance, expectedOn, madeUpBookings } from "./testing/made-up-bookings.js";

const first = 16_000;
const history = madeUpBookings(first, 500, 6);
const profile: DemandProfile = {
  level: 4,
  months: [0.2, 0.2, 0.5, 0.8, 1.5, 1.8, 1.9, 1.8, 1.5, 1, 0.5, 0.3],
  weekdays: [0.5, 0.5, 0.5, 0.7, 1.3, 2.5, 1],
};

const demandOn = (records: readonly BookingRecord[], day: number): number =>
  records.filter((record) => record.day === day && record.releasedOn === undefined).length;

describe("the forecaster for bookings in hand", () => {
  it("SEA-3: sees the weekly rhythm and the season, and beats the same weekday a week before", () => {
    const forecastAt = bookingsForecaster.prepare(history, { horizon: 4 });
    let ours = 0;
    let naive = 0;
    for (let origin = first + 420; origin < first + 450; origin += 1) {
      const forecast = forecastAt(origin);
      expect(forecast.basis).toBe("history");
      const { day, point } = forecast.days[3] ?? { day: 0, point: 0 };
      ours += Math.abs(point - demandOn(history, day));
      naive += Math.abs(demandOn(history, day - 7) - demandOn(history, day));
    }
    expect(ours).toBeLessThan(0.85 * naive);
  });

  it("SEA-3: names the busy days, most of them Saturdays, and only likely ones", () => {
    const forecast = bookingsForecaster.prepare(history, { horizon: 28 })(first + 190);
    const busy = busyDays(forecast);
    expect(busy.length).toBeGreaterThan(0);
    for (const { busyProbability } of busy) expect(busyProbability).toBeGreaterThanOrEqual(0.5);
    expect(busy.filter(({ day }) => day % 7 === 2).length).toBeGreaterThan(busy.length / 2);
    expect(busyDays(forecast, 0)).toHaveLength(28);
  });

  it("SEA-3: without history the profile speaks, and the forecast says so", () => {
    const forecast = bookingsForecaster.prepare([], { profile })(20_000);
    expect(forecast).toMatchObject({ origin: 20_000, basis: "profile", historyDays: 0 });
    expect(forecast.days).toHaveLength(30);
    const saturday = forecast.days.find(({ day }) => (((day + 3) % 7) + 7) % 7 === 5);
    // Day 20,000 is the 4th of October 2024.
    expect(saturday?.point).toBeCloseTo(4 * 1 * 2.5);
    expect(forecast.busyThreshold).toBeGreaterThan(4);
  });

  it("SEA-3: without history and profile only what is in hand counts, and the forecast says so", () => {
    const records = Array.from({ length: 10 }, () => ({ day: 20_003, bookedOn: 19_990 }));
    const forecast = bookingsForecaster.prepare(records)(20_000);
    expect(forecast).toMatchObject({ basis: "nothing", busyThreshold: undefined });
    expect(forecast.days[2]?.point).toBeCloseTo(9, 0);
    expect(forecast.days[3]?.point).toBe(0);
    expect(forecast.days.every(({ busyProbability }) => busyProbability === 0)).toBe(true);
  });

  it("SEA-3: bookings in hand are a floor under a profile", () => {
    const records = Array.from({ length: 100 }, () => ({ day: 20_003, bookedOn: 19_990 }));
    const forecast = bookingsForecaster.prepare(records, { profile })(20_000);
    expect(forecast.days[2]?.point).toBeGreaterThan(80);
  });

  it("SEA-3: a short history is mixed with the profile and called short", () => {
    const records = madeUpBookings(20_000, 60, 6);
    const told = bookingsForecaster.prepare(records, { profile: { ...profile, level: 400 } })(20_040);
    const untold = bookingsForecaster.prepare(records)(20_040);
    expect(told.basis).toBe("short-history");
    expect(untold.basis).toBe("short-history");
    expect(told.days[10]?.point).toBeGreaterThan(2 * (untold.days[10]?.point ?? 0));
  });

  it("SEA-3: without a year before it learns from the newest bookings, not only from days that are over", () => {
    // One guest a day books each of the next 30 days; from the 80th day on there are two.
    const guests = (day: number, lead: number): number => (day - lead >= first + 80 ? 2 : 1);
    const records = Array.from({ length: 160 * 30 }, (_, at): BookingRecord[] => {
      const day = first + Math.floor(at / 30);
      const lead = (at % 30) + 1;
      return Array.from({ length: guests(day, lead) }, () => ({ day, bookedOn: day - lead }));
    }).flat();
    const last = bookingsForecaster
      .prepare(records)(first + 90)
      .days.at(-1);
    expect(Math.abs((last?.point ?? 0) - 60)).toBeLessThan(6);
  });

  it("works without segments", () => {
    const plain = history.map(({ segment: _, ...record }) => record);
    const { days } = bookingsForecaster.prepare(plain, { horizon: 7 })(first + 200);
    for (const { day, point } of days) expect(Math.abs(point - expectedOn(day, 6) * 0.8)).toBeLessThan(8);
  });

  it("gives the same answer for an origin whichever origins were asked for before", () => {
    const forecastAt = bookingsForecaster.prepare(history, { horizon: 5 });
    const later = forecastAt(first + 130);
    const earlier = forecastAt(first + 100);
    expect(forecastAt(first + 130)).toEqual(later);
    expect(bookingsForecaster.prepare(history, { horizon: 5 })(first + 100)).toEqual(earlier);
  });

  it("learns when a past day is corrected: entered late, or found out late not to have taken place", () => {
    const correctedOn = first + 90;
    const late = Array.from({ length: 40 }, () => ({ day: first + 80, bookedOn: correctedOn }));
    const undone = history.map((record) =>
      record.day === first + 81 && record.releasedOn === undefined ? { ...record, releasedOn: correctedOn } : record,
    );
    const at = (records: readonly BookingRecord[], origin: number) =>
      bookingsForecaster.prepare(records, { horizon: 5 })(origin);
    const changed = [...undone, ...late];
    expect(at(changed, correctedOn - 1)).toEqual(at(history, correctedOn - 1));
    expect(at(changed, correctedOn).days).not.toEqual(at(history, correctedOn).days);
  });

  it("starts again when a booking for a day before all others is entered", () => {
    const early = { day: first - 5, bookedOn: first + 60 };
    const forecastAt = bookingsForecaster.prepare([...history, early], { horizon: 5 });
    expect(forecastAt(first + 59).historyDays).toBe(60);
    expect(forecastAt(first + 60).historyDays).toBe(66);
  });

  it("learns from the last four years, however old the bookings are", () => {
    const old = Array.from({ length: 200 }, (_, at) => ({ day: first - 20 - 50 * at, bookedOn: first - 30 - 50 * at }));
    const forecast = bookingsForecaster.prepare([...old, ...history], { horizon: 2 })(first + 200);
    expect(forecast.basis).toBe("history");
    expect(forecast.historyDays).toBeLessThanOrEqual(4 * 364 + 1);
    expect(forecast.days[0]?.point).toBeGreaterThan(1);
  });

  it("SEA-3: one stray booking of years ago changes nothing", () => {
    const stray = { day: first - 1_100, bookedOn: first - 1_107, segment: "single" };
    const forecast = bookingsForecaster.prepare([stray, ...history], { horizon: 5 })(first + 200);
    expect(forecast).toEqual(bookingsForecaster.prepare(history, { horizon: 5 })(first + 200));
  });

  it("SEA-3: where an event is rare the profile says so, from the first day on", () => {
    const rare = { level: 0.05, months: Array<number>(12).fill(1), weekdays: Array<number>(7).fill(1) };
    for (const day of bookingsForecaster.prepare([], { profile: rare })(20_000).days) {
      expect(day.busyProbability).toBeCloseTo(1 - Math.exp(-0.05), 2);
      expect(day.interval80).toEqual({ low: 0, high: 1 });
    }
  });

  it("SEA-3: the first weeks after a closed season lie in their intervals", () => {
    // Open for 210 days of each 364.
    const records = [0, 1].flatMap((year) => madeUpBookings(first + 364 * year, 210, 12, year + 1));
    const forecastAt = bookingsForecaster.prepare(records, { horizon: 7 });
    const held = Array.from({ length: 40 }, (_, at) => {
      const { day = 0, interval80 } = forecastAt(first + 360 + at).days[6] ?? {};
      const came = demandOn(records, day);
      return interval80 !== undefined && came >= interval80.low && came <= interval80.high;
    });
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(28);
  });

  it("takes in corrections of days before those it learns from", () => {
    const ancient = [
      { day: 10_000, bookedOn: 9_990 },
      { day: 10_001, bookedOn: first + 10 },
      { day: 10_002, bookedOn: 9_990, releasedOn: first + 10 },
    ];
    for (const forecaster of [bookingsForecaster, ...bookingReferences]) {
      const { days } = forecaster.prepare([...ancient, ...history], { horizon: 2 })(first + 20);
      expect(days.every(({ point }) => Number.isFinite(point))).toBe(true);
    }
  });

  it.each([0, 61, 1.5, Number.NaN])("refuses a horizon of %d days", (horizon) => {
    expect(() => bookingsForecaster.prepare([], { horizon })).toThrow("from 1 to 60");
  });

  it("SEA-3: a feast that moves is compared with the feast of the year before", () => {
    // Four weeks of guests who book a week ahead; in its second year the feast is three weeks earlier.
    const feasts = [first + 150, first + 150 + 343];
    const guests = feasts.flatMap((feast) =>
      Array.from({ length: 29 * 8 }, (_, at) => ({ day: feast + (at % 29) - 14, bookedOn: feast + (at % 29) - 21 })),
    );
    const holidays = feasts.map((day) => ({ day, name: "feast" }));
    const records = [...madeUpBookings(first, 520, 1), ...guests];
    const at = (context: object) =>
      bookingsForecaster.prepare(records, { horizon: 8, ...context })(first + 150 + 343 - 12).days[7];
    expect(at({ holidays })?.point).toBeGreaterThan((at({})?.point ?? 0) + 1);
  });

  it("SEA-10: gives its features as numbers alone", () => {
    const rows = bookingFeatures(history, { horizon: 6 })(first + 60);
    expect(rows.map(({ lead }) => lead)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const row of rows) expect(Object.values(row).every(Number.isFinite)).toBe(true);
    expect(bookingFeatures([])(first)).toHaveLength(30);
  });
});

describe("no forecast knows the future", () => {
  const horizon = 4;
  const origins = [first + 40, first + 130, first + 385];

  /** Everything that becomes known after the origin, made different. */
  const corrupted = (origin: number): readonly BookingRecord[] => {
    const told = history.flatMap((record, at): BookingRecord[] => {
      if (record.bookedOn > origin) return chance(at, 1) < 0.5 ? [] : [{ ...record, segment: "aardvark" }];
      if (record.releasedOn !== undefined && record.releasedOn <= origin) return [record];
      const { releasedOn: _, ...standing } = record;
      const lot = chance(at, 2);
      if (lot < 0.4) return [standing];
      // A no-show or a cancellation that is found out after the origin, of past days as well as of later ones.
      const later = record.day > origin - 5 ? 1 : 1 + Math.floor((lot - 0.4) * 50);
      return [{ ...standing, releasedOn: origin + later }];
    });
    const invented = Array.from({ length: 500 }, (_, at) => ({
      day: first - 20 + Math.floor(chance(at, 3) * 600),
      bookedOn: origin + 1 + Math.floor(chance(at, 4) * 30),
      segment: "zebra",
    }));
    return [...told, ...invented];
  };

  it.each(origins)("P-8: the forecast of day %d stays the same when all that came after is changed", (origin) => {
    const truth = bookingsForecaster.prepare(history, { horizon });
    const changed = bookingsForecaster.prepare(corrupted(origin), { horizon });
    expect(changed(origin)).toEqual(truth(origin));
    expect(changed(origin + 5)).not.toEqual(truth(origin + 5));
  });

  it("P-8: a cancellation counts from its status day on, not a day sooner", () => {
    const origin = first + 130;
    const victims = new Set(
      history
        .filter(
          ({ day, bookedOn, releasedOn }) =>
            day > origin && day <= origin + 3 && bookedOn <= origin && releasedOn === undefined,
        )
        .slice(0, 5),
    );
    expect(victims.size).toBe(5);
    const withStatusOn = (releasedOn: number) =>
      history.map((record) => (victims.has(record) ? { ...record, releasedOn } : record));
    const sum = (records: readonly BookingRecord[]) =>
      bookingsForecaster
        .prepare(records, { horizon })(origin)
        .days.slice(0, 3)
        .reduce((total, { point }) => total + point, 0);
    expect(sum(withStatusOn(origin + 1))).toBe(sum(history));
    expect(sum(withStatusOn(origin))).toBeLessThan(sum(history) - 2);
  });
});

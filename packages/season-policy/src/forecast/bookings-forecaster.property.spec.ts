import * as fc from "fast-check";
import { bookingsForecaster } from "./bookings-forecaster.js";
import type { BookingRecord, DayForecast } from "./port.js";
import { bookingReferences } from "./reference-forecasters.js";

const record = (last: number): fc.Arbitrary<BookingRecord> =>
  fc
    .record({
      day: fc.integer({ min: 0, max: last }),
      lead: fc.integer({ min: -3, max: 60 }),
      held: fc.option(fc.integer({ min: -2, max: 70 })),
      segment: fc.constantFrom("a", "b", undefined),
    })
    .map(({ day, lead, held, segment }) => ({
      day,
      bookedOn: day - lead,
      ...(held === null ? {} : { releasedOn: day - lead + held }),
      ...(segment === undefined ? {} : { segment }),
    }));

const history = fc.array(record(70), { maxLength: 150 });

const checkDay = ({ point, interval50, interval80, interval95, busyProbability }: DayForecast): void => {
  const ladder = [
    0,
    interval95.low,
    interval80.low,
    interval50.low,
    point,
    interval50.high,
    interval80.high,
    interval95.high,
  ];
  expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
  expect(ladder.every(Number.isFinite)).toBe(true);
  expect(busyProbability).toBeGreaterThanOrEqual(0);
  expect(busyProbability).toBeLessThanOrEqual(1);
};

describe("forecasts from any bookings", () => {
  it("SEA-3: have finite points in nested intervals of whole numbers and chances in [0, 1], whoever makes them", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -70, max: 110 }), (records, origin) => {
        for (const forecaster of [bookingsForecaster, ...bookingReferences]) {
          const { days } = forecaster.prepare(records, { horizon: 8 })(origin);
          expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 8 }, (_, at) => origin + at + 1));
          days.forEach(checkDay);
          for (const { low, high } of days.flatMap((day) => [day.interval50, day.interval80, day.interval95])) {
            expect(Number.isInteger(low) && Number.isInteger(high)).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("do not depend on the order of the rows, nor on the run", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 80 }), (records, origin) => {
        const forecast = bookingsForecaster.prepare(records, { horizon: 6 })(origin);
        expect(bookingsForecaster.prepare(records, { horizon: 6 })(origin)).toEqual(forecast);
        expect(bookingsForecaster.prepare(records.toReversed(), { horizon: 6 })(origin)).toEqual(forecast);
      }),
      { numRuns: 20 },
    );
  });

  it("P-8: do not change with rows booked, or statuses known, after the origin", () => {
    fc.assert(
      fc.property(history, history, fc.integer({ min: 0, max: 80 }), (records, more, origin) => {
        const changed = [
          ...records.map((row) =>
            row.bookedOn <= origin && (row.releasedOn ?? Infinity) > origin ? { ...row, releasedOn: origin + 1 } : row,
          ),
          ...more.map((row) => ({ ...row, bookedOn: origin + 1 + Math.abs(row.bookedOn) })),
        ];
        for (const forecaster of [bookingsForecaster, ...bookingReferences]) {
          expect(forecaster.prepare(changed, { horizon: 6 })(origin)).toEqual(
            forecaster.prepare(records, { horizon: 6 })(origin),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

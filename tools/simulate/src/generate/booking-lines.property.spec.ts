import * as fc from "fast-check";
import { badLineNames } from "./bad-lines.js";
import { bookingLines } from "./booking-lines.js";

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 60 }),
  badLines: fc.integer({ min: 0, max: 40 }),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});

describe("the bookings file", () => {
  it("holds exactly the asked rows and bad lines, numbered as an editor numbers them", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const lines = [...bookingLines({ ...size, fromYear: 2025, years: 2 })];
        expect(lines.map(({ line }) => line)).toEqual(Array.from(lines, (_, at) => at + 1));
        expect(lines.filter(({ bad }) => bad !== undefined)).toHaveLength(size.badLines);
        expect(lines).toHaveLength(1 + size.rows + size.badLines);
        expect(lines.every(({ text }) => !text.includes("\n"))).toBe(true);
      }),
    );
  });

  it("gives the same good rows with and without bad lines", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const options = { ...size, fromYear: 2025, years: 2 };
        const good = [...bookingLines(options)].filter(({ bad }) => bad === undefined).map(({ text }) => text);
        expect(good).toEqual([...bookingLines({ ...options, badLines: 0 })].map(({ text }) => text));
      }),
    );
  });

  it("uses every kind of bad line once there are as many as kinds", () => {
    const lines = [...bookingLines({ rows: 5, seed: 3, badLines: badLineNames.length, fromYear: 2025, years: 1 })];
    expect(new Set(lines.flatMap(({ bad }) => bad ?? []))).toEqual(new Set(badLineNames));
  });
});

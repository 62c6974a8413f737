import * as fc from "fast-check";
import { fillValleys, ladder, levelFor, ramp } from "./plan-smoothing.js";

const cells = (lengths: readonly number[]) => {
  let at = 0;
  return lengths.map((length) => ({ from: at, to: (at += length) }));
};
const profile = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 30 })
  .map((parts) => ({ slots: parts.map(([slots]) => slots), cells: cells(parts.map(([, length]) => length)) }));
const hold = fc.integer({ min: 0, max: 12 });

/** Runs of cells below both of their neighbours, which begin and end inside the plan. */
function valleys(slots: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let from = 1; from < slots.length - 1; from += 1) {
    for (let to = from; to < slots.length - 1; to += 1) {
      const highest = Math.max(...slots.slice(from, to + 1));
      if (highest < (slots[from - 1] ?? 0) && highest < (slots[to + 1] ?? 0)) found.push([from, to]);
    }
  }
  return found;
}

describe("filling valleys", () => {
  it("SEA-4: only raises, leaves no valley shorter than the hold, and does nothing the second time", () => {
    fc.assert(
      fc.property(profile, hold, ({ slots, cells }, holdMs) => {
        const filled = fillValleys(slots, cells, holdMs);
        filled.forEach((value, index) => expect(value).toBeGreaterThanOrEqual(slots[index] ?? 0));
        for (const [from, to] of valleys(filled)) {
          expect((cells[to]?.to ?? 0) - (cells[from]?.from ?? 0)).toBeGreaterThanOrEqual(holdMs);
        }
        expect(fillValleys(filled, cells, holdMs)).toEqual(filled);
      }),
    );
  });

  it("SEA-4: is what trying every window gives", () => {
    fc.assert(
      fc.property(profile, hold, ({ slots, cells }, holdMs) => {
        const last = cells.length - 1;
        const lasts = (from: number, to: number): number => (cells[to]?.to ?? 0) - (cells[from]?.from ?? 0);
        const windows: (readonly [number, number])[] = [];
        for (let from = 0; from <= last; from += 1) {
          const to = cells.findIndex((_, index) => index >= from && lasts(from, index) >= holdMs);
          windows.push([from, to < 0 ? last : to]);
        }
        for (let to = 0; to < last && lasts(0, to) < holdMs; to += 1) windows.push([0, to]);
        const expected = slots.map((own, index) => {
          const around = windows.filter(([from, to]) => from <= index && index <= to);
          return holdMs === 0 ? own : Math.min(...around.map(([from, to]) => Math.max(...slots.slice(from, to + 1))));
        });
        expect(fillValleys(slots, cells, holdMs)).toEqual(expected);
      }),
    );
  });

  it("SEA-4: gives the least that has no such valley: no other profile above the need without one lies below it", () => {
    fc.assert(
      fc.property(profile, hold, fc.array(fc.integer({ min: 0, max: 5 })), ({ slots, cells }, holdMs, more) => {
        const filled = fillValleys(slots, cells, holdMs);
        const another = fillValleys(
          slots.map((value, index) => value + (more[index] ?? 0)),
          cells,
          holdMs,
        );
        another.forEach((value, index) => expect(value).toBeGreaterThanOrEqual(filled[index] ?? 0));
      }),
    );
  });
});

describe("levels", () => {
  it("SEA-4: climb from floor to cap, and the lowest that is enough is taken", () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(200),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.nat(300),
        (floor, more, factor, need) => {
          const levels = ladder(floor, floor + more, factor);
          expect([levels[0], levels.at(-1)]).toEqual([floor, floor + more]);
          expect(levels).toEqual([...new Set(levels)].toSorted((a, b) => a - b));
          expect(levelFor(levels, need)).toBe(levels.find((level) => level >= need) ?? floor + more);
        },
      ),
    );
  });
});

describe("a ramp", () => {
  it("SEA-4: keeps every change inside the limits and gives less only when it cannot be reached from now", () => {
    const slots = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 });
    const limit = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(slots, fc.integer({ min: 0, max: 40 }), limit, limit, (wanted, current, upPerStep, downPerStep) => {
        const shaped = ramp(wanted, current, { upPerStep, downPerStep });
        shaped.forEach((value, index) => {
          const before = index === 0 ? current : (shaped[index - 1] ?? 0);
          expect(value - before).toBeLessThanOrEqual(upPerStep);
          expect(before - value).toBeLessThanOrEqual(downPerStep);
          expect(value).toBeGreaterThanOrEqual(Math.min(wanted[index] ?? 0, current + upPerStep * (index + 1)));
        });
      }),
    );
  });
});

import { createRecentLevel } from "./recent-level.js";

/** The level after each of the values, with the same ratios and the same level of the last year for all. */
const levels = (values: readonly number[], ratioOf: (at: number) => number, usual: number): readonly number[] => {
  const recent = createRecentLevel();
  return values.map((_, at) => recent.next({ values: values.slice(0, at + 1), ratioOf, usual }));
};

describe("the recent level", () => {
  it("SEA-3: is told by the days on which something is expected, not by those on which the house is closed", () => {
    const open = (at: number): boolean => at % 7 === 5;
    // A fitted model leaves a trace of expectation on closed days; by a plain median it would be ruled by their zeros.
    const told = levels(
      Array.from({ length: 100 }, (_, at) => (open(at) ? 6 : 0)),
      (at) => (open(at) ? 7 : 1e-6),
      3 / 7,
    );
    expect(told.at(-1)).toBeCloseTo(6 / 7);
  });

  it("SEA-3: follows a collapse within two weeks and is steady under noise", () => {
    const noise = (at: number): number => 100 + ((at * 37) % 21) - 10;
    const collapsed = levels(
      Array.from({ length: 215 }, (_, at) => (at < 200 ? noise(at) : noise(at) / 10)),
      () => 1,
      100,
    );
    expect(collapsed[199]).toBeGreaterThan(95);
    expect(collapsed[214]).toBeLessThan(15);
    const steady = levels(
      Array.from({ length: 215 }, (_, at) => noise(at)),
      () => 1,
      100,
    );
    for (const level of steady.slice(120)) expect(Math.abs(level - 100)).toBeLessThan(2);
  });

  it("is the level of the last year where nothing is expected", () => {
    expect(levels([0, 0, 0], () => 0, 4)).toEqual([4, 4, 4]);
  });
});

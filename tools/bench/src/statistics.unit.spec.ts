// Quantiles and ratios, against values worked out by hand.
import { median, medianRatio, quantile, range } from "./statistics.js";

describe("quantiles", () => {
  it("P-2: interpolates between the two nearest values, in any order of the values", () => {
    const values = [40, 10, 30, 20];
    expect([0, 0.25, 0.5, 0.99, 1].map((share) => quantile(values, share))).toEqual([
      10,
      17.5,
      25,
      expect.closeTo(39.7, 9),
      40,
    ]);
    expect(values).toEqual([40, 10, 30, 20]);
  });

  it("sorts by number and not by text", () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it("has no quantile of nothing", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe("ratios", () => {
  it("P-1: compares each round with its own baseline, so that one slow round of the machine falls out", () => {
    // The machine was four times slower in the second round, for both sides.
    expect(medianRatio([100, 25, 110], [50, 12.5, 50])).toBe(2);
  });

  it("leaves out rounds whose baseline is missing or nothing", () => {
    expect(medianRatio([4, 8, 100], [2, 0])).toBe(2);
    expect(medianRatio([1], [])).toBeNaN();
  });

  it("names the smallest and the largest value", () => {
    expect(range([3, 1, 2])).toEqual({ low: 1, high: 3 });
  });
});

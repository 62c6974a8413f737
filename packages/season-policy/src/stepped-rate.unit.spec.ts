import { steppedRate } from "./index.js";

it("SEA-4: a rate is told in steps at or below it, so that noise plans nothing anew", () => {
  expect(steppedRate(1)).toBe(1);
  expect(steppedRate(1.49)).toBe(1);
  expect(steppedRate(1.51)).toBe(1.5);
  expect(steppedRate(0.05)).toBeCloseTo(0.039, 3);
  for (const rate of [0.001, 0.3, 7, 900]) {
    expect(steppedRate(rate)).toBeLessThanOrEqual(rate);
    expect(steppedRate(rate) * 1.5).toBeGreaterThan(rate);
  }
});

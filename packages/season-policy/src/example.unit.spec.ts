import { decisionTimes } from "../examples/decision-times.js";
import { lines } from "../examples/saturday-surge.js";

it("LIB-1: the README's example prints what the README says", () => {
  expect(lines).toEqual([
    "Saturday: 10x, season and weekday and multiplier_cap",
    "Fri 00:00: 2 slots, floor",
    "Fri 02:00: 4 slots, forecast_load",
    "Fri 10:00: 2 slots, floor",
    "Fri 17:00: 30 slots, forecast_load",
    "Sat 01:00: 2 slots, floor",
  ]);
});

it("SEA-4 P-7: the time of a decision can be measured; how long it is fails no test", () => {
  const { plan, wanted } = decisionTimes(10);
  for (const { p50, p99 } of [plan, wanted]) expect(p99).toBeGreaterThanOrEqual(p50);
});

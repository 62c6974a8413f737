// A small complete policy for specs.
import type { MarketPolicy, SeasonPolicy } from "../policy.js";

export const marketOfTest: MarketPolicy = {
  zone: "Europe/London",
  floor: 0.1,
  cap: 10,
  seasons: [
    { code: "peak", months: [5, 6, 7, 8, 9], multiplier: 5 },
    { code: "mid", months: [4, 10], multiplier: 2 },
    { code: "off", months: [1, 2, 3, 11, 12], multiplier: 1 },
  ],
  weekdays: [1, 1, 1, 1, 1, 3, 3],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [],
  covers: { from: "2026-01-01", to: "2028-12-31" },
};

export const policyOf = (changes: Partial<MarketPolicy> = {}, version = 1): SeasonPolicy => ({
  name: "test",
  version,
  markets: { uk: { ...marketOfTest, ...changes } },
});

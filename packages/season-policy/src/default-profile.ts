// The documented default: a northern summer season with busy weekends. Profiles of markets start from it, and what is learned
// from counts is compared with it.
import type { SeasonProfile } from "./profile.js";

/** Peak 5x (May to September), mid 2x (April, October), off 1x; weekend 3x; event week 2x, event day 5x; at most 10x. */
export const defaultProfile: SeasonProfile = {
  name: "default",
  version: 1,
  zone: "UTC",
  floor: 1,
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
  sources: ["The documented default of the platform; measured profiles replace it market by market."],
};

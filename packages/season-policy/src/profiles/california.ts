// Weddings in California: a mild spring makes the season early, and summer heat inland parts it in two.
import type { SeasonProfile } from "../profile.js";

/** No published series by month: all multipliers are estimates. Learn them from your own counts with learnProfile. */
export const california: SeasonProfile = {
  name: "california",
  version: 1,
  zone: "America/Los_Angeles",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "spring_peak", months: [4, 5, 6], multiplier: 4 },
    { code: "autumn_peak", months: [9, 10], multiplier: 4 },
    { code: "summer", months: [7, 8], multiplier: 3 },
    { code: "mid", months: [3, 11], multiplier: 2 },
    { code: "off", months: [1, 2, 12], multiplier: 1 },
  ],
  weekdays: [0.3, 0.3, 0.3, 0.4, 1.2, 3.5, 1.2],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    { code: "public_holiday", multiplier: 1.2, when: { kind: "holidays", calendar: "US-CA", types: ["public"] } },
    { code: "christmas", multiplier: 0.2, when: { kind: "yearly", from: "12-24", to: "12-26" } },
    { code: "new_year_eve", multiplier: 2, when: { kind: "yearly", from: "12-31", to: "12-31" } },
  ],
  sources: ["Estimates; learn your own with learnProfile."],
};

// Weddings in Australia and New Zealand: the southern spring, summer and autumn.
import type { SeasonProfile } from "../profile.js";

/** Months against July (4.2 % of 2008): November 12.9 % and October 12.6 % of 2011, March 11.9 % of 2008, June 4.8 % of 2011. */
export const oceania: SeasonProfile = {
  name: "oceania",
  version: 1,
  zone: "Australia/Sydney",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "peak", months: [10, 11, 3], multiplier: 3 },
    { code: "summer", months: [12, 1, 2, 4], multiplier: 2.3 },
    { code: "mid", months: [5, 9], multiplier: 1.6 },
    { code: "off", months: [6, 7, 8], multiplier: 1 },
  ],
  weekdays: [0.3, 0.3, 0.3, 0.4, 1.1, 3.6, 1],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    { code: "public_holiday", multiplier: 1.2, when: { kind: "holidays", calendar: "AU-NSW", types: ["public"] } },
    { code: "christmas", multiplier: 0.2, when: { kind: "yearly", from: "12-24", to: "12-26" } },
  ],
  sources: [
    "Australian Bureau of Statistics, 3310.0 Marriages and Divorces, Australia, 2008 and 2011: months of marriage.",
    "The same, 2008: Saturday first, then Sunday and Friday. How far apart, other months, holidays: estimates.",
  ],
};

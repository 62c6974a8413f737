// Weddings around the Gulf: the cooler half of the year, hardly any in Ramadan, many right after it.
import type { SeasonProfile } from "../profile.js";

/** Abu Dhabi 2016: most marriages in March, fewest in June, when Ramadan was. The factors are estimates. */
export const middleEast: SeasonProfile = {
  name: "middle-east",
  version: 1,
  zone: "Asia/Dubai",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "peak", months: [1, 2, 3, 11, 12], multiplier: 3 },
    { code: "mid", months: [4, 5, 10], multiplier: 2 },
    { code: "off", months: [6, 7, 8, 9], multiplier: 1 },
  ],
  weekdays: [0.6, 0.6, 0.7, 1.8, 1.6, 1.2, 0.5],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    { code: "ramadan", multiplier: 0.2, when: { kind: "calendar_month", calendar: "islamic-umalqura", month: 9 } },
    { code: "shawwal", multiplier: 1.5, when: { kind: "calendar_month", calendar: "islamic-umalqura", month: 10 } },
  ],
  sources: [
    "Statistics Centre Abu Dhabi, marriages 2016: March the most, June the fewest.",
    "Factors, weekdays and months: estimates.",
  ],
};

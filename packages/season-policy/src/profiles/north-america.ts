// Weddings in the United States and Canada: June to September.
import type { SeasonProfile } from "../profile.js";

/**
 * Months follow the mean marriage rates of the United States 2000-2009 by month of occurrence (a year per 1,000 people): June 9.7,
 * July 9.4, August 9.2, September 8.9, October 8.3, May 8.1, April 7.2, November 6.6, March 6.3, December 6.0. They count
 * registrations, which are flatter than celebrations; the multipliers stretch them towards the default. Weekdays and periods are
 * estimates.
 */
export const northAmerica: SeasonProfile = {
  name: "north-america",
  version: 1,
  zone: "America/New_York",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "peak", months: [6, 7, 8, 9], multiplier: 4 },
    { code: "mid", months: [5, 10], multiplier: 3 },
    { code: "early_spring", months: [4], multiplier: 2 },
    { code: "off", months: [1, 2, 3, 11, 12], multiplier: 1 },
  ],
  weekdays: [0.3, 0.3, 0.3, 0.4, 1.2, 3.5, 1],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    { code: "public_holiday", multiplier: 1.2, when: { kind: "holidays", calendar: "US", types: ["public"] } },
    { code: "christmas", multiplier: 0.2, when: { kind: "yearly", from: "12-24", to: "12-26" } },
    { code: "new_year_eve", multiplier: 2, when: { kind: "yearly", from: "12-31", to: "12-31" } },
  ],
  sources: [
    "National Center for Health Statistics, National Vital Statistics Reports: provisional marriage rates by month, 2000-2009.",
    "Weekdays and periods: estimates.",
  ],
};

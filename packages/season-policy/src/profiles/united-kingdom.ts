// Weddings in the United Kingdom: a summer peak, and Saturdays above all.
import type { SeasonProfile } from "../profile.js";

/**
 * Months against January: 2.6 % of the marriages of 2023, August 14.3 %; of 1995-2013 August 15.7 %, July 13.1 %, September 13 %.
 * Weekdays against the mean day, from the shares of 1995-2013: Saturday 62 %, Friday 17, Thursday 5, Sunday 4.4, Monday and
 * Wednesday 4, Tuesday 3.3. April to June, October and the periods are estimates between these figures.
 */
export const unitedKingdom: SeasonProfile = {
  name: "united-kingdom",
  version: 1,
  zone: "Europe/London",
  floor: 0.1,
  cap: 25,
  seasons: [
    { code: "peak", months: [7, 8, 9], multiplier: 5 },
    { code: "early_summer", months: [5, 6], multiplier: 4 },
    { code: "mid", months: [4, 10], multiplier: 2.5 },
    { code: "off", months: [1, 2, 3, 11, 12], multiplier: 1 },
  ],
  weekdays: [0.28, 0.23, 0.28, 0.35, 1.19, 4.34, 0.31],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    { code: "bank_holiday", multiplier: 1.3, when: { kind: "holidays", calendar: "GB-ENG", types: ["public"] } },
    { code: "christmas", multiplier: 0.1, when: { kind: "yearly", from: "12-24", to: "12-26" } },
    { code: "valentine", multiplier: 2, when: { kind: "yearly", from: "02-14", to: "02-14" } },
  ],
  sources: [
    "Office for National Statistics, Marriages in England and Wales 2023: August 14.3 %, January 2.6 %, Saturdays 41.9 %.",
    "Weekday and month shares 1995-2013 from the same series, as reported by Trinity Mirror Data Unit, 28 February 2018.",
    "Christmas Day and Boxing Day: one marriage each in 2023 (same release). 14 February: twice the average of its month.",
    "April to June and October, bank holidays: estimates.",
  ],
};

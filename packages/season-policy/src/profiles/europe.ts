// Weddings on the European continent: May to September, quiet in Lent and Advent.
import type { SeasonProfile } from "../profile.js";

/**
 * Saxony 2013-2022: 2.5 to 6.3 % of a year's marriages in February, which with January, March and November is among the
 * quietest. The churches discourage celebrations in Lent and Advent; how much that lowers demand is an estimate, as are all other
 * multipliers. Holidays are Germany's: copy the profile for another country.
 */
export const europe: SeasonProfile = {
  name: "europe",
  version: 1,
  zone: "Europe/Berlin",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "peak", months: [5, 6, 7, 8, 9], multiplier: 4 },
    { code: "mid", months: [4, 10, 12], multiplier: 1.8 },
    { code: "off", months: [1, 2, 3, 11], multiplier: 1 },
  ],
  weekdays: [0.4, 0.4, 0.4, 0.6, 1.7, 3.2, 0.3],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    { code: "public_holiday", multiplier: 0.3, when: { kind: "holidays", calendar: "DE", types: ["public"] } },
    // Ash Wednesday is 46 days before Easter.
    { code: "lent", multiplier: 0.7, when: { kind: "easter", fromDay: -46, toDay: -1 } },
    { code: "advent", multiplier: 0.8, when: { kind: "advent" } },
  ],
  sources: [
    "State Statistical Office of Saxony, marriages by month 2013-2022, as reported by dpa, February 2024.",
    "Statistics Netherlands, June 2020: next to no marriages on public holidays.",
    "All multipliers: estimates between these findings.",
  ],
};

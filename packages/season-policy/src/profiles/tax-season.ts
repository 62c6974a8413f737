// A seasonal business that has nothing to do with events for guests: preparing income tax returns in the United States. It ships
// to prove that the engine needs no word of any trade.
import type { SeasonProfile } from "../profile.js";

/** Weekdays carry the work, two rushes lead to the two deadlines; an event is a client's filing date. */
export const taxSeason: SeasonProfile = {
  name: "tax-season",
  version: 1,
  zone: "America/New_York",
  floor: 0.2,
  cap: 12,
  seasons: [
    { code: "filing", months: [2, 3, 4], multiplier: 4 },
    { code: "extension", months: [9, 10], multiplier: 2 },
    { code: "quiet", months: [1, 5, 6, 7, 8, 11, 12], multiplier: 1 },
  ],
  weekdays: [1.2, 1.2, 1.2, 1.2, 1, 0.6, 0.3],
  combination: "season_times_weekday",
  events: { dayWeight: 4, weekWeight: 2, weekDays: 10 },
  periods: [
    { code: "deadline_rush", multiplier: 2, when: { kind: "yearly", from: "04-08", to: "04-15" } },
    { code: "extension_rush", multiplier: 1.8, when: { kind: "yearly", from: "10-08", to: "10-15" } },
    { code: "refund_rush", multiplier: 1.5, when: { kind: "yearly", from: "02-01", to: "02-14" } },
    { code: "federal_holiday", multiplier: 0.3, when: { kind: "holidays", calendar: "US", types: ["public"] } },
  ],
  sources: [
    "Deadlines: Internal Revenue Service, Publication 509, Tax Calendars (15 April; 15 October with an extension).",
    "Multipliers are estimates: learn them from your own counts with learnProfile.",
  ],
};

// The complete data of a season policy: nothing in it has to be looked up again, so that an old decision can be
// recomputed on any machine, whatever its calendar library says by then.
import { z } from "zod";
import { code, externalId, isoDate, zoneId } from "../common.js";

const multiplier = z.number().min(0).max(1_000);

export const season = z
  .strictObject({
    code: code.describe("Name of the season, for example `peak`."),
    months: z.array(z.int().min(1).max(12)).min(1).max(12).describe("Months of the year, 1 = January."),
    multiplier: multiplier.describe("Demand in these months against a month of multiplier 1."),
  })
  .meta({ title: "Season", description: "Months with the same demand." });

export const period = z
  .strictObject({
    code: code.describe("What the days are, for example `ramadan`."),
    from: isoDate.describe("First day."),
    to: isoDate.describe("Last day, included."),
    multiplier: multiplier.describe("Raises demand above 1, lowers it below 1."),
  })
  .meta({ title: "Period", description: "Days on which demand differs from the season's." });

export const marketPolicy = z
  .strictObject({
    zone: zoneId.describe("Zone of the market's local days."),
    floor: z.number().positive().max(1_000).describe("No multiplier is below it."),
    cap: z.number().positive().max(1_000).describe("No multiplier is above it."),
    seasons: z.array(season).min(1).max(12).describe("Every month is in exactly one."),
    weekdays: z.array(multiplier).length(7).describe("Multipliers of the weekdays, Monday first."),
    combination: z
      .enum(["season_times_weekday", "strongest"])
      .describe("Season times weekday, or the stronger of the two; the strongest period on each side of 1 follows."),
    events: z
      .strictObject({
        dayWeight: multiplier.describe("Weight of work whose event is on the day."),
        weekWeight: multiplier.describe("Weight of work whose event is in its week."),
        weekDays: z.int().min(0).max(31).describe("Days before the event day that are its week."),
      })
      .describe("Weights of the share of work that an event is near to."),
    periods: z.array(period).max(1_000).describe("Holidays, religious and cultural periods, as dates."),
    covers: z
      .strictObject({ from: isoDate.describe("First day."), to: isoDate.describe("Last day, included.") })
      .describe("The days for which the periods are complete."),
  })
  .meta({ title: "MarketPolicy", description: "Seasonal demand of one market." });
export type MarketPolicy = z.infer<typeof marketPolicy>;

export const seasonPolicy = z
  .strictObject({
    name: externalId.describe("Name of the policy."),
    version: z.int().min(1).describe("Grows with each change; decisions name it."),
    markets: z.record(z.string(), marketPolicy).describe("By market."),
  })
  .meta({ title: "SeasonPolicy", description: "Everything that decides seasonal demand, complete." });
export type SeasonPolicy = z.infer<typeof seasonPolicy>;

export const exampleMarket: MarketPolicy = {
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
  periods: [{ code: "public_holiday", from: "2027-12-25", to: "2027-12-25", multiplier: 0.1 }],
  covers: { from: "2027-01-01", to: "2027-12-31" },
};

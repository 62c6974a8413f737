// What the season policy decided: the policy in force, what was forecast, what capacity was planned and why.
import { z } from "zod";
import { externalId, instant, isoDate, reason, zoneId } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";
import { exampleMarket, seasonPolicy } from "./policy.js";

const amount = z.number().min(0);
const slots = z.int().min(0).max(1_000_000);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const capacityStep = z
  .strictObject({
    at: instant.describe("From when, epoch milliseconds."),
    slots: slots.describe("Worker slots from then on."),
    reasons: z.array(reason).min(1).max(20).describe("The rules that made it."),
  })
  .meta({ title: "CapacityStep", description: "A change of the planned capacity." });

export const forecastDay = z
  .strictObject({
    date: isoDate.describe("The target day."),
    expected: amount.describe("Expected events on the day."),
    intervals: z
      .array(
        z.strictObject({
          level: z.number().gt(0).lt(1).describe("Probability that the outcome is inside, for example 0.8."),
          lower: amount.describe("Lower end, events."),
          upper: amount.describe("Upper end, events."),
        }),
      )
      .max(10)
      .describe("Prediction intervals."),
    busyProbability: z.number().min(0).max(1).describe("Probability that the day is busy."),
  })
  .meta({ title: "ForecastDay", description: "The forecast of one target day." });

export const policyEvents = [
  defineEvent({
    type: "SeasonPolicyActivated",
    version: 1,
    summary: "The complete policy of seasonal demand that decides from here on.",
    schema: z.strictObject({ policy: seasonPolicy.describe("The policy in force from here on.") }),
    example: { policy: { name: "default", version: 1, markets: { "united-kingdom": exampleMarket } } },
  }),
] as const;

export const capacityEvents = [
  defineEvent({
    type: "DemandForecast",
    version: 2,
    summary: "What a model expects of a market's next days, with intervals.",
    schema: z.strictObject({
      market: externalId.describe("The market."),
      origin: isoDate.describe("The last day whose bookings the model knew."),
      model: externalId.describe("Name of the model."),
      modelVersion: externalId.describe("Version of the model."),
      days: z.array(forecastDay).min(1).max(400).describe("The target days, ascending."),
      basis: z
        .enum(["history", "short-history", "profile", "nothing"])
        .describe("What it rests on; anything but `history` deserves less trust.")
        .exactOptional(),
      historyDays: z.int().min(0).describe("Days of history it learned from.").exactOptional(),
      busyThreshold: amount.describe("A day is busy from so many events on; absent without history.").exactOptional(),
    }),
    example: {
      market: "united-kingdom",
      origin: "2027-06-01",
      model: "pick-up",
      modelVersion: "1",
      days: [
        {
          date: "2027-06-12",
          expected: 118.4,
          intervals: [{ level: 0.8, lower: 104, upper: 131 }],
          busyProbability: 0.92,
        },
      ],
      basis: "history",
      historyDays: 730,
      busyThreshold: 96,
    },
    // Version 1 did not say what it rested on.
    upcasters: [(data) => data],
  }),
  defineEvent({
    type: "CapacityPlanned",
    version: 1,
    summary: "The capacity of a market from now on, as steps with their reasons; in shadow mode nothing follows it.",
    schema: z.strictObject({
      market: externalId.describe("The market."),
      mode: z.enum(["shadow", "active"]).describe("Whether autoscalers follow the plan."),
      from: instant.describe("Start of the plan."),
      until: instant.describe("End of the plan, not included."),
      floor: slots.describe("Fewest slots."),
      cap: slots.describe("Most slots."),
      zone: zoneId.describe("Zone in which the plan was made."),
      serviceRatePerSlot: z.number().positive().describe("Executions that one slot finishes in a second."),
      policyVersion: z.int().min(1).describe("Version of the policy in force."),
      inputsDigest: digest.describe("SHA-256 of all that the plan follows from; the same inputs are planned once."),
      steps: z.array(capacityStep).min(1).max(1_000).describe("Ascending by time; the first is at the start."),
    }),
    example: {
      market: "united-kingdom",
      mode: "shadow",
      from: 1_812_758_400_000,
      until: 1_815_350_400_000,
      floor: 2,
      cap: 40,
      zone: "Europe/London",
      serviceRatePerSlot: 0.9,
      policyVersion: 1,
      inputsDigest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      steps: [
        { at: 1_812_758_400_000, slots: 2, reasons: [{ code: "floor", params: { slots: 2 } }] },
        {
          at: 1_812_816_000_000,
          slots: 24,
          reasons: [
            { code: "forecast_load", params: { upper: 60_000, at: 1_812_841_200_000 } },
            { code: "lead_time", params: { ms: 25_200_000 } },
          ],
        },
      ],
    },
  }),
] as const;

export type PolicyEvent = EventOf<(typeof policyEvents)[number]>;
export type CapacityEvent = EventOf<(typeof capacityEvents)[number]>;

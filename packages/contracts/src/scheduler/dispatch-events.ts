// What the dispatcher decided and under which policy; scopes that people paused.
import { z } from "zod";
import { code, externalId, instant, tier, uuid } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";

const share = z.number().min(0).max(1);
const scope = z
  .string()
  .max(300)
  .describe("`platform`, `vendor:V`, `wedding:V/W`, `module:M`, `market:M` or `tier:T`.");

export const dispatchPolicy = z
  .strictObject({
    version: z.int().min(1).describe("Version of the policy; decisions name it."),
    tiers: z
      .strictObject({
        highDaysBefore: z.int().min(0).max(365).describe("Whole days before the first day from which work is high."),
        criticalDaysBefore: z
          .int()
          .min(0)
          .max(365)
          .describe("Whole days before the first day from which work is critical."),
        criticalUntilHour: z
          .int()
          .min(0)
          .max(23)
          .describe("Local hour of the day after the last day until which work stays critical."),
      })
      .describe("How a wedding's nearness raises its work."),
    lowGuarantee: share.describe("Share of the credits that low work gets whenever it has a backlog."),
    criticalReserve: share.describe("Share of the credits that only critical work may use."),
    vendorWeights: z
      .record(z.string(), z.number().positive())
      .describe("Weights of vendors in the fair order; 1 when absent."),
  })
  .meta({ title: "DispatchPolicy", description: "Everything that decides the order of work." });
export type DispatchPolicy = z.infer<typeof dispatchPolicy>;

export const dispatchEvents = [
  defineEvent({
    type: "DispatchPolicyActivated",
    version: 1,
    summary: "The complete policy that decides order from here on.",
    schema: z.strictObject({ policy: dispatchPolicy.describe("The policy in force from here on.") }),
    example: {
      policy: {
        version: 1,
        tiers: { highDaysBefore: 7, criticalDaysBefore: 1, criticalUntilHour: 6 },
        lowGuarantee: 0.05,
        criticalReserve: 0.2,
        vendorWeights: {},
      },
    },
  }),
  defineEvent({
    type: "DispatchDecided",
    version: 1,
    summary: "What one tick of the dispatcher chose and why, in the same commit group as the claims.",
    schema: z.strictObject({
      now: instant.describe("The database's time of the tick."),
      asOf: z.string().regex(/^\d+$/).describe("Position of the log that the dispatcher had seen, decimal."),
      credits: z.int().min(0).describe("How many starts the workers had room for."),
      policyVersion: z.int().min(1).describe("Version of the policy in force."),
      due: z.partialRecord(tier, z.int().min(0)).describe("Candidates that were due, by tier."),
      chosen: z
        .array(
          z.strictObject({
            execution: uuid.describe("Stream of the execution."),
            attempt: z.int().min(1).describe("The attempt that starts."),
            handover: uuid.describe("The hand-over that the claim answers."),
            tier: tier.describe("Tier at the tick."),
            worker: uuid.describe("Incarnation of the worker that runs it."),
            reason: code.describe("Which rule chose it."),
          }),
        )
        .describe("The claims of the tick, in the order they were chosen."),
    }),
    example: {
      now: 1_780_000_000_000,
      asOf: "1041",
      credits: 32,
      policyVersion: 1,
      due: { critical: 1, normal: 12 },
      chosen: [
        {
          execution: "5f0c7a52-6c7e-5b0a-8a1e-1c2d3e4f5a6b",
          attempt: 1,
          handover: "0198f3a0-0000-7000-8000-000000000001",
          tier: "critical",
          worker: "0198f3a0-0000-7000-8000-000000000002",
          reason: "critical_first",
        },
      ],
    },
  }),
  defineEvent({
    type: "ScopePaused",
    version: 1,
    summary: "Nothing inside the scope starts until it is released.",
    schema: z.strictObject({
      scope,
      cause: code.describe("Why."),
    }),
    example: { scope: "vendor:lens-and-light", cause: "requested" },
  }),
  defineEvent({
    type: "ScopeResumed",
    version: 1,
    summary: "The scope runs again; work that became late meanwhile follows its onLate rule.",
    schema: z.strictObject({ scope }),
    example: { scope: "vendor:lens-and-light" },
  }),
  defineEvent({
    type: "ClockJumped",
    version: 1,
    summary:
      "The database's clock and the monotonic clock disagreed by more than two seconds; expiry pauses for a term.",
    schema: z.strictObject({
      observedMs: z.number().describe("What the database's clock said, epoch milliseconds."),
      expectedMs: z.number().describe("What the monotonic clock led one to expect, epoch milliseconds."),
      role: externalId.describe("The role that noticed."),
    }),
    example: { observedMs: 1_780_000_600_000, expectedMs: 1_780_000_000_000, role: "dispatcher" },
  }),
] as const;

export type DispatchEvent = EventOf<(typeof dispatchEvents)[number]>;

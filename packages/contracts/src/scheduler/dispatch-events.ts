// What the dispatcher decided and under which policy; scopes that people paused.
import { z } from "zod";
import { code, externalId, instant, tier, uuid } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";

export const position = z
  .string()
  .regex(/^\d+$/)
  .meta({ title: "Position", description: "Position in the log, decimal." });
const givenBack = z.array(uuid).max(1_000);
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
      series: z
        .int()
        .min(1)
        .describe("Ticks of one series build on each other; a leader begins a new one when an append was unanswered."),
      tick: z.int().min(1).describe("Number of the tick in its series, from 1; ticks that chose nothing have none."),
      now: instant.describe("The database's time of the tick."),
      asOf: position.describe("Position of the log that the dispatcher had seen."),
      credits: z.int().min(0).describe("Free slots that any work could take."),
      criticalCredits: z.int().min(0).describe("Further free slots that only critical work could take."),
      policyVersion: z.int().min(1).describe("Version of the policy in force."),
      load: z
        .strictObject({
          head: position.describe("Position of the log that the snapshot stood at."),
          now: instant.describe("Instant that the tiers were computed for."),
          dueBefore: instant.describe("Work that is due later was left in the table."),
          perTier: z.int().min(1).describe("At most this many items of each tier, earliest deadline first."),
          givenBack: givenBack.describe("Choices given back before the snapshot was taken over."),
        })
        .describe("How the dispatcher last filled its memory from the index, when it did since the tick before.")
        .exactOptional(),
      givenBack: givenBack.describe(
        "Earlier choices that came to nothing since the tick before, and could be chosen again.",
      ),
      due: z.partialRecord(tier, z.int().min(0)).describe("Work that was due, by tier, held scopes included."),
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
      series: 1,
      tick: 1,
      now: 1_780_000_000_000,
      asOf: "1041",
      credits: 26,
      criticalCredits: 6,
      policyVersion: 1,
      load: {
        head: "1038",
        now: 1_779_999_990_000,
        dueBefore: 1_780_000_590_000,
        perTier: 50_000,
        givenBack: [],
      },
      givenBack: [],
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
  defineEvent({
    type: "IndexRowRestored",
    version: 1,
    summary: "A row beside the log was not what the log says of it; this event makes it so.",
    schema: z.strictObject({
      table: z.enum(["pending", "open_attempt", "attention", "guard"]).describe("The table of the row."),
      key: z.string().min(1).max(300).describe("The row's key: an execution, or what a guard is about."),
      drift: z.enum(["missing", "extra", "changed"]).describe("How the row differed."),
      row: z
        .record(z.string().max(63), z.union([z.string().max(300), z.number(), z.boolean(), z.null()]))
        .nullable()
        .describe("The row as its stream's events give it; null when there is none."),
    }),
    example: {
      table: "guard",
      key: "wedding:0198f3a0-0000-7000-8000-000000000001",
      drift: "changed",
      row: { key: "wedding:0198f3a0-0000-7000-8000-000000000001", value: "2" },
    },
  }),
] as const;

export type DispatchEvent = EventOf<(typeof dispatchEvents)[number]>;

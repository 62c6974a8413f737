// What the dispatcher decided and under which policy; scopes that people paused.
import { z } from "zod";
import { code, externalId, instant, tier, uuid } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";

const share = z.number().min(0).max(1);

export const dispatchPolicy = z.strictObject({
  version: z.int().min(1),
  tiers: z.strictObject({
    /** Whole days before the first day from which work is high, and from which it is critical. */
    highDaysBefore: z.int().min(0).max(365),
    criticalDaysBefore: z.int().min(0).max(365),
    /** Local hour of the day after the last day until which work stays critical. */
    criticalUntilHour: z.int().min(0).max(23),
  }),
  /** Share of the credits that low work gets whenever it has a backlog. */
  lowGuarantee: share,
  /** Share of the credits that only critical work may use. */
  criticalReserve: share,
  /** Weights of vendors in the fair order; 1 when absent. */
  vendorWeights: z.record(z.string(), z.number().positive()),
});
export type DispatchPolicy = z.infer<typeof dispatchPolicy>;

export const dispatchEvents = [
  defineEvent({
    type: "DispatchPolicyActivated",
    version: 1,
    summary: "The complete policy that decides order from here on.",
    schema: z.strictObject({ policy: dispatchPolicy }),
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
      now: instant,
      /** Position of the log the dispatcher had seen. */
      asOf: z.string().regex(/^\d+$/),
      credits: z.int().min(0),
      policyVersion: z.int().min(1),
      /** Candidates that were due, by tier. */
      due: z.partialRecord(tier, z.int().min(0)),
      chosen: z.array(
        z.strictObject({ execution: uuid, attempt: z.int().min(1), handover: uuid, tier, worker: uuid, reason: code }),
      ),
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
    schema: z.strictObject({ scope: z.string().max(300), cause: code }),
    example: { scope: "vendor:lens-and-light", cause: "requested" },
  }),
  defineEvent({
    type: "ScopeResumed",
    version: 1,
    summary: "The scope runs again; work that became late meanwhile follows its onLate rule.",
    schema: z.strictObject({ scope: z.string().max(300) }),
    example: { scope: "vendor:lens-and-light" },
  }),
  defineEvent({
    type: "ClockJumped",
    version: 1,
    summary:
      "The database's clock and the monotonic clock disagreed by more than two seconds; expiry pauses for a term.",
    schema: z.strictObject({ observedMs: z.number(), expectedMs: z.number(), role: externalId }),
    example: { observedMs: 1_780_000_600_000, expectedMs: 1_780_000_000_000, role: "dispatcher" },
  }),
] as const;

export type DispatchEvent = EventOf<(typeof dispatchEvents)[number]>;

// The life of one execution, from its request to its one final state.
import { z } from "zod";
import { code, externalId, instant, reason, sealed, tier, uuid } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";
import { exampleSealed, exampleWork } from "./examples.js";
import { tierWindow, when, work } from "./work.js";

const timeZoneData = z.string().max(32).describe("Release of the time zone data that the instants were computed with.");
const attempt = z.int().min(1).describe("Number of the attempt, from 1.");
const provider = z.string().min(1).max(64).describe("Name of the provider that was asked.");
const worker = uuid.describe("Incarnation of the worker; its heartbeat is the lease.");
const handover = uuid.describe("The hand-over that the claim answers.");
const cause = code.describe("What led to it.");
const workNow = work.describe("The work as it stands after this event.");

export const executionEvents = [
  defineEvent({
    type: "ExecutionRequested",
    version: 1,
    summary: "An execution was accepted; from here on it ends in exactly one final state.",
    schema: z.strictObject({
      work,
      when,
      bodyDigest: z.string().max(64).describe("HMAC of the request body: the same key with another body is refused."),
      timeZoneData,
      journey: z
        .strictObject({
          journeyId: externalId.describe("The journey."),
          step: externalId.describe("Key of the step."),
          version: z.int().min(1).describe("Version of the journey."),
        })
        .describe("The step that asked for it, when one did.")
        .exactOptional(),
      sealed: sealed.describe("Config and payload."),
    }),
    example: {
      work: exampleWork,
      when: { kind: "day", day: -30, time: "09:00" },
      bodyDigest: "d1f0",
      timeZoneData: "2026c",
      sealed: exampleSealed,
    },
  }),
  defineEvent({
    type: "ExecutionRescheduled",
    version: 1,
    summary: "Not-started work followed its wedding to a new date.",
    schema: z.strictObject({ work: workNow, cause }),
    example: { work: exampleWork, cause: "wedding_moved" },
  }),
  defineEvent({
    type: "ExecutionHeld",
    version: 1,
    summary: "The execution waits for a person: it came too late, or its handler is gone.",
    schema: z.strictObject({ work: workNow, reason }),
    example: { work: exampleWork, reason: { code: "late", params: { deadline: 1_780_000_000_000 } } },
  }),
  defineEvent({
    type: "ExecutionReleased",
    version: 1,
    summary: "A person let held work run.",
    schema: z.strictObject({ work: workNow }),
    example: { work: exampleWork },
  }),
  defineEvent({
    type: "ExecutionSkipped",
    version: 1,
    summary: "The execution will not run: its time had passed.",
    schema: z.strictObject({ reason, at: instant.describe("When it was decided.") }),
    example: { reason: { code: "due_before_acceptance" }, at: 1_780_000_000_000 },
  }),
  defineEvent({
    type: "ExecutionStarted",
    version: 1,
    summary: "A worker claimed the attempt: a start is a claim on the log.",
    schema: z.strictObject({
      attempt,
      handover,
      worker,
      now: instant.describe("The database's time when the dispatcher chose."),
      tier: tier.describe("Tier at that time."),
      reasons: z.array(reason).max(8).describe("Why this tier, and why now."),
      window: tierWindow,
      scheduleVersion: z.int().min(1).describe("Version of the wedding's schedule that it was planned with."),
      policyVersion: z.int().min(1).describe("Version of the policy in force."),
      timeZoneData,
    }),
    example: {
      attempt: 1,
      handover: "0198f3a0-0000-7000-8000-000000000001",
      worker: "0198f3a0-0000-7000-8000-000000000002",
      now: 1_780_000_000_000,
      tier: "high",
      reasons: [{ code: "wedding_within_days", params: { days: 7 } }],
      window: exampleWork.window,
      scheduleVersion: 1,
      policyVersion: 1,
      timeZoneData: "2026c",
    },
  }),
  defineEvent({
    type: "ExecutionEffectBegun",
    version: 1,
    summary: "The call to an at-most-once provider is about to be made; a loss after this point is a doubt.",
    schema: z.strictObject({ attempt, provider, worker, handover }),
    example: {
      attempt: 1,
      provider: "smtp",
      worker: "0198f3a0-0000-7000-8000-000000000002",
      handover: "0198f3a0-0000-7000-8000-000000000001",
    },
  }),
  defineEvent({
    type: "ExecutionSucceeded",
    version: 1,
    summary: "The provider accepted the effect.",
    schema: z.strictObject({
      attempt,
      provider,
      receipt: z.string().max(256).describe("What the provider answered, without personal data.").exactOptional(),
    }),
    example: { attempt: 1, provider: "smtp", receipt: "250" },
  }),
  defineEvent({
    type: "ExecutionFailed",
    version: 1,
    summary: "The attempt failed for certain: nothing was sent.",
    schema: z.strictObject({
      attempt,
      provider,
      code: code.describe("What failed."),
      retryable: z.boolean().describe("Whether another attempt may succeed."),
    }),
    example: { attempt: 1, provider: "smtp", code: "mailbox_busy", retryable: true },
  }),
  defineEvent({
    type: "ExecutionRetryScheduled",
    version: 1,
    summary: "Another attempt will be made, at the instant in `work.dueAt`.",
    schema: z.strictObject({
      work: workNow,
      delayMs: z.int().min(0).describe("Delay that was drawn, milliseconds."),
      reason,
    }),
    example: { work: exampleWork, delayMs: 4_200, reason: { code: "backoff", params: { attempt: 1 } } },
  }),
  defineEvent({
    type: "ExecutionAttemptLost",
    version: 1,
    summary: "The worker fell silent; only the sweeper says so.",
    schema: z.strictObject({
      attempt,
      worker,
      effectBegun: z.boolean().describe("Whether the provider may have been asked already."),
    }),
    example: { attempt: 1, worker: "0198f3a0-0000-7000-8000-000000000002", effectBegun: false },
  }),
  defineEvent({
    type: "ExecutionUncertain",
    version: 1,
    summary: "The effect may or may not have happened; a person or a status query settles it. Never re-sent blindly.",
    schema: z.strictObject({ attempt, provider: provider.exactOptional(), reason }),
    example: { attempt: 1, provider: "smtp", reason: { code: "worker_lost_mid_effect" } },
  }),
  defineEvent({
    type: "ExecutionUncertaintySettled",
    version: 1,
    summary: "A doubt was settled with evidence; `retry` puts the work back.",
    schema: z.strictObject({
      outcome: z.enum(["delivered", "not-delivered", "retry"]).describe("What turned out."),
      evidence: sealed.describe("What the person or the provider's status query said."),
      work: workNow.exactOptional(),
    }),
    example: { outcome: "delivered", evidence: exampleSealed },
  }),
  defineEvent({
    type: "ExecutionDeadLettered",
    version: 1,
    summary: "No further attempt will be made; a redrive needs a decision.",
    schema: z.strictObject({ attempts: z.int().min(0).describe("Attempts started in all."), reason }),
    example: { attempts: 5, reason: { code: "retries_exhausted" } },
  }),
  defineEvent({
    type: "RedriveApproved",
    version: 1,
    summary: "A person put dead or uncertain work back.",
    schema: z.strictObject({ work: workNow }),
    example: { work: exampleWork },
  }),
  defineEvent({
    type: "CancelRequested",
    version: 1,
    summary: "A cancel arrived while an attempt was open; its outcome decides.",
    schema: z.strictObject({ cause }),
    example: { cause: "requested" },
  }),
  defineEvent({
    type: "ExecutionCancelled",
    version: 1,
    summary: "The execution will not run: it, its wedding or its data was cancelled.",
    schema: z.strictObject({ cause }),
    example: { cause: "wedding_cancelled" },
  }),
  defineEvent({
    type: "LateOutcomeReported",
    version: 1,
    summary: "An outcome arrived for an attempt that was already closed; it is kept and may settle a doubt.",
    schema: z.strictObject({
      attempt,
      provider,
      outcome: z.enum(["accepted", "rejected", "unknown"]).describe("What the provider answered."),
    }),
    example: { attempt: 1, provider: "smtp", outcome: "accepted" },
  }),
] as const;

export type ExecutionEvent = EventOf<(typeof executionEvents)[number]>;

// What must be known to dispatch an execution without reading its stream. Events that put work back into the pending
// index carry it whole, so that the index is a plain fold of single events.
import { z } from "zod";
import { externalId, instant, tier, uuid, wallTime, zoneId } from "../common.js";

export const tierWindow = z
  .strictObject({
    highFrom: instant.describe("From here work is high: a local midnight, by default seven days before the first day."),
    criticalFrom: instant.describe(
      "From here work is critical: a local midnight, by default of the day before the first day.",
    ),
    criticalUntil: instant.describe(
      "From here the module's own tier applies again: by default 06:00 local after the last day.",
    ),
  })
  .meta({
    title: "TierWindow",
    description: "The instants between which a wedding's work rises: resolved once, recorded, recomputed by replay.",
  });
export type TierWindow = z.infer<typeof tierWindow>;

export const onLate = z.enum(["run", "skip", "hold"]).describe("What happens to work that starts after its deadline.");
export type OnLate = z.infer<typeof onLate>;

export const effectClass = z
  .enum(["keyed", "plain", "at-most-once"])
  .describe("What a provider promises: de-duplicates by key, does not, or must never be asked twice.");
export type EffectClass = z.infer<typeof effectClass>;

export const work = z
  .strictObject({
    vendor: externalId.describe("The tenant."),
    wedding: externalId.describe("The wedding that the work belongs to."),
    weddingStream: uuid.describe("Stream of the wedding; guards are named after it."),
    moduleType: externalId.describe("What runs."),
    definitionVersion: z.int().min(1).describe("Version of the module definition it was accepted with."),
    market: externalId.describe("Area with its own season calendar."),
    zone: zoneId.describe("Zone of the wedding's place."),
    scheduleVersion: z.int().min(1).describe("Version of the wedding's schedule that the instants were computed from."),
    window: tierWindow,
    defaultTier: tier.describe("The module's own tier, outside the window."),
    dueAt: instant.describe("Not started before this."),
    deadline: instant.describe("Started later than this is late."),
    expiresAt: instant.describe("Never started later than this."),
    onLate,
    effect: effectClass,
    attempts: z.int().min(0).describe("Attempts started so far."),
    lost: z
      .int()
      .min(0)
      .describe(
        "How many of them ended with a lost worker; counted apart, so that a payload that kills workers stops soon.",
      ),
  })
  .meta({
    title: "Work",
    description: "All that must be known to dispatch an execution without reading its stream.",
  });
export type Work = z.infer<typeof work>;

export const when = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("now").describe("At once.") }),
    z.strictObject({ kind: z.literal("at").describe("At an instant."), at: instant.describe("The instant.") }),
    z.strictObject({
      kind: z.literal("day").describe("Relative to the wedding."),
      day: z.int().min(-3650).max(3650).describe("Days from the wedding's first day; negative is before it."),
      time: wallTime.describe("Local time on that day."),
    }),
  ])
  .meta({
    title: "When",
    description:
      "When an execution is to run, as asked: the local rule stays beside the instant, so that a move or new zone data can recompute it.",
  });
export type When = z.infer<typeof when>;

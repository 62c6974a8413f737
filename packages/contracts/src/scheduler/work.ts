// What must be known to dispatch an execution without reading its stream. Events that put work back into the pending
// index carry it whole, so that the index is a plain fold of single events.
import { z } from "zod";
import { externalId, instant, tier, uuid, zoneId } from "../common.js";

/** The UTC instants between which a wedding's work rises (resolved once, recorded, recomputed by replay). */
export const tierWindow = z.strictObject({
  /** Local midnight seven days before the first day: from here work is high. */
  highFrom: instant,
  /** Local midnight of the day before the first day: from here work is critical. */
  criticalFrom: instant,
  /** 06:00 local after the last day: from here the module's own tier applies again. */
  criticalUntil: instant,
});
export type TierWindow = z.infer<typeof tierWindow>;

export const onLate = z.enum(["run", "skip", "hold"]);
export type OnLate = z.infer<typeof onLate>;

/** What a provider promises: de-duplicates by key, does not, or must never be asked twice. */
export const effectClass = z.enum(["keyed", "plain", "at-most-once"]);
export type EffectClass = z.infer<typeof effectClass>;

export const work = z.strictObject({
  vendor: externalId,
  wedding: externalId,
  /** Stream of the wedding; guards are named after it. */
  weddingStream: uuid,
  moduleType: externalId,
  definitionVersion: z.int().min(1),
  market: externalId,
  zone: zoneId,
  /** Version of the wedding's schedule that the instants below were computed from. */
  scheduleVersion: z.int().min(1),
  window: tierWindow,
  defaultTier: tier,
  dueAt: instant,
  /** Started later than this is late. */
  deadline: instant,
  /** Never started later than this. */
  expiresAt: instant,
  onLate,
  effect: effectClass,
  /** Attempts started so far. */
  attempts: z.int().min(0),
  /** How many of them ended with a lost worker; counted apart, so that a payload that kills workers stops soon. */
  lost: z.int().min(0),
});
export type Work = z.infer<typeof work>;

/** When an execution is to run, as asked: the local rule stays beside the instant, so that a move or new zone data can recompute it. */
export const when = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("now") }),
  z.strictObject({ kind: z.literal("at"), at: instant }),
  z.strictObject({ kind: z.literal("day"), day: z.int().min(-3650).max(3650), time: z.string() }),
]);
export type When = z.infer<typeof when>;

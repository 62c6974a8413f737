// Shapes of the HTTP API: requests as they come in, answers as they go out. Instants are ISO 8601 with a zone on the wire.
import { bulkItem, executionId, id, isoDate, wholeNumber } from "@wedsync/adapter-http";
import { isHeaderText } from "@wedsync/journey-modules";
import { z } from "zod";

export { executionId, id, pageOf } from "@wedsync/adapter-http";
export const timeZone = z.string().min(1).max(64);
const text = (max: number) => z.string().min(1).max(max);

/** What stands in a mail's header: each mail with anything else would be refused when it is due. */
const line = (max: number) =>
  text(max).refine(isHeaderText, "one line of text without control characters").regex(/\S/u, "more than blanks");

export const vendorBody = z.strictObject({
  name: line(200),
  replyTo: z.email().max(254).exactOptional(),
  type: z.enum(["photographer", "venue", "florist", "caterer", "other"]),
  market: id,
  timeZone,
});

export const coupleBody = z.strictObject({
  names: line(200),
  email: z.email().max(254),
  phone: line(32).exactOptional(),
});

/** What is due ten years later, and its deadline after that, still has a year of four digits: no other is an answer of this API. */
const lastYear = 9899;
const near = `The year ${lastYear} is the last.`;
const weddingDay = isoDate.refine((date) => Number(date.slice(0, 4)) <= lastYear, near);
const dueInstant = z.iso
  .datetime({ offset: true })
  .refine((instant) => new Date(instant).getUTCFullYear() <= lastYear, near);

const weddingFields = {
  date: weddingDay,
  endDate: weddingDay.exactOptional(),
  timeZone: timeZone.exactOptional(),
  market: id.exactOptional(),
  bookedOn: isoDate.exactOptional(),
  couple: coupleBody,
};
export const weddingBody = z.strictObject(weddingFields);

export const bulkWeddingItem = z.strictObject({
  weddingId: id,
  ...weddingFields,
  journeyId: id.exactOptional(),
  cancelled: z.boolean().exactOptional(),
  /** Day of the cancellation; today when absent. Only of one that is cancelled. */
  cancelledOn: isoDate.exactOptional(),
});

/** Items are checked one by one, so that one bad item does not refuse its neighbours. */
export const bulkBody = (max: number) => z.strictObject({ items: z.array(z.unknown()).min(1).max(max) });

const config = z.record(z.string(), z.json());
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");
const day = wholeNumber(-3650, 3650);

export const whenBody = z.union([
  z.literal("now"),
  z.strictObject({ at: dueInstant }),
  z.strictObject({ day, time: wallTime }),
]);

export const executionBody = z.strictObject({
  weddingId: id,
  moduleType: id,
  config: config.exactOptional(),
  payload: config.exactOptional(),
  when: whenBody.exactOptional(),
});
export const bulkExecutionShape = executionBody.extend({ idempotencyKey: text(255) });
export const bulkExecutionItem = bulkItem(bulkExecutionShape);

export const journeyBody = z.strictObject({
  steps: z
    .array(z.strictObject({ key: id, moduleType: id, at: z.strictObject({ day, time: wallTime }), config }))
    .min(1)
    .max(100),
});

export const settleBody = z.strictObject({
  outcome: z.enum(["delivered", "not-delivered", "retry"]),
  evidence: text(2_000),
});
export const scopeBody = z.strictObject({ scope: text(300) });
export const keyBody = z
  .strictObject({ role: z.enum(["vendor", "ops", "service", "read-only"]), vendorId: id.exactOptional() })
  .refine(
    (key) => (key.role === "vendor") === (key.vendorId !== undefined),
    "vendorId belongs to the role vendor, and only to it",
  );

export const statuses = [
  "scheduled",
  "waiting",
  "running",
  "succeeded",
  "dead",
  "uncertain",
  "held",
  "skipped",
  "cancelled",
] as const;
export const status = z.enum(statuses);
export const tier = z.enum(["critical", "high", "normal", "low"]);
const at = z.iso.datetime();

export const executionAnswer = z.object({
  executionId,
  status,
  tier,
  dueAt: at,
});
export const executionView = executionAnswer.extend({
  vendorId: id,
  weddingId: id,
  moduleType: id,
  definitionVersion: z.int(),
  attempts: z.int(),
  deadline: at,
  expiresAt: at,
  reason: z.string().optional(),
});
export const vendorView = z.object({
  vendorId: id,
  type: z.string(),
  market: id,
  timeZone,
  name: z.string(),
  replyTo: z.string().optional(),
});
export const weddingView = z.object({
  weddingId: id,
  vendorId: id,
  date: isoDate,
  endDate: isoDate,
  timeZone,
  market: id,
  bookedOn: isoDate.optional(),
  status: z.enum(["booked", "cancelled"]),
  scheduleVersion: z.int(),
  journeys: z.array(id),
  couple: z.object({ names: z.string(), email: z.string(), phone: z.string().optional() }).optional(),
});
export const journeyView = z.object({
  journeyId: id,
  version: z.int(),
  steps: z.array(z.object({ key: id, moduleType: id, at: z.object({ day: z.int(), time: z.string() }), config })),
});

const itemProblem = z.object({ code: z.string(), detail: z.string(), path: z.string().optional() });
export const stepCounts = z.object({ accepted: z.int(), skipped: z.int(), unchanged: z.int() });
export const bulkWeddingAnswer = z.object({
  results: z.array(
    z.object({
      weddingId: z.string(),
      status: z.enum(["created", "changed", "unchanged", "cancelled", "refused"]),
      executions: stepCounts.optional(),
      problem: itemProblem.optional(),
    }),
  ),
});
export const bulkExecutionAnswer = z.object({
  results: z.array(
    z.object({
      index: z.int(),
      repeated: z.boolean().optional(),
      execution: executionAnswer.optional(),
      problem: itemProblem.optional(),
    }),
  ),
});

export type JourneyBody = z.output<typeof journeyBody>;

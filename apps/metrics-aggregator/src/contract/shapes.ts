// Shapes of the query API. Instants are ISO 8601 with a zone on the wire, days are UTC.
import { digits, executionId, id, isoDate } from "@wedsync/adapter-http";
import { z } from "zod";
import { isCalendarDay } from "../read-models/utc-day.js";

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
const count = z.int().min(0);
const at = z.iso.datetime();
/** Executions by status; a status without any is absent. */
const counts = z.partialRecord(z.enum(statuses), count);

const limit = digits(1, 500).default(100);
const cursor = z.string().min(1).max(600).exactOptional();
export const calendarDate = isoDate.refine(isCalendarDay, "a day of the calendar");
const day = calendarDate.exactOptional();

export const countsQuery = z.strictObject({
  vendor: id.exactOptional(),
  moduleType: id.exactOptional(),
  from: day,
  to: day,
  limit,
  cursor,
});
export const weddingsQuery = z.strictObject({ vendor: id.exactOptional(), from: day, to: day, limit, cursor });

export const executionView = z.object({
  executionId,
  vendorId: id,
  weddingId: id,
  moduleType: id,
  day: isoDate,
  status: z.enum(statuses),
  dueAt: at,
  version: z.int().describe("Events of the execution that this state holds."),
});
export const countsView = z.object({ vendorId: id, moduleType: id, day: isoDate, counts });
export const weddingView = z.object({
  weddingId: id,
  vendorId: id,
  date: isoDate,
  endDate: isoDate,
  timeZone: z.string(),
  market: id,
  status: z.enum(["booked", "cancelled"]),
  counts,
  nextDueAt: at.optional(),
});

const position = z.string().regex(/^\d+$/);
export const generationView = z.object({
  generation: z.int(),
  modelVersion: z.int(),
  status: z.enum(["building", "active", "retired"]),
  state: z.string().describe("What this process does with it; `other_build` when it is not this build's."),
  epoch: z.int(),
  position,
  head: position,
  eventsBehind: count,
  millisecondsBehind: count.describe("Age of the oldest event it has not applied, by the database's clock."),
  lastRecordedAt: at.optional(),
  aheadOfLog: z.boolean(),
  parkedStreams: count,
  parked: z.array(z.object({ stream: z.string(), position, type: z.string(), reason: z.string() })),
});
export const readModelView = z.object({ name: z.string(), generations: z.array(generationView) });
export const begunView = z.object({ name: z.string(), generation: z.int(), status: z.string() });

// A wedding as its vendor knows it, and the journeys applied to it. Couple data travels sealed.
import { z } from "zod";
import { externalId, isoDate, sealed, wallTime, zoneId } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";
import { exampleSealed } from "./examples.js";

const schedule = {
  date: isoDate,
  /** Last day; equals `date` for a one-day wedding. */
  endDate: isoDate,
  zone: zoneId,
  /** 1 at booking, raised by each move and by the cancellation. */
  scheduleVersion: z.int().min(1),
};

export const weddingEvents = [
  defineEvent({
    type: "WeddingBooked",
    version: 1,
    summary: "A vendor booked a wedding.",
    schema: z.strictObject({
      weddingId: externalId,
      ...schedule,
      market: externalId,
      bookedOn: isoDate.exactOptional(),
      /** Names, e-mail, phone of the couple. */
      sealed,
      /** HMAC of the couple's data, to tell a change from a repetition without decrypting. */
      detailsDigest: z.string().max(64),
    }),
    example: {
      weddingId: "smith-jones",
      date: "2026-06-20",
      endDate: "2026-06-20",
      zone: "Europe/London",
      scheduleVersion: 1,
      market: "united-kingdom",
      bookedOn: "2025-09-01",
      sealed: exampleSealed,
      detailsDigest: "a0b1",
    },
  }),
  defineEvent({
    type: "WeddingMoved",
    version: 1,
    summary: "The date, the last day or the time zone changed; not-started work follows.",
    schema: z.strictObject(schedule),
    example: { date: "2026-07-04", endDate: "2026-07-04", zone: "Europe/London", scheduleVersion: 2 },
  }),
  defineEvent({
    type: "WeddingDetailsChanged",
    version: 1,
    summary: "The couple's data or the market changed.",
    schema: z.strictObject({ market: externalId, sealed, detailsDigest: z.string().max(64) }),
    example: { market: "united-kingdom", sealed: exampleSealed, detailsDigest: "a0b2" },
  }),
  defineEvent({
    type: "WeddingCancelled",
    version: 1,
    summary: "The wedding will not take place; its pending executions are cancelled.",
    schema: z.strictObject({ scheduleVersion: z.int().min(1) }),
    example: { scheduleVersion: 2 },
  }),
  defineEvent({
    type: "JourneyApplied",
    version: 1,
    summary: "A journey's steps were accepted for the wedding.",
    schema: z.strictObject({ journeyId: externalId, version: z.int().min(1) }),
    example: { journeyId: "default", version: 1 },
  }),
] as const;

export type WeddingEvent = EventOf<(typeof weddingEvents)[number]>;

export const journeyEvents = [
  defineEvent({
    type: "JourneyDefined",
    version: 1,
    summary: "A vendor's template of steps was created or edited; accepted steps stay as they are.",
    schema: z.strictObject({
      journeyId: externalId,
      version: z.int().min(1),
      steps: z
        .array(
          z.strictObject({
            key: externalId,
            moduleType: externalId,
            at: z.strictObject({ day: z.int().min(-3650).max(3650), time: wallTime }),
          }),
        )
        .min(1)
        .max(100),
      /** The steps' configs, by step key. */
      sealed,
      digest: z.string().max(64),
    }),
    example: {
      journeyId: "default",
      version: 1,
      steps: [{ key: "month-before", moduleType: "email", at: { day: -30, time: "09:00" } }],
      sealed: exampleSealed,
      digest: "f00d",
    },
  }),
] as const;

export type JourneyEvent = EventOf<(typeof journeyEvents)[number]>;

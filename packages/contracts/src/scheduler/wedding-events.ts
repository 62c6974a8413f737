// A wedding as its vendor knows it, and the journeys applied to it. Couple data travels sealed.
import { z } from "zod";
import { externalId, isoDate, sealed, wallTime, zoneId } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";
import { exampleSealed } from "./examples.js";

const schedule = {
  date: isoDate.describe("First day, local."),
  endDate: isoDate.describe("Last day, local; equals `date` for a one-day wedding."),
  zone: zoneId.describe("Zone of the wedding's place."),
  scheduleVersion: z.int().min(1).describe("1 at booking, raised by each move and by the cancellation."),
};

const details = {
  market: externalId.describe("Area with its own season calendar."),
  sealed: sealed.describe("Names, e-mail address and phone number of the couple."),
  detailsDigest: z
    .string()
    .max(64)
    .describe("HMAC of the couple's data, to tell a change from a repetition without decrypting."),
};

export const weddingEvents = [
  defineEvent({
    type: "WeddingBooked",
    version: 1,
    summary: "A vendor booked a wedding.",
    schema: z.strictObject({
      weddingId: externalId.describe("The wedding, unique within its vendor."),
      ...schedule,
      ...details,
      bookedOn: isoDate.describe("Day of the booking, when known.").exactOptional(),
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
    schema: z.strictObject(details),
    example: { market: "united-kingdom", sealed: exampleSealed, detailsDigest: "a0b2" },
  }),
  defineEvent({
    type: "WeddingBookingDateCorrected",
    version: 1,
    summary: "The day of the booking became known, or was another than the one recorded.",
    schema: z.strictObject({ bookedOn: isoDate.describe("Day of the booking.") }),
    example: { bookedOn: "2025-08-31" },
  }),
  defineEvent({
    type: "WeddingCancelled",
    version: 2,
    summary: "The wedding will not take place; its pending executions are cancelled.",
    schema: z.strictObject({
      scheduleVersion: schedule.scheduleVersion,
      cancelledOn: isoDate
        .describe("Day of the cancellation, when it was another than the one it was recorded.")
        .exactOptional(),
    }),
    example: { scheduleVersion: 2, cancelledOn: "2026-03-14" },
    // Version 1 knew no day: it was recorded when it happened.
    upcasters: [(data) => data],
  }),
  defineEvent({
    type: "JourneyApplied",
    version: 1,
    summary: "A journey's steps were accepted for the wedding.",
    schema: z.strictObject({
      journeyId: externalId.describe("The journey."),
      version: z.int().min(1).describe("Version of the journey whose steps were accepted."),
    }),
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
      journeyId: externalId.describe("The journey, unique within its vendor."),
      version: z.int().min(1).describe("1 when created, raised by each edit."),
      steps: z
        .array(
          z.strictObject({
            key: externalId.describe("Name of the step, unique within its journey."),
            moduleType: externalId.describe("What the step runs."),
            at: z
              .strictObject({
                day: z.int().min(-3650).max(3650).describe("Days from the wedding's first day; negative is before it."),
                time: wallTime.describe("Local time on that day."),
              })
              .describe("When the step is due."),
          }),
        )
        .min(1)
        .max(100)
        .describe("The steps, in the order they were given."),
      sealed: sealed.describe("The steps' configs, by step key."),
      digest: z.string().max(64).describe("HMAC of the steps and their configs, to tell an edit from a repetition."),
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

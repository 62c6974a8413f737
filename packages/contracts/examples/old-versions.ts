// An event of your own that has a past, and one of the platform's, read from stored JSON: no event log, no server.
import { createCodec, defineEvent, type EventOf } from "@wedsync/contracts";
import { weddingEvents } from "@wedsync/contracts/scheduler";
import { z } from "zod";

const giftListOpened = defineEvent({
  type: "GiftListOpened",
  version: 2,
  summary: "Guests can choose gifts from here on.",
  schema: z.strictObject({
    listId: z.string().max(64).describe("The list."),
    currency: z.string().length(3).describe("ISO 4217 code of the prices."),
  }),
  example: { listId: "smith-jones", currency: "GBP" },
  // Version 1 had no currency: all prices were in pounds.
  upcasters: [(data) => ({ ...data, currency: "GBP" })],
});
type GiftListEvent = EventOf<typeof giftListOpened>;

const codec = createCodec([giftListOpened]);
const stored = { type: "GiftListOpened", schemaVersion: 1, data: { listId: "smith-jones" } };
const opened: GiftListEvent = { type: "GiftListOpened", data: { listId: "lee-novak", currency: "EUR" } };

const read = codec.decode(stored);
const newer = codec.decode({ ...stored, schemaVersion: 3 });
const moved = createCodec(weddingEvents).decode({
  type: "WeddingMoved",
  schemaVersion: 1,
  data: { date: "next June", endDate: "2026-06-20", zone: "Europe/London", scheduleVersion: 2 },
});

export const lines = [
  `an old one: ${JSON.stringify(read.ok ? read.event.data : read)}`,
  `written now: ${JSON.stringify(codec.encode(opened))}`,
  `a newer one: ${newer.ok ? "read" : newer.code}`,
  `a bad one: ${moved.ok ? "read" : moved.message}`,
];

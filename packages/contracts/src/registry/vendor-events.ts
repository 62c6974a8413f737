// Vendors: the tenants of the platform.
import { z } from "zod";
import { externalId, sealed, zoneId } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";

const vendor = z.strictObject({
  vendorId: externalId.describe("The vendor."),
  type: z.enum(["photographer", "venue", "florist", "caterer", "other"]).describe("Trade of the vendor."),
  market: externalId.describe("Area with its own season calendar."),
  timeZone: zoneId.describe("Zone of the vendor's local times."),
  sealed: sealed.describe("Name and reply address: a vendor is often one person."),
  digest: z.string().max(64).describe("HMAC of the sealed values, to tell a change from a repetition."),
});

const example = {
  vendorId: "lens-and-light",
  type: "photographer",
  market: "united-kingdom",
  timeZone: "Europe/London",
  sealed: {
    key: "0198f3a0-0000-7000-8000-00000000000b",
    iv: "AAAAAAAAAAAAAAAA",
    tag: "AAAAAAAAAAAAAAAAAAAAAA==",
    body: "c2VhbGVk",
  },
  digest: "beef",
} as const;

export const vendorEvents = [
  defineEvent({ type: "VendorRegistered", version: 1, summary: "A vendor joined.", schema: vendor, example }),
  defineEvent({ type: "VendorChanged", version: 1, summary: "A vendor's data changed.", schema: vendor, example }),
] as const;

export type VendorEvent = EventOf<(typeof vendorEvents)[number]>;

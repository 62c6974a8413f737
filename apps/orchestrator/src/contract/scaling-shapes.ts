// Shapes of the scaling routes. Instants are ISO 8601.
import { digits, isoDate } from "@wedsync/adapter-http";
import { z } from "zod";

const at = z.iso.datetime();
const slots = z.number();
const reason = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()).optional() });
const mode = z.enum(["shadow", "active"]);

export const scalingView = z.object({
  now: at,
  mode,
  floor: slots,
  cap: slots,
  policyVersion: z.int().optional(),
  wantedSlots: slots,
  plannedSlots: slots,
  /** Slots that workers have now, all processes together. */
  presentSlots: slots,
  reasons: z.array(reason),
  backlog: z.object({
    count: z.int(),
    oldestAgeMs: z.number(),
    tiers: z.array(z.object({ market: z.string(), tier: z.string(), count: z.int(), oldestAgeMs: z.number() })),
  }),
  arrivalsPerSecond: z.number(),
  executionsPerSlotAndSecond: z.number(),
  markets: z.array(
    z.object({
      market: z.string(),
      plannedSlots: slots,
      wantedSlots: slots,
      reasons: z.array(reason),
      plan: z.object({
        mode,
        from: at,
        until: at,
        zone: z.string(),
        policyVersion: z.int(),
        steps: z.array(z.object({ at, slots, reasons: z.array(reason) })),
      }),
      forecast: z
        .object({
          origin: isoDate,
          model: z.string(),
          modelVersion: z.string(),
          /** What it rests on; anything but `history` deserves less trust. */
          basis: z.enum(["history", "short-history", "profile", "nothing"]).optional(),
          historyDays: z.int().optional(),
          /** A day is busy from so many weddings on. */
          busyThreshold: z.number().optional(),
          days: z.array(
            z.object({
              date: isoDate,
              expected: z.number(),
              lower: z.number(),
              upper: z.number(),
              busyProbability: z.number(),
            }),
          ),
        })
        .optional(),
    }),
  ),
});

/** What a KEDA metrics-api trigger reads; its `valueLocation` is one of the names. */
export const kedaView = z.object({
  wantedSlots: slots,
  plannedSlots: slots,
  backlog: z.int(),
  backlogAgeSeconds: z.number(),
});

export const windowsQuery = z.strictObject({ hours: digits(1, 24).exactOptional() });
export const windowsView = z.object({
  markets: z.array(
    z.object({
      market: z.string(),
      zone: z.string(),
      maintenance: z.array(
        z.object({ from: at, to: at, expected: z.number(), busiestHour: z.number(), reasons: z.array(reason) }),
      ),
      freeze: z.array(
        z.object({
          moduleType: z.string(),
          firstDay: isoDate,
          lastDay: isoDate,
          from: at,
          to: at,
          reasons: z.array(reason),
        }),
      ),
    }),
  ),
});

/** The parts of a season profile; the season policy itself checks what is in them, and names the path of what is wrong. */
export const profileBody = z.looseObject({
  name: z.string(),
  version: z.int().min(1),
  zone: z.string(),
  floor: z.number(),
  cap: z.number(),
  seasons: z.array(z.unknown()),
  weekdays: z.array(z.number()),
  combination: z.string(),
  events: z.looseObject({}),
  periods: z.array(z.unknown()),
  sources: z.array(z.string()),
});

/** A policy is data of its operators: shown as it is recorded. */
export const policyView = z.object({
  name: z.string(),
  version: z.int().min(1),
  markets: z.record(z.string(), z.looseObject({ zone: z.string() })),
});

export const policyChangeView = z.object({
  /** The version in force afterwards. */
  version: z.int().min(1),
  changed: z.boolean(),
  /** Markets whose demand in the coming 30 days differs: only they are planned anew. */
  touched: z.array(z.string()),
  /** Periods that have no day in a year: a table to be continued. */
  gaps: z.array(z.object({ period: z.string(), year: z.int() })),
});

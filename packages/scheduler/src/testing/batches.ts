// Random pending work, and what a naive reader of the rules would say about it.
import { tiers, type Tier } from "@wedsync/contracts/scheduler";
import * as fc from "fast-check";
import { defaultDispatchPolicy } from "../dispatch-policy.js";
import type { BatchRequest } from "../pending-index.js";
import type { PendingItem } from "../pending-item.js";
import { tierAt } from "../tier.js";
import { anItem } from "./work.js";

export const item: fc.Arbitrary<PendingItem> = fc
  .record({
    number: fc.integer({ min: 1, max: 60 }),
    vendor: fc.constantFrom("a", "b", "c", "constructor", "__proto__"),
    moduleType: fc.constantFrom("email", "sms"),
    defaultTier: fc.constantFrom<Tier>(...tiers),
    dueAt: fc.integer({ min: 0, max: 100 }),
    more: fc.integer({ min: 0, max: 100 }),
    highFrom: fc.integer({ min: 0, max: 150 }),
    critical: fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })),
  })
  .map(({ number, vendor, moduleType, defaultTier, dueAt, more, highFrom, critical: [from, until] }) =>
    anItem(number, {
      vendor,
      moduleType,
      defaultTier,
      dueAt,
      deadline: dueAt + more,
      window: { highFrom, criticalFrom: highFrom + from, criticalUntil: highFrom + from + until },
    }),
  );

/** As a map: a later item of the same execution replaces the earlier one. */
export const byExecution = (items: readonly PendingItem[]): Map<string, PendingItem> =>
  new Map(items.map((each) => [each.execution, each]));

export const tierOfItem = ({ work }: PendingItem, now: number): Tier => tierAt(now, work.window, work.defaultTier).tier;

export const request = (more: Partial<BatchRequest> & Pick<BatchRequest, "now">): BatchRequest => ({
  credits: 0,
  policy: defaultDispatchPolicy,
  ...more,
});

// Work, weddings and policies that the specs of this package share. Instants are given as local times of a place, so that a
// reader can check them.
import type { Sealed, Work } from "@wedsync/contracts/scheduler";
import { instantOf } from "../civil-time.js";
import type { PendingItem } from "../pending-item.js";
import { planWork, type ModuleRules, type WeddingFacts } from "../plan-work.js";
import type { RetryPolicy } from "../retry.js";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const sealed: Sealed = {
  key: "0198f3a0-0000-7000-8000-00000000000a",
  iv: "AAAAAAAAAAAAAAAA",
  tag: "AAAAAAAAAAAAAAAAAAAAAA==",
  body: "c2VhbGVk",
};

/** Saturday 20 June 2026 in London. */
export const wedding: WeddingFacts = {
  vendor: "lens-and-light",
  wedding: "smith-jones",
  weddingStream: "7a1f3f0e-5a52-5d2c-9c1b-3f6f2f6f0a11",
  market: "united-kingdom",
  schedule: { date: "2026-06-20", endDate: "2026-06-20", zone: "Europe/London" },
  scheduleVersion: 1,
};

export const email: ModuleRules = {
  moduleType: "email",
  definitionVersion: 1,
  effect: "at-most-once",
  defaultTier: "normal",
  highDaysBefore: 7,
  criticalDaysBefore: 1,
  deadlineAfterMs: 4 * hour,
  expiresAfterMs: 24 * hour,
  onLate: "run",
};

export const retry: RetryPolicy = { maxAttempts: 3, baseMs: 10_000, capMs: 60_000, maxLost: 2 };

/** T-30 09:00 of the wedding above. */
export const monthBefore = { kind: "day", day: -30, time: "09:00" } as const;
export const monthBeforeAt = instantOf("2026-05-21", 0, "09:00", "Europe/London");

const planned = planWork(monthBefore, wedding, email, 6, 0);
if (!planned.ok) throw new Error(planned.message);
const base: Work = planned.work;

/** The e-mail a month before the wedding, with differences. */
export const aWork = (more: Partial<Work> = {}): Work => ({ ...base, ...more });

export const uuidOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

/** A pending item of its own execution. */
export const anItem = (number: number, more: Partial<Work> = {}): PendingItem => ({
  execution: uuidOf(number),
  version: 1,
  held: false,
  work: aWork(more),
});

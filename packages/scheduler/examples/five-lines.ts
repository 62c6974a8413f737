// Ring 1: how urgent is it, and what starts next? Plain functions: no event log, no server.
import {
  createPendingIndex,
  defaultDispatchPolicy,
  planWork,
  tierAt,
  tierWindowOf,
  type ModuleRules,
  type WeddingFacts,
} from "@wedsync/scheduler";

const saturdayMorning = 1_781_942_400_000; // 20 June 2026, 09:00 in London
const email: ModuleRules = {
  moduleType: "email",
  definitionVersion: 1,
  effect: "at-most-once",
  defaultTier: "normal",
  highDaysBefore: 7,
  criticalDaysBefore: 1,
  deadlineAfterMs: 4 * 3_600_000,
  expiresAfterMs: 24 * 3_600_000,
  onLate: "run",
};
const weddingOn = (date: string): WeddingFacts => ({
  vendor: "lens-and-light",
  wedding: `on-${date}`,
  weddingStream: "7a1f3f0e-5a52-5d2c-9c1b-3f6f2f6f0a11",
  market: "united-kingdom",
  schedule: { date, endDate: date, zone: "Europe/London" },
  scheduleVersion: 1,
});

const index = createPendingIndex();
for (const [execution, date, day] of [
  ["a month before July", "2026-07-20", -30],
  ["today", "2026-06-20", 0],
] as const) {
  const planned = planWork({ kind: "day", day, time: "09:00" }, weddingOn(date), email, 6, saturdayMorning);
  if (planned.ok) index.put({ execution, version: 1, held: false, work: planned.work });
}
const { chosen } = index.nextBatch({ now: saturdayMorning, credits: 2, policy: defaultDispatchPolicy });
const window = tierWindowOf(weddingOn("2026-06-20").schedule, defaultDispatchPolicy.tiers);

export const lines = [
  `now: ${tierAt(saturdayMorning, window, "normal").tier}`,
  `critical until: ${window.criticalUntil}`,
  ...chosen.map(({ item, tier, reason }) => `start: ${item.execution} (${tier}, ${reason.code})`),
];

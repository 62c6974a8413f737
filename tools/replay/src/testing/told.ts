// One execution's facts for specs, and their explanation as a person reads it.
import type { ExecutionEvent, Work } from "@wedsync/contracts/scheduler";
import { explain } from "../why/explain.js";
import type { Decision, Facts, StartFacts, Step } from "../why/facts.js";

export const minute = 60_000;
export const at = Date.UTC(2027, 4, 13, 8, 0, 0);
export const execution = "5f0c7a52-6c7e-5b0a-8a1e-1c2d3e4f5a6b";
export const worker = "0198f3a0-0000-7000-8000-000000000002";
export const handover = "0198f3a0-0000-7000-8000-000000000001";
export const sealed = { key: worker, iv: "", tag: "", body: "" };
export const work: Work = {
  vendor: "lens",
  wedding: "w1",
  weddingStream: worker,
  moduleType: "email",
  definitionVersion: 2,
  market: "united-kingdom",
  zone: "Europe/London",
  scheduleVersion: 1,
  window: {
    highFrom: Date.UTC(2027, 5, 4, 23),
    criticalFrom: Date.UTC(2027, 5, 10, 23),
    criticalUntil: Date.UTC(2027, 5, 13, 5),
  },
  defaultTier: "normal",
  dueAt: at,
  deadline: at + 60 * minute,
  expiresAt: at + 24 * 60 * minute,
  onLate: "run",
  effect: "at-most-once",
  attempts: 0,
  lost: 0,
};

export const steps = (...events: readonly (readonly [number, ExecutionEvent])[]): readonly Step[] =>
  events.map(([recordedAt, event], index) => ({
    position: BigInt(index + 1),
    recordedAt,
    event,
    actor: "key:0198f3a0",
  }));

export const requested = (changed: Partial<Work> = {}): ExecutionEvent => ({
  type: "ExecutionRequested",
  data: {
    work: { ...work, ...changed },
    when: { kind: "day", day: -30, time: "09:00" },
    bodyDigest: "d",
    timeZoneData: "2026c",
    journey: { journeyId: "default", step: "month-before", version: 3 },
    sealed,
  },
});
export const started = (
  attempt: number,
  more: Partial<Extract<ExecutionEvent, { type: "ExecutionStarted" }>["data"]> = {},
): ExecutionEvent => ({
  type: "ExecutionStarted",
  data: {
    attempt,
    handover,
    worker,
    now: at,
    tier: "normal",
    reasons: [{ code: "module_default" }],
    window: work.window,
    scheduleVersion: 1,
    policyVersion: 1,
    timeZoneData: "2026c",
    ...more,
  },
});
export const choice = { execution, attempt: 1, handover, tier: "normal", worker, reason: "tier_order" } as const;
export const decision: Decision = {
  series: 1,
  tick: 4,
  now: at,
  asOf: "90",
  credits: 3,
  criticalCredits: 1,
  policyVersion: 1,
  givenBack: [],
  due: { critical: 1, normal: 12 },
  chosen: [
    { ...choice, tier: "critical", reason: "critical_first" },
    { ...choice, reason: "low_guarantee", tier: "low" },
    choice,
  ],
};
export const wait: StartFacts["wait"] = { ticks: 2, others: { critical: 4, high: 1 } };
export const told = (facts: Partial<Facts>): string =>
  explain({ execution, steps: [], starts: new Map(), holds: [], policies: [], now: at + 10 * minute, ...facts })
    .map(({ topic, sentences }) => [topic, ...sentences.map((sentence) => `  ${sentence}`)].join("\n"))
    .join("\n");

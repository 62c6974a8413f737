// How long decisions take on this machine: a plan over thirty days that may change every hour, one that may change every quarter
// of an hour, and the capacity wanted now.
import {
  defaultProfile,
  planCapacity,
  resolvePolicy,
  wantedCapacity,
  type HourlyLoad,
  type PlanRequest,
} from "@wedsync/season-policy";

const hour = 3_600_000;
const from = 1_811_808_000_000; // 2027-06-01T00:00Z
const made = resolvePolicy({
  name: "default",
  version: 1,
  markets: { any: defaultProfile },
  years: { from: 2027, to: 2027 },
});
if (!made.ok) throw new Error("The default profile is valid.");
const hourlyLoad: readonly HourlyLoad[] = Array.from({ length: 744 }, (_, index) => {
  const upper = 500 + 400 * Math.sin(index / 4) + (index % 168 > 120 ? 2_000 : 0);
  return { at: from + index * hour, expected: upper * 0.8, lower: upper * 0.6, upper };
});
/** Every quarter of an hour, local time. */
const quarters: readonly string[] = Array.from({ length: 96 }, (_, quarter) =>
  [Math.floor(quarter / 4), (quarter % 4) * 15].map((part) => String(part).padStart(2, "0")).join(":"),
);
const decide = (more: Partial<PlanRequest> = {}) =>
  planCapacity({
    policy: made.policy,
    market: "any",
    zone: "Europe/London",
    from,
    to: from + 720 * hour,
    hourlyLoad,
    serviceRatePerSlot: 0.1,
    current: 2,
    floor: 2,
    cap: 60,
    ramp: { upPerStep: 10, downPerStep: 10 },
    leadTimeMs: 7 * hour,
    mode: "active",
    ...more,
  });
const decideByQuarters = () => decide({ switchTimes: quarters });

/** Milliseconds that half and that 99 of 100 decisions stay below. */
export interface DecisionTimes {
  readonly p50: number;
  readonly p99: number;
}

function timesOf(run: () => unknown, rounds: number): DecisionTimes {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * rounds) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Measures the decisions; half of the rounds before are for the just-in-time compiler. */
export function decisionTimes(rounds = 300): Readonly<Record<"plan" | "quarterly" | "wanted", DecisionTimes>> {
  const plan = decide();
  const wanted = () => wantedCapacity({ plan, now: from, backlog: { count: 1_000, oldestAgeMs: 1 }, arrivalRate: 3 });
  for (let round = 0; round < rounds / 2; round += 1) {
    decide();
    decideByQuarters();
    wanted();
  }
  return {
    plan: timesOf(decide, rounds),
    quarterly: timesOf(decideByQuarters, rounds),
    wanted: timesOf(wanted, rounds),
  };
}

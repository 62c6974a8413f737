// From a forecast of events to a capacity plan, with plain functions: no event log, no server.
import {
  defaultProfile,
  hourlyLoad,
  learnLoadShape,
  multiplierAt,
  planCapacity,
  resolvePolicy,
} from "@wedsync/season-policy";

const hour = 3_600_000;
const made = resolvePolicy({
  name: "default",
  version: 1,
  markets: { london: { ...defaultProfile, zone: "Europe/London" } },
  years: { from: 2027, to: 2027 },
});
if (!made.ok) throw new Error(made.issues.map(({ path, message }) => `${path}: ${message}`).join(" "));
const saturday = multiplierAt(made.policy, { market: "london", at: "2027-06-19" });
const shape = learnLoadShape(
  [
    { dayOffset: -1, hour: 9, executions: 4_000 },
    { dayOffset: 0, hour: 0, executions: 30_000 },
  ],
  1_000,
);
const load = hourlyLoad([{ date: "2027-06-19", expected: 100, lower: 80, upper: 120 }], shape, {
  zone: "Europe/London",
});
const plan = planCapacity({
  policy: made.policy,
  market: "london",
  zone: "Europe/London",
  from: 1_813_273_200_000, // Friday 2027-06-18, 00:00 in London
  to: 1_813_273_200_000 + 48 * hour,
  hourlyLoad: load,
  serviceRatePerSlot: 0.05,
  current: 2,
  floor: 2,
  cap: 60,
  leadTimeMs: 7 * hour,
  mode: "active",
});

const local = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
});
export const lines = [
  `Saturday: ${saturday.multiplier}x, ${saturday.reasons.map(({ code }) => code).join(" and ")}`,
  ...plan.steps.map(({ at, slots, reasons }) => `${local.format(at)}: ${slots} slots, ${reasons[0]?.code}`),
];

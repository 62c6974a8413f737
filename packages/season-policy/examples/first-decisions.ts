// The first two questions, with plain functions: how busy is a day, and how many slots does a market need.
import { defaultProfile, multiplierAt, planCapacity, resolvePolicy } from "@wedsync/season-policy";

const made = resolvePolicy({
  name: "default",
  version: 1,
  markets: { london: { ...defaultProfile, zone: "Europe/London" } },
  years: { from: 2027, to: 2027 },
});
if (!made.ok) throw new Error(made.issues.map(({ path, message }) => `${path}: ${message}`).join(" "));

const day = multiplierAt(made.policy, { market: "london", at: "2027-06-19" });

const from = Date.parse("2027-06-18T15:00:00Z"); // Friday 16:00 in London
const plan = planCapacity({
  policy: made.policy,
  market: "london",
  zone: "Europe/London",
  from,
  to: from + 86_400_000,
  hourlyLoad: [{ at: from + 2 * 3_600_000, expected: 2_500, lower: 2_000, upper: 3_000 }],
  serviceRatePerSlot: 1, // executions a second
  current: 1,
  floor: 1,
  cap: 40,
  leadTimeMs: 3_600_000,
  mode: "active",
});

const [, second] = plan.steps;
const local = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" });
export const lines = [
  `${day.multiplier}x in ${day.season}: ${day.reasons.map(({ code }) => code).join(", ")}`,
  `${second?.slots} slots from ${local.format(second?.at)} on: ${second?.reasons[0]?.code}`,
];

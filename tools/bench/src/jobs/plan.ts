// Capacity plans of thirty days, timed one by one: with a step at most every hour, and at most every quarter of an hour.
import { defaultProfile, planCapacity, planDefaults, resolvePolicy, type HourlyLoad } from "@wedsync/season-policy";

const hour = 3_600_000;
const from = Date.UTC(2027, 5, 1);
const hours = 30 * 24;

/** Every quarter of an hour, local time. */
const quarters: readonly string[] = Array.from({ length: 96 }, (_, quarter) =>
  [Math.floor(quarter / 4), (quarter % 4) * 15].map((part) => String(part).padStart(2, "0")).join(":"),
);

/** A morning peak each day, three times as high on Saturdays. */
const hourlyLoad: readonly HourlyLoad[] = Array.from({ length: hours + 24 }, (_, index) => {
  const [day, at] = [Math.floor(index / 24), index % 24];
  const upper = (at === 8 ? 20_000 : 500 + 100 * Math.sin(index)) * (day % 7 === 4 ? 3 : 1);
  return { at: from + index * hour, expected: upper * 0.8, lower: upper * 0.6, upper };
});

/** Milliseconds of each decision. */
export function planTimes(decisions: number, isQuarterly: boolean): readonly number[] {
  const market = "bench";
  const made = resolvePolicy({
    name: "bench",
    version: 1,
    markets: { [market]: defaultProfile },
    years: { from: 2027, to: 2027 },
  });
  if (!made.ok) throw new Error("The default profile is not valid.");
  const plan = () =>
    planCapacity({
      policy: made.policy,
      market,
      zone: "Europe/London",
      from,
      to: from + hours * hour,
      hourlyLoad,
      serviceRatePerSlot: 1,
      current: 0,
      floor: 0,
      cap: 200,
      leadTimeMs: planDefaults.leadTimeMs,
      mode: "active",
      ...(isQuarterly ? { switchTimes: quarters } : {}),
    });
  for (let warm = 0; warm < Math.min(50, decisions); warm += 1) plan();
  return Array.from({ length: decisions }, () => {
    const began = performance.now();
    plan();
    return performance.now() - began;
  });
}

// The report as plain text.
import { tiers } from "@wedsync/contracts/scheduler";
import type { Report } from "./report.js";
import { count, duration, percent, table } from "./text.js";
import type { Verdict } from "./verdict.js";

/** What was simulated, on which assumptions, then the tables and the answer. */
export const reportText = (report: Report): string =>
  [
    ...assumptionLines(report),
    "",
    table(
      ["policy", "slot-hours", "of static", "most slots", "scalings", "cost", "missed", "expired"],
      report.policies.map((policy) => [
        policy.name,
        count(policy.slotHours),
        percent(1 - policy.saving),
        count(policy.maxSlots),
        count(policy.scalings),
        count(policy.cost),
        count(tiers.reduce((sum, tier) => sum + policy.waits[tier].missed, 0)),
        count(policy.expired),
      ]),
    ),
    "",
    table(
      ["waits", "tier", "started", "p50", "p95", "p99", "p99.9", "max", "mean"],
      report.policies.flatMap((policy) =>
        tiers.map((tier) => {
          const wait = policy.waits[tier];
          const figures = [wait.p50Ms, wait.p95Ms, wait.p99Ms, wait.p999Ms, wait.maxMs, wait.meanMs].map(duration);
          return [policy.name, tier, count(wait.started), ...figures];
        }),
      ),
    ),
    "",
    table(
      ["saving by season", "season", "slot-hours", "static", "saving"],
      report.policies.flatMap((policy) =>
        policy.seasons.map((season) => [
          policy.name,
          `${season.market} ${season.season}`,
          count(season.slotHours),
          count(season.staticSlotHours),
          percent(season.saving),
        ]),
      ),
    ),
    "",
    ...verdictLines(report),
    ...sensitivityLines(report),
    ...report.notes.map((note) => `note: ${note}`),
  ].join("\n");

/** What the figures rest on, one sentence a line. */
export function assumptionLines({ bookings, season, assumptions, staticPeak, plans }: Report): readonly string[] {
  const { journey, reactive, thresholds } = assumptions;
  const steps = journey.map(({ day, time }) => (day === null ? "at booking" : `${day > 0 ? "+" : ""}${day} ${time}`));
  return [
    `season    ${season.from} to ${season.to}, ${season.timeZone}, market ${season.market}: ${count(season.executions)} executions`,
    `demand    ${count(bookings)} bookings x ${assumptions.scale} vendors; steps ${steps.join(", ")}, spread evenly over ` +
      `${assumptions.spreadMinutes} min; bookings come from ${assumptions.officeHours.from} to ${assumptions.officeHours.to}`,
    `service   log-normal, mean ${duration(assumptions.serviceMs)}, sigma ${assumptions.serviceSigma}; seed ${assumptions.seed}`,
    `slots     ${assumptions.floor} to ${assumptions.cap}, ready ${duration(assumptions.leadMs)} after they are asked for, given back ` +
      `after ${duration(assumptions.stabilisationMs)}; ${assumptions.pricePerSlotHour} a slot-hour`,
    `static    ${staticPeak.slots} slots: the fewest with which 99 % of critical and of high work starts within ` +
      `${duration(staticPeak.waitGoalMs)} and nothing misses its deadline in the busiest week (from ` +
      `${new Date(staticPeak.busiestWeek.from).toISOString().slice(0, 10)}); found with hindsight`,
    `reactive  a slot for every ${reactive.perSlot} executions waiting or running, looked at every ${duration(reactive.pollMs)}`,
    `plan      ${plans} plans as the platform makes them, each at ${assumptions.planAt}, from what was known then; at most ` +
      `${percent(assumptions.targetUtilisation)} busy at the upper end of the forecast`,
    `lag       adds slots from ${count(thresholds.count)} waiting or ${duration(thresholds.oldestAgeMs)} of waiting`,
  ];
}

/** The verdict, and what it compares. */
export function verdictLines({ verdict }: Pick<Report, "verdict">): readonly string[] {
  if (verdict === undefined) return [];
  return [
    `${verdict.ok ? "yes" : "no"}: plan+reactive saves ${percent(verdict.saving)} of the static peak's slot-hours ` +
      `(goal ${percent(verdict.savingGoal)}); ${waitsOf(verdict)}.`,
    `compared are ${verdict.compared.join(", ")} of critical and of high work, each at most the static peak's; the longest wait is one ` +
      "execution's and is shown, not compared.",
  ];
}

const waitsOf = ({ longer }: Pick<Verdict, "longer">): string =>
  longer.length === 0 ? "critical and high work waits no longer" : `waits are longer: ${longer.join(", ")}`;

/** One line for each other spread of the work. */
export function sensitivityLines({ sensitivity }: Pick<Report, "sensitivity">): readonly string[] {
  return sensitivity.map(
    ({ spreadMinutes, floor, staticSlots, saving, savingLimit, ...verdict }) =>
      `spread over ${spreadMinutes} min, floor ${floor}: ${verdict.ok ? "yes" : "no"}, saves ${percent(saving)} of ` +
      `${staticSlots} static slots (at most ${percent(savingLimit)} is possible above the floor); ${waitsOf(verdict)}.`,
  );
}

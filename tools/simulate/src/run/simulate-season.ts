// One simulation from bookings to figures: the demand, the baseline, the plans, and a run for each capacity policy.
import {
  capacityHours,
  costReport,
  type BacklogThresholds,
  type CostReport,
  type SeasonPolicy,
} from "@wedsync/season-policy";
import type { BookingRow } from "../input/read-bookings.js";
import { buildDemand } from "./build-demand.js";
import type { CapacityController } from "./capacity-controller.js";
import { plannedCapacity, plannedWithLag, reactiveCapacity, staticCapacity } from "./controllers.js";
import { eventForecastOf } from "./event-forecast.js";
import { firstDueFrom, type Demand, type DemandStep } from "./demand.js";
import { runSeason, type RunResult } from "./engine.js";
import type { LocalTime } from "./local-time.js";
import { paceDays, writePlanBook, type PlanBook } from "./plan-book.js";
import { sizeStaticPeak, type StaticPeak } from "./static-peak.js";

export const policyNames = ["static-peak", "reactive", "plan", "plan+reactive"] as const;
export type PolicyName = (typeof policyNames)[number];

export interface SeasonOptions {
  readonly policy: SeasonPolicy;
  readonly market: string;
  readonly steps: readonly DemandStep[];
  /** First and last day, as day numbers, both included. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly policies: readonly PolicyName[];
  readonly scale: number;
  readonly seed: number;
  readonly serviceMs: number;
  readonly serviceSigma: number;
  readonly spreadMinutes: number;
  /** From asking for a slot to having it, milliseconds; the plan asks this much earlier. */
  readonly leadMs: number;
  readonly floor: number;
  readonly cap: number;
  /** See static-peak.ts. */
  readonly waitGoalMs: number;
  readonly planAt: string;
  readonly targetUtilisation: number;
  readonly reactive: { readonly perSlot: number; readonly pollMs: number };
  readonly stabilisationMs: number;
  readonly thresholds: BacklogThresholds;
  readonly pricePerSlotHour: number;
}

export interface PolicyResult extends Omit<RunResult, "capacity"> {
  readonly name: PolicyName;
  readonly capacity: RunResult["capacity"];
  readonly slotHours: number;
  readonly maxSlots: number;
  readonly cost: CostReport;
}

export interface SeasonResult {
  /** Epoch milliseconds, `to` not included. */
  readonly from: number;
  readonly to: number;
  readonly demand: Demand;
  /** Executions that fell due in the season. */
  readonly executions: number;
  readonly peak: StaticPeak;
  readonly plans: number;
  readonly policies: readonly PolicyResult[];
}

/** How far a simulation is. */
export interface SeasonProgress {
  readonly stage: "static peak" | "plans" | PolicyName;
  /** 0 to 1, of all stages. */
  readonly done: number;
}

/** Simulates. Yields often, so that the caller can show progress and be stopped. */
export function* simulateSeason(
  rows: readonly BookingRow[],
  time: LocalTime,
  options: SeasonOptions,
): Generator<SeasonProgress, SeasonResult, void> {
  const { firstDay, lastDay, policies } = options;
  const from = time.at(firstDay, "00:00");
  const to = time.at(lastDay + 1, "00:00");
  const stages = policies.length + 2;
  const demand = buildDemand(rows, time, { ...options, from: time.at(firstDay - paceDays, "00:00"), to });
  const dayStarts = Array.from({ length: lastDay - firstDay + 2 }, (_, day) => time.at(firstDay + day, "00:00"));

  const sizing = sizeStaticPeak(
    demand,
    dayStarts,
    { goalMs: options.waitGoalMs },
    { bootMs: options.leadMs, most: options.cap },
  );
  let trial = sizing.next();
  for (let trials = 0; trial.done !== true; trials += 1, trial = sizing.next()) {
    yield { stage: "static peak", done: Math.min(trials / 10, 1) / stages };
  }
  const peak = trial.value;

  const writing = writePlanBook(demand, time, { from, to }, options, eventForecastOf(rows, options.scale));
  let written = writing.next();
  for (; written.done !== true; written = writing.next()) {
    yield { stage: "plans", done: (1 + fraction(written.value, from, to)) / stages };
  }
  const book = written.value;

  const results: PolicyResult[] = [];
  for (const name of policies) {
    const run = runSeason(demand, controllerOf(name, book, peak, options), { from, to, bootMs: options.leadMs });
    let step = run.next();
    for (; step.done !== true; step = run.next()) {
      yield { stage: name, done: (2 + results.length + fraction(step.value, from, to)) / stages };
    }
    results.push(resultOf(name, step.value, { from, to, peak, options }));
  }
  const executions = firstDueFrom(demand.due, to) - firstDueFrom(demand.due, from);
  return { from, to, demand, executions, peak, plans: book.plans.length, policies: results };
}

const fraction = (at: number, from: number, to: number): number => Math.min(1, Math.max(0, (at - from) / (to - from)));

function controllerOf(name: PolicyName, book: PlanBook, peak: StaticPeak, options: SeasonOptions): CapacityController {
  const { floor, cap, stabilisationMs, thresholds } = options;
  switch (name) {
    case "static-peak":
      return staticCapacity(peak.slots);
    case "reactive":
      return reactiveCapacity({ floor, cap, stabilisationMs, ...options.reactive });
    case "plan":
      return plannedCapacity(book, { floor, cap, thresholds }, stabilisationMs);
    case "plan+reactive":
      return plannedWithLag(book, { floor, cap, thresholds }, stabilisationMs);
  }
}

function resultOf(
  name: PolicyName,
  run: RunResult,
  { from, to, peak, options }: { from: number; to: number; peak: StaticPeak; options: SeasonOptions },
): PolicyResult {
  const steps = run.capacity.map((change) => ({ ...change, reasons: [] }));
  const { market, policy, pricePerSlotHour, floor, cap } = options;
  // What was paid, told as a plan: the report compares plans.
  const plan = {
    market,
    zone: "UTC",
    mode: "active" as const,
    policyVersion: policy.version,
    from,
    to,
    floor,
    cap,
    serviceRatePerSlot: 1_000 / options.serviceMs,
    steps,
  };
  return {
    ...run,
    name,
    slotHours: capacityHours(steps, from, to),
    maxSlots: Math.max(...run.capacity.map(({ slots }) => slots)),
    cost: costReport({ policy, plan, staticPeak: peak.slots, pricePerSlotHour }),
  };
}

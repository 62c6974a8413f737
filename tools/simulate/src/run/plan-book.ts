// The plans of a season: one a day, made in the afternoon for the 24 hours after it, each from what was known when it was made.
// Plans do not depend on how the season is worked off, so all policies that plan share one book.
import { planCapacity, type CapacityPlan, type SeasonPolicy } from "@wedsync/season-policy";
import type { Demand } from "./demand.js";
import { Knowledge } from "./knowledge.js";
import { learnDays, LoadForecast, type EventForecast } from "./load-forecast.js";
import { LoadHistory } from "./load-history.js";
import type { LocalTime } from "./local-time.js";

export interface PlanOptions {
  readonly policy: SeasonPolicy;
  readonly floor: number;
  readonly cap: number;
  /** How long before the demand its slots are asked for, milliseconds. */
  readonly leadMs: number;
  /** Local time at which the day's plan is made, HH:MM. */
  readonly planAt: string;
  /** What an execution is taken to last before any has run, milliseconds. */
  readonly serviceMs: number;
  /** Share of the slots' time that the demand may take, above 0 to 1. */
  readonly targetUtilisation: number;
}

export interface PlanBook {
  /** Start of the season, epoch milliseconds. */
  readonly from: number;
  readonly plans: readonly CapacityPlan[];
  /** The plan in force: the last that was made by then. */
  planAt(now: number): CapacityPlan;
  /** When the planned slots may next change, epoch milliseconds, later than `now`; Infinity when they do not. */
  nextChangeAt(now: number): number;
}

/** Plans may change every quarter of an hour: finer than hours, since much of the work falls due in one of them. */
const switchTimes = Array.from({ length: 96 }, (_, quarter) => {
  const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15].map((part) => String(part).padStart(2, "0"));
  return `${hour}:${minute}`;
});

/**
 * Makes all plans from `from` to `to` (epoch milliseconds), after a time in which only shapes are learned. Yields the time of
 * each plan.
 */
export function* writePlanBook(
  demand: Demand,
  time: LocalTime,
  range: { readonly from: number; readonly to: number },
  options: PlanOptions,
  events: EventForecast,
): Generator<number, PlanBook, void> {
  const history = new LoadHistory(demand, time);
  const knowledge = new Knowledge(demand, (execution) => history.add(execution));
  const forecast = new LoadForecast(demand, knowledge, history, time, events);
  const plans: CapacityPlan[] = [];
  const firstDay = time.hourOf(range.from).day - 1;
  for (let day = firstDay - learnDays - 1; time.at(day, options.planAt) < range.to; day += 1) {
    const at = time.at(day, options.planAt);
    knowledge.advance(at);
    const load = forecast.next(day);
    if (day < firstDay) continue;
    plans.push(
      planCapacity({
        policy: options.policy,
        market: demand.market,
        zone: time.zone,
        from: at,
        to: time.at(day + 1, options.planAt),
        hourlyLoad: load,
        serviceRatePerSlot: 1_000 / (history.meanServiceMs() ?? options.serviceMs),
        current: plans.at(-1)?.steps.at(-1)?.slots ?? options.floor,
        floor: options.floor,
        cap: options.cap,
        leadTimeMs: options.leadMs,
        mode: "active",
        targetUtilisation: options.targetUtilisation,
        switchTimes,
      }),
    );
    yield at;
  }
  return bookOf(plans, range.from);
}

function bookOf(plans: readonly CapacityPlan[], from: number): PlanBook {
  const changes = plans.flatMap(({ steps }) => steps.map(({ at }) => at));
  const planAt = (now: number): CapacityPlan => {
    const found = plans[indexAfter(plans.length, (index) => (plans[index]?.from ?? 0) <= now) - 1] ?? plans[0];
    if (found === undefined) throw new Error("A season has at least one plan.");
    return found;
  };
  return {
    from,
    plans,
    planAt,
    nextChangeAt: (now) =>
      changes[indexAfter(changes.length, (index) => (changes[index] ?? 0) <= now)] ?? Number.POSITIVE_INFINITY,
  };
}

/** How many leading places fulfil the test; those that do must come first. */
function indexAfter(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The plans of a season, made as the platform makes them (apps/orchestrator/src/planning): each day, from the forecast of events, the
// load shape of the bookings so far and the work that pends; with the same functions and the same defaults. Plans do not depend on
// how the season is worked off, so all policies that plan share one book.
import {
  marketDemand,
  planCapacity,
  reachDays,
  steppedRate,
  type CapacityPlan,
  type SeasonPolicy,
} from "@wedsync/season-policy";
import type { Demand } from "./demand.js";
import type { EventForecast } from "./event-forecast.js";
import { Knowledge } from "./knowledge.js";
import type { LocalTime } from "./local-time.js";

export interface PlanOptions {
  readonly policy: SeasonPolicy;
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

const hourMs = 3_600_000;
/** A plan is followed for a day and made for one more, so that it does not end where it is followed. */
const plannedDays = 2;
/** Before the season only the pace of work is learned. */
export const paceDays = 14;

/** Makes all plans from `from` to `to` (epoch milliseconds). Yields the time of each plan. */
export function* writePlanBook(
  demand: Demand,
  time: LocalTime,
  range: { readonly from: number; readonly to: number },
  options: PlanOptions,
  eventsAt: EventForecast,
): Generator<number, PlanBook, void> {
  const knowledge = new Knowledge(demand);
  const shapeOf = demand.requested.shapes();
  const plans: CapacityPlan[] = [];
  for (let day = time.hourOf(range.from).day - 1; time.at(day, options.planAt) < range.to; day += 1) {
    const at = time.at(day, options.planAt);
    const to = time.at(day + plannedDays, options.planAt);
    knowledge.advance(at);
    // The day is not over, so the forecast of events stands on the one before.
    const origin = day - 1;
    const hourlyLoad = marketDemand({
      zone: time.zone,
      forecast: eventsAt(origin),
      inHand: Array.from({ length: 2 * reachDays }, (_, index) => knowledge.inHand(origin - reachDays + index)),
      shape: shapeOf(day),
      due: knowledge.pendingByHour(to + options.leadMs),
      from: Math.floor(at / hourMs) * hourMs,
      to: to + options.leadMs,
    });
    plans.push(
      planCapacity({
        policy: options.policy,
        market: demand.market,
        zone: time.zone,
        from: at,
        to,
        hourlyLoad,
        serviceRatePerSlot: steppedRate(1_000 / (knowledge.meanServiceMs() ?? options.serviceMs)),
        current: 0,
        // The floor belongs to all markets together: see `fleetCapacity`.
        floor: 0,
        cap: options.cap,
        leadTimeMs: options.leadMs,
        mode: "active",
        targetUtilisation: options.targetUtilisation,
      }),
    );
    yield at;
  }
  return bookOf(plans, range.from);
}

function bookOf(plans: readonly CapacityPlan[], from: number): PlanBook {
  const changes = plans.flatMap(({ steps }, index) => {
    const followedUntil = plans[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return steps.map(({ at }) => at).filter((at) => at < followedUntil);
  });
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

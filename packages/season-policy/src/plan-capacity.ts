// The scaling plan of one market: how many worker slots from when on, and why.
//
//   need     slots that clear the upper demand of an hour at the target utilisation
//   lead     a cell needs what the hours of the lead time after it need
//   ladder   rounded up to few levels;  hold  valleys shorter than it are filled, of tiny levels those shorter than a day;
//   ramp     steps of limited size
//   bounds   floor and cap; the cap wins
import type { Reason } from "@wedsync/contracts/season-policy";
import type { CapacityPlan, CapacityStep, HourlyLoad } from "./capacity-plan.js";
import { addDays, dayMs, hourMs, localDate, startOfDay } from "./civil-time.js";
import { marketOf, multiplierAt } from "./multiplier.js";
import { planDefaults } from "./plan-defaults.js";
import { needs, planCells, type Cell, type Need } from "./plan-grid.js";
import { completeRequest, requirePlannable, type CompleteRequest, type PlanRequest } from "./plan-request.js";
import { fillValleys, ladder, levelFor, ramp } from "./plan-smoothing.js";

/**
 * Plans the capacity of a market. The same request gives the same plan; more demand in any hour never plans fewer slots in
 * any hour. Slots are always inside [floor, cap].
 * @throws SeasonError `market_unknown`, `zone_unknown`, `range_invalid`
 */
export function planCapacity(asked: PlanRequest): CapacityPlan {
  const request = completeRequest(asked);
  requirePlannable(request);
  const { market, zone, from, to, floor, cap, serviceRatePerSlot, mode, policy } = request;
  const cells = planCells(from, to, zone, request.switchTimes);
  const needed = needs(cells, completeLoad(request), request.leadTimeMs);
  const levels = ladder(floor, cap, request.levelFactor);
  const wanted = needed.map(({ load }) => levelFor(levels, slotsFor(request, load)));
  const held = hold(wanted, cells, request.holdMs);
  const limits = request.ramp ?? { upPerStep: Number.POSITIVE_INFINITY, downPerStep: Number.POSITIVE_INFINITY };
  const planned = ramp(held, request.current, limits).map((slots) => Math.min(Math.max(slots, floor), cap));
  const forecast = new Set(request.hourlyLoad.map(({ at }) => at));
  const steps: CapacityStep[] = [];
  cells.forEach((cell, index) => {
    const slots = planned[index] ?? floor;
    if (slots === steps.at(-1)?.slots) return;
    const need = needed[index] ?? { load: 0, at: cell.from };
    const [asked = floor, kept = floor] = [wanted[index], held[index]];
    const decided = { cell: cell.from, need, forecast: forecast.has(need.at), asked, kept, slots };
    steps.push({ at: cell.from, slots, reasons: reasonsFor(request, decided) });
  });
  return { market, zone, mode, policyVersion: policy.version, from, to, floor, cap, serviceRatePerSlot, steps };
}

const slotsFor = (request: CompleteRequest, load: number): number =>
  Math.ceil(load / 3_600 / request.serviceRatePerSlot / request.targetUtilisation - 1e-9);

/** Few steps: what is needed again soon stays, and a slot or so is not given back for less than a day. */
function hold(wanted: readonly number[], cells: readonly Cell[], holdMs: number): readonly number[] {
  const small = wanted.map((slots) => Math.min(slots, planDefaults.smallSlots));
  const held = fillValleys(small, cells, Math.max(holdMs, dayMs));
  return fillValleys(wanted, cells, holdMs).map((slots, index) => Math.max(slots, held[index] ?? 0));
}

/** The demand of every hour that the plan and its lead time touch. */
function completeLoad(request: CompleteRequest): readonly HourlyLoad[] {
  const sorted = [...request.hourlyLoad].sort((a, b) => a.at - b.at);
  const baseline = request.baselinePerHour;
  if (baseline === 0) return sorted;
  const known = new Set(sorted.map(({ at }) => at));
  const { policy, market } = request;
  const { zone } = marketOf(policy, market);
  const end = request.to + request.leadTimeMs;
  let dayEnds = Number.NEGATIVE_INFINITY;
  let load = 0;
  for (let at = Math.floor(request.from / hourMs) * hourMs; at < end; at += hourMs) {
    if (at >= dayEnds) {
      const date = localDate(at, zone);
      dayEnds = startOfDay(addDays(date, 1), zone);
      load = baseline * multiplierAt(policy, { market, at: date }).multiplier;
    }
    if (!known.has(at)) sorted.push({ at, expected: load, lower: 0, upper: load });
  }
  return sorted.sort((a, b) => a.at - b.at);
}

interface Decided {
  readonly cell: number;
  readonly need: Need;
  /** False: the hour has no forecast, its demand is the baseline's. */
  readonly forecast: boolean;
  /** Slots for the demand, on the ladder. */
  readonly asked: number;
  /** After filling valleys. */
  readonly kept: number;
  readonly slots: number;
}

function reasonsFor(
  request: CompleteRequest,
  { cell, need, forecast, asked, kept, slots }: Decided,
): readonly Reason[] {
  const { floor, cap, leadTimeMs } = request;
  const reasons: Reason[] = [];
  const exact = slotsFor(request, need.load);
  if (need.load > 0) {
    const code = forecast ? "forecast_load" : "baseline_load";
    reasons.push({ code, params: { upper: need.load, at: need.at, slots: exact } });
  }
  if (need.at > cell) reasons.push({ code: "lead_time", params: { ms: leadTimeMs, at: need.at } });
  if (exact < floor) reasons.push({ code: "floor", params: { slots: floor } });
  if (exact > cap) reasons.push({ code: "cap", params: { slots: cap, without: exact } });
  if (asked > exact && exact >= floor) reasons.push({ code: "level", params: { slots: asked } });
  if (kept > asked) reasons.push({ code: "hold", params: { slots: kept } });
  if (slots !== kept) reasons.push({ code: "ramp_limit", params: { slots, without: kept } });
  if (reasons.length === 0) reasons.push({ code: "no_load" });
  if (forecast || need.load === 0) return reasons;
  // The season made the load of hours without a forecast, and of no others.
  return [...reasons, ...multiplierAt(request.policy, { market: request.market, at: need.at }).reasons];
}

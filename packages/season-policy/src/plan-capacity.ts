// The scaling plan of one market: how many worker slots from when on, and why.
//
//   need     slots that clear the upper demand of an hour at the target utilisation
//   lead     a cell needs what the hours of the lead time after it need
//   ladder   rounded up to few levels;  hold  valleys shorter than it are filled;  ramp  steps of limited size
//   bounds   floor and cap; the cap wins
import type { Reason, SeasonPolicy } from "@wedsync/contracts/season-policy";
import type { CapacityPlan, CapacityStep, HourlyLoad, PlanMode } from "./capacity-plan.js";
import { addDays, hourMs, localDate, requireZone, startOfDay } from "./civil-time.js";
import { requireRange, seasonError } from "./errors.js";
import { marketOf, multiplierAt } from "./multiplier.js";
import { needs, planCells, type Need } from "./plan-grid.js";
import { fillValleys, ladder, levelFor, ramp, type RampLimits } from "./plan-smoothing.js";

export interface PlanRequest {
  readonly policy: SeasonPolicy;
  readonly market: string;
  /** Zone of the switch times: usually the market's. */
  readonly zone: string;
  /** Start of the plan, epoch milliseconds. */
  readonly from: number;
  /** End of the plan, epoch milliseconds, not included; at most 400 days after the start. */
  readonly to: number;
  /** Demand by whole UTC hour, in any order; hours that are not there count by `baselinePerHour`. */
  readonly hourlyLoad: readonly HourlyLoad[];
  /** Demand at multiplier 1, executions an hour, for hours without a forecast; 0 when absent: these hours get the floor. */
  readonly baselinePerHour?: number;
  /** Executions that one slot finishes in a second, more than 0. */
  readonly serviceRatePerSlot: number;
  /** Slots that run now. */
  readonly current: number;
  /** Fewest slots, whole. */
  readonly floor: number;
  /** Most slots, whole, at least the floor. */
  readonly cap: number;
  /** Largest change of one step; without a limit when absent. */
  readonly ramp?: RampLimits;
  /** How long before the demand its slots must be asked for, milliseconds, 0 to 7 days. */
  readonly leadTimeMs: number;
  readonly mode: PlanMode;
  /** Share of a slot's time that demand may take, above 0 to 1; 0.8 when absent: waiting grows steeply near 1. */
  readonly targetUtilisation?: number;
  /** Capacity that is needed again within this time stays, milliseconds; 3 hours when absent. */
  readonly holdMs?: number;
  /** Factor from one level of capacity to the next, at least 1; 1.25 when absent. Higher: fewer steps, more idle slots. */
  readonly levelFactor?: number;
  /** Local times, HH:MM, at which the plan may change; every full hour when absent. */
  readonly switchTimes?: readonly string[];
}

/**
 * Plans the capacity of a market. The same request gives the same plan; more demand in any hour never plans fewer slots in
 * any hour. Slots are always inside [floor, cap].
 * @throws SeasonError `market_unknown`, `zone_unknown`, `range_invalid`
 */
export function planCapacity(request: PlanRequest): CapacityPlan {
  requireValid(request);
  const { market, zone, from, to, floor, cap, serviceRatePerSlot, mode, policy } = request;
  const cells = planCells(from, to, zone, request.switchTimes);
  const needed = needs(cells, completeLoad(request), request.leadTimeMs);
  const levels = ladder(floor, cap, request.levelFactor ?? 1.25);
  const wanted = needed.map(({ load }) => levelFor(levels, slotsFor(request, load)));
  const held = fillValleys(wanted, cells, request.holdMs ?? 3 * hourMs);
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

const slotsFor = (request: PlanRequest, load: number): number =>
  Math.ceil(load / 3_600 / request.serviceRatePerSlot / (request.targetUtilisation ?? 0.8) - 1e-9);

/** The demand of every hour that the plan and its lead time touch. */
function completeLoad(request: PlanRequest): readonly HourlyLoad[] {
  const sorted = [...request.hourlyLoad].sort((a, b) => a.at - b.at);
  const baseline = request.baselinePerHour ?? 0;
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

function reasonsFor(request: PlanRequest, { cell, need, forecast, asked, kept, slots }: Decided): readonly Reason[] {
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
  const seasonal = multiplierAt(request.policy, { market: request.market, at: need.at });
  return [...reasons, ...seasonal.reasons];
}

function requireValid(request: PlanRequest): void {
  const { from, to, floor, cap } = request;
  requireZone(request.zone);
  requireRange("to - from", to - from, 1, 400 * 24 * hourMs);
  requireRange("serviceRatePerSlot", request.serviceRatePerSlot, Number.MIN_VALUE);
  requireRange("floor", floor, 0);
  requireRange("cap", cap, floor);
  requireRange("current", request.current, 0);
  requireRange("leadTimeMs", request.leadTimeMs, 0, 7 * 24 * hourMs);
  requireRange("targetUtilisation", request.targetUtilisation ?? 0.8, Number.MIN_VALUE, 1);
  requireRange("levelFactor", request.levelFactor ?? 1.25, 1);
  requireRange("holdMs", request.holdMs ?? 0, 0, 7 * 24 * hourMs);
  requireRange("baselinePerHour", request.baselinePerHour ?? 0, 0);
  requireRange("ramp.upPerStep", request.ramp?.upPerStep ?? 1, 1, Number.POSITIVE_INFINITY);
  requireRange("ramp.downPerStep", request.ramp?.downPerStep ?? 1, 1, Number.POSITIVE_INFINITY);
  for (const { at, upper } of request.hourlyLoad) {
    requireRange("hourlyLoad.upper", upper, 0);
    if (at % hourMs !== 0) throw seasonError("range_invalid", "hourlyLoad.at must be a whole UTC hour.", { at });
  }
  if (![floor, cap].every(Number.isInteger)) throw seasonError("range_invalid", "floor and cap are whole slots.");
  const { switchTimes } = request;
  if (switchTimes?.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) === false || switchTimes?.length === 0) {
    throw seasonError("range_invalid", "switchTimes are local times such as 17:00, at least one.");
  }
}

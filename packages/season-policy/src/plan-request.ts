// What a capacity plan is asked for with, and what is refused.
import type { SeasonPolicy } from "@wedsync/contracts/season-policy";
import type { HourlyLoad, PlanMode } from "./capacity-plan.js";
import { hourMs, requireZone } from "./civil-time.js";
import { requireRange, seasonError } from "./errors.js";
import { marketOf } from "./multiplier.js";
import { planDefaults } from "./plan-defaults.js";
import type { RampLimits } from "./plan-smoothing.js";

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
  /** How long before the demand its slots must be asked for, milliseconds, 0 to 7 days; as all below `planDefaults` when absent. */
  readonly leadTimeMs?: number;
  readonly mode: PlanMode;
  /** Share of a slot's time that demand may take, above 0 to 1. Waiting grows steeply near 1, and work is uneven within an hour. */
  readonly targetUtilisation?: number;
  /** Capacity that is needed again within this time stays, milliseconds. */
  readonly holdMs?: number;
  /** Factor from one level of capacity to the next, at least 1. Higher: fewer steps, more idle slots. */
  readonly levelFactor?: number;
  /** Local times, HH:MM, at which the plan may change; every full hour when absent. */
  readonly switchTimes?: readonly string[];
}

/** A request with its defaults. */
export type CompleteRequest = PlanRequest &
  Required<Pick<PlanRequest, "leadTimeMs" | "targetUtilisation" | "holdMs" | "levelFactor" | "baselinePerHour">>;

/** Puts in what the request leaves to the defaults. */
export const completeRequest = (request: PlanRequest): CompleteRequest => ({
  ...request,
  leadTimeMs: request.leadTimeMs ?? planDefaults.leadTimeMs,
  targetUtilisation: request.targetUtilisation ?? planDefaults.targetUtilisation,
  holdMs: request.holdMs ?? planDefaults.holdMs,
  levelFactor: request.levelFactor ?? planDefaults.levelFactor,
  baselinePerHour: request.baselinePerHour ?? 0,
});

/**
 * Refuses a request that no plan can be made for.
 * @throws SeasonError `market_unknown`, `zone_unknown`, `range_invalid`
 */
export function requirePlannable(request: CompleteRequest): void {
  const { from, to, floor, cap } = request;
  requireZone(request.zone);
  marketOf(request.policy, request.market);
  requireRange("to - from", to - from, 1, 400 * 24 * hourMs);
  requireRange("serviceRatePerSlot", request.serviceRatePerSlot, Number.MIN_VALUE);
  requireRange("floor", floor, 0);
  requireRange("cap", cap, floor);
  requireRange("current", request.current, 0);
  requireRange("leadTimeMs", request.leadTimeMs, 0, 7 * 24 * hourMs);
  requireRange("targetUtilisation", request.targetUtilisation, Number.MIN_VALUE, 1);
  requireRange("levelFactor", request.levelFactor, 1);
  requireRange("holdMs", request.holdMs, 0, 7 * 24 * hourMs);
  requireRange("baselinePerHour", request.baselinePerHour, 0);
  requireRange("ramp.upPerStep", request.ramp?.upPerStep ?? 1, 1, Infinity);
  requireRange("ramp.downPerStep", request.ramp?.downPerStep ?? 1, 1, Infinity);
  for (const { at, upper } of request.hourlyLoad) {
    requireRange("hourlyLoad.upper", upper, 0);
    if (at % hourMs !== 0) throw seasonError("range_invalid", "hourlyLoad.at must be a whole UTC hour.", { at });
  }
  const { upPerStep = Infinity, downPerStep = Infinity } = request.ramp ?? {};
  const limits = [upPerStep, downPerStep].filter((limit) => limit !== Infinity);
  if (![from, to, floor, cap, request.current, ...limits].every(Number.isInteger)) {
    const message = "from and to are whole milliseconds; floor, cap, current and the ramp's limits are whole slots.";
    throw seasonError("range_invalid", message);
  }
  const { switchTimes } = request;
  if (switchTimes?.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) === false || switchTimes?.length === 0) {
    throw seasonError("range_invalid", "switchTimes are local times such as 17:00, at least one.");
  }
}

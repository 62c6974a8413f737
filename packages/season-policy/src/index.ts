// The public face of the season policy. Everything not named here is internal.
export {
  capacityHours,
  stepAt,
  type CapacityPlan,
  type CapacityStep,
  type HourlyLoad,
  type PlanMode,
} from "./capacity-plan.js";
export { isValidZone } from "./civil-time.js";
export { defaultProfile } from "./default-profile.js";
export { isSeasonError, type SeasonError, type SeasonErrorCode } from "./errors.js";
export { type Issue } from "./issues.js";
export { multiplierAt, type MultiplierDecision, type MultiplierQuestion } from "./multiplier.js";
export { planCapacity, type PlanRequest } from "./plan-capacity.js";
export { type RampLimits } from "./plan-smoothing.js";
export { parsePolicy, type MarketPolicy, type PolicyCheck, type SeasonPolicy } from "./policy.js";
export { parseProfile, type ProfileCheck, type ProfilePeriod, type SeasonProfile } from "./profile.js";
export {
  defaultThresholds,
  wantedCapacity,
  wantedEveryMs,
  type BacklogThresholds,
  type WantedCapacity,
  type WantedQuestion,
} from "./wanted-capacity.js";

// The public face of the season policy. Everything not named here is internal.
export {
  capacityDecider,
  planOf,
  type CapacityCommand,
  type CapacityRefusal,
  type CapacityState,
  type Forecast,
  type RecordedPlan,
} from "./capacity-decider.js";
export {
  capacityHours,
  stepAt,
  type CapacityPlan,
  type CapacityStep,
  type HourlyLoad,
  type PlanMode,
} from "./capacity-plan.js";
export { busyThresholdOf } from "./forecast/busy-threshold.js";
export { capacityReview, type CapacityReview, type ReviewQuestion } from "./capacity-review.js";
export { isValidZone } from "./civil-time.js";
export { costReport, type CostLine, type CostQuestion, type CostReport, type SeasonCost } from "./cost-report.js";
export {
  createSeasonPolicy,
  type SeasonMeta,
  type SeasonPolicyOptions,
  type Seasons,
  type SeasonTrouble,
  type SeasonWritten,
} from "./create-season-policy.js";
export { dailyEventsOf } from "./daily-events.js";
export { defaultProfile } from "./default-profile.js";
export { isSeasonError, type SeasonError, type SeasonErrorCode } from "./errors.js";
export { eventShares, type WorkOfEvent } from "./event-shares.js";
export { exportFeatures, type DayCount, type FeatureQuestion, type FeatureRow } from "./export-features.js";
export { fleetCapacity, type FleetQuestion } from "./fleet-capacity.js";
export { freezeWindows, type BusyDay, type FreezeOptions, type FreezeWindow } from "./freeze-windows.js";
export { type GoodnessOfFit } from "./goodness-of-fit.js";
export { hourlyLoad, type DailyEvents, type HourlyLoadOptions } from "./hourly-load.js";
export { type Issue } from "./issues.js";
export {
  learnProfile,
  type HistoryPoint,
  type LearnedProfile,
  type LearnOptions,
  type LearnRefusal,
} from "./learn-profile.js";
export { learnLoadShape, type LoadShape, type OffsetCount } from "./load-shape.js";
export {
  maintenanceWindows,
  type MaintenanceOptions,
  type MaintenanceWindow,
  type TimeWindow,
} from "./maintenance-windows.js";
export { marketDemand, reachDays, type MarketDemand } from "./market-demand.js";
export { multiplierAt, type MultiplierDecision, type MultiplierQuestion } from "./multiplier.js";
export { planCapacity } from "./plan-capacity.js";
export { planDefaults } from "./plan-defaults.js";
export { marketsTouched, planInputsDigest, relevantDigest } from "./plan-inputs.js";
export { type PlanRequest } from "./plan-request.js";
export { type RampLimits } from "./plan-smoothing.js";
export { policyDecider, type PolicyCommand, type PolicyRefusal, type PolicyState } from "./policy-decider.js";
export { parsePolicy, type MarketPolicy, type PolicyCheck, type SeasonPolicy } from "./policy.js";
export { type Disagreement } from "./profile-disagreement.js";
export { parseProfile, type ProfileCheck, type ProfilePeriod, type SeasonProfile } from "./profile.js";
export {
  calendarsOf,
  resolvePolicy,
  type HolidayCalendar,
  type HolidayType,
  type PolicyGap,
  type PolicyRecipe,
  type Resolution,
} from "./resolve-policy.js";
export { steppedRate } from "./stepped-rate.js";
export { shownCount, smallestShownCount } from "./shown-count.js";
export { type ApplyResult } from "./stream-cache.js";
export {
  defaultThresholds,
  wantedCapacity,
  wantedEveryMs,
  type BacklogThresholds,
  type WantedCapacity,
  type WantedQuestion,
} from "./wanted-capacity.js";

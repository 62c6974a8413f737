// The public face of the scheduler. Everything not named here is internal.
export { changeDispatchPolicy, dispatchPolicyAt, type PolicyOptions } from "./activate-policy.js";
export { claimOf, weddingGuard, type Claim, type ClaimOptions } from "./claim.js";
export {
  dateOfDay,
  dayNumber,
  instantOf,
  isValidDate,
  isValidZone,
  localTime,
  startOfDay,
  zoneName,
  type LocalTime,
} from "./civil-time.js";
export { createScheduler, type Scheduler } from "./create-scheduler.js";
export {
  defaultDispatchPolicy,
  dispatchPolicyDecider,
  type DispatchPolicyCommand,
  type DispatchPolicyRefusal,
  type DispatchPolicyState,
} from "./dispatch-policy.js";
export {
  DispatchView,
  heldScopeOf,
  viewChangeOf,
  type IndexLoad,
  type TickInputs,
  type ViewChange,
} from "./dispatch-view.js";
export { checkSchedule, dueAtOf, type Schedule, type ScheduleProblem } from "./due-at.js";
export { type AttemptLoss, type AttemptReport, type AttemptResult, type EffectStart } from "./end-attempt.js";
export {
  type AttemptOutcome,
  type ExecutionCommand,
  type ExecutionRefusal,
  type JourneyStep,
} from "./execution-command.js";
export { executionDecider, freshWork } from "./execution-decider.js";
export {
  executionListChange,
  executionListRow,
  executionListTable,
  isFinalInList,
  type ExecutionListChange,
} from "./execution-list.js";
export {
  executionStateOf,
  statusOf,
  tierOf,
  type ExecutionPhase,
  type ExecutionState,
  type Allowance,
  type ExecutionStatus,
  type OpenAttempt,
} from "./execution-state.js";
export { holdDecider, type HoldCommand, type HoldRefusal, type HoldState } from "./hold-decider.js";
export { driftOf, rowsOfStream, type Drift, type RowDrift, type RowKey } from "./index-drift.js";
export { indexSnapshot } from "./index-snapshot.js";
export {
  journeyDecider,
  type JourneyCommand,
  type JourneyState,
  type JourneyStepDefinition,
} from "./journey-decider.js";
export { latenessAt, type LatenessDecision, type LatenessRule } from "./lateness.js";
export { createPendingIndex, PendingIndex, type Batch, type BatchRequest, type ChosenItem } from "./pending-index.js";
export { pendingRow, rowToPendingItem, type PendingItem } from "./pending-item.js";
export { moveWork, planWork, type ModuleRules, type WeddingFacts } from "./plan-work.js";
export { type DecisionData } from "./replay/compare-decision.js";
export { DecisionReplay, type ReplayCounts } from "./replay/decision-replay.js";
export { type Difference, type DifferenceCode } from "./replay/difference.js";
export { type ExecutionRequest, type Requested, type RequestRefusal } from "./request-execution.js";
export { retryDelayMs, type RetryPolicy } from "./retry.js";
export { attentionTable, indexCategory, openAttemptTable, pendingTable, schedulerInline } from "./scheduler-inline.js";
export { type CallMeta, type SchedulerOptions } from "./scheduler-options.js";
export { holdGuardKey, parseScope, scopesOf, weddingGuardKey, weddingGuardValue, type Scope } from "./scopes.js";
export { tierAt, tierRank, tierWindowOf, type TierDays, type TierDecision } from "./tier.js";
export { weddingDecider, type WeddingCommand, type WeddingRefusal, type WeddingState } from "./wedding-decider.js";
export {
  weddingDemandChange,
  weddingDemandRow,
  weddingDemandTable,
  weddingDemandVersions,
  type WeddingDemandChange,
} from "./wedding-demand.js";
export { type LogTrouble, type Written } from "./written.js";
export { type DispatchPolicy, type Tier, type TierWindow, type When, type Work } from "@wedsync/contracts/scheduler";

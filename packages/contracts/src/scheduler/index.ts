// Context: weddings, journeys, executions, dispatch.
export { tier, tiers, type Reason, type Sealed, type Tier } from "../common.js";
export { dispatchEvents, dispatchPolicy, type DispatchEvent, type DispatchPolicy } from "./dispatch-events.js";
export { executionEvents, type ExecutionEvent } from "./execution-events.js";
export { journeyEvents, weddingEvents, type JourneyEvent, type WeddingEvent } from "./wedding-events.js";
export { type EffectClass, type OnLate, type TierWindow, type When, type Work } from "./work.js";

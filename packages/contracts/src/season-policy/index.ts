// Context: seasonal demand, forecasts, capacity plans.
export { type Reason } from "../common.js";
export { marketPolicy, seasonPolicy, type MarketPolicy, type SeasonPolicy } from "./policy.js";
export { capacityEvents, policyEvents, type CapacityEvent, type PolicyEvent } from "./season-events.js";

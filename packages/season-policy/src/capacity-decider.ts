// The forecasts and plans of one market. A plan is recorded once for the same inputs; a plan or forecast that time has passed
// does not replace a later one.
import { capacityEvents, type CapacityEvent } from "@wedsync/contracts/season-policy";
import { accept, refuse, type Decider } from "@wedsync/event-log";
import type { CapacityPlan } from "./capacity-plan.js";
import { isValidDate } from "./civil-time.js";
import { digestOf } from "./digest.js";
import { check, issue, type Issue } from "./issues.js";

export type Forecast = Extract<CapacityEvent, { type: "DemandForecast" }>["data"];
export type RecordedPlan = Extract<CapacityEvent, { type: "CapacityPlanned" }>["data"];

export interface CapacityState {
  readonly market?: string;
  /** The newest forecast of each model. */
  readonly forecasts: Readonly<Record<string, Forecast>>;
  readonly plan?: RecordedPlan;
}

export type CapacityCommand =
  | { readonly kind: "record_forecast"; readonly forecast: Forecast }
  | { readonly kind: "plan"; readonly plan: CapacityPlan; readonly inputsDigest: string };

export type CapacityRefusal =
  | { readonly code: "market_mismatch"; readonly message: string }
  | { readonly code: "forecast_older"; readonly message: string; readonly origin: string }
  | { readonly code: "forecast_invalid"; readonly message: string; readonly issues: readonly Issue[] }
  | { readonly code: "plan_invalid"; readonly message: string; readonly issues: readonly Issue[] }
  | { readonly code: "plan_older"; readonly message: string; readonly from: number };

const [demandForecast, capacityPlanned] = capacityEvents;

export const capacityDecider: Decider<CapacityState, CapacityCommand, CapacityEvent, CapacityRefusal> = {
  initialState: { forecasts: {} },
  decide: (command, state) => {
    const { market } = command.kind === "plan" ? command.plan : command.forecast;
    if (state.market !== undefined && state.market !== market) {
      return refuse({ code: "market_mismatch", message: `This stream is of the market ${state.market}.` });
    }
    return command.kind === "plan" ? decidePlan(command, state) : decideForecast(command.forecast, state);
  },
  evolve: (state, event) => {
    const { market } = event.data;
    if (event.type === "CapacityPlanned") return { ...state, market, plan: event.data };
    return { ...state, market, forecasts: { ...state.forecasts, [event.data.model]: event.data } };
  },
  isTerminal: () => false,
};

function decideForecast(forecast: Forecast, state: CapacityState) {
  // What is written stays: an event that its own schema refuses would close the stream for ever.
  const checked = check(demandForecast.schema, forecast, outOfOrder);
  if (!checked.ok) {
    const message = "The forecast is not valid; each issue names its place and rule.";
    return refuse<CapacityRefusal>({ code: "forecast_invalid", message, issues: checked.issues });
  }
  const known = Object.hasOwn(state.forecasts, forecast.model) ? state.forecasts[forecast.model] : undefined;
  if (known !== undefined && known.origin > forecast.origin) {
    const { origin } = known;
    const message = `The model's forecast from ${origin} is known; forecast from that day or later.`;
    return refuse<CapacityRefusal>({ code: "forecast_older", message, origin });
  }
  if (known !== undefined && digestOf(known) === digestOf(forecast)) return accept<CapacityEvent>();
  return accept<CapacityEvent>({ type: "DemandForecast", data: forecast });
}

/** The days of a forecast exist, come after its origin, each once and in order. */
function outOfOrder({ origin, days }: Forecast): readonly Issue[] {
  const dates = [origin, ...days.map(({ date }) => date)];
  return dates.flatMap((date, index) => {
    const path = index === 0 ? ["origin"] : ["days", index - 1, "date"];
    if (!isValidDate(date)) return [issue(path, "date_invalid", "This day does not exist.")];
    const before = dates[index - 1];
    if (before === undefined || before < date) return [];
    return [issue(path, "out_of_order", "Target days come after the origin, each once and in order.")];
  });
}

function decidePlan(command: Extract<CapacityCommand, { kind: "plan" }>, state: CapacityState) {
  const { plan, inputsDigest } = command;
  const known = state.plan;
  if (known?.inputsDigest === inputsDigest) return accept<CapacityEvent>();
  if (known !== undefined && known.from > plan.from) {
    const message = "A plan that begins later is in force; plan from now on.";
    return refuse<CapacityRefusal>({ code: "plan_older", message, from: known.from });
  }
  const { market, mode, from, to, floor, cap, zone, serviceRatePerSlot, policyVersion } = plan;
  const steps = plan.steps.map(({ at, slots, reasons }) => ({ at, slots, reasons: [...reasons] }));
  const fixed = { market, mode, from, until: to, floor, cap, zone, serviceRatePerSlot, policyVersion, inputsDigest };
  const checked = check(capacityPlanned.schema, { ...fixed, steps }, () => []);
  if (!checked.ok) {
    const message = "The plan cannot be recorded; each issue names its place and rule.";
    return refuse<CapacityRefusal>({ code: "plan_invalid", message, issues: checked.issues });
  }
  return accept<CapacityEvent>({ type: "CapacityPlanned", data: checked.value });
}

/** The plan as ring 1 works with it. */
export function planOf({ until, inputsDigest: _digest, ...plan }: RecordedPlan): CapacityPlan {
  return { ...plan, to: until };
}

// The forecasts and plans of one market. A plan is recorded once for the same inputs; a plan or forecast that time has passed
// does not replace a later one.
import type { CapacityEvent } from "@wedsync/contracts/season-policy";
import { accept, refuse, type Decider } from "@wedsync/event-log";
import type { CapacityPlan } from "./capacity-plan.js";
import { digestOf } from "./digest.js";

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
  | { readonly code: "forecast_invalid"; readonly message: string }
  | { readonly code: "plan_older"; readonly message: string; readonly from: number };

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
  const outOfOrder = forecast.days.some(
    ({ date }, index) => date <= (index === 0 ? forecast.origin : (forecast.days[index - 1]?.date ?? "")),
  );
  if (outOfOrder || forecast.days.length === 0) {
    const message = "The days of a forecast come after its origin, each once and in order.";
    return refuse<CapacityRefusal>({ code: "forecast_invalid", message });
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

function decidePlan(command: Extract<CapacityCommand, { kind: "plan" }>, state: CapacityState) {
  const { plan, inputsDigest } = command;
  const known = state.plan;
  if (known?.inputsDigest === inputsDigest) return accept<CapacityEvent>();
  if (known !== undefined && known.from > plan.from) {
    const message = "A plan that begins later is in force; plan from now on.";
    return refuse<CapacityRefusal>({ code: "plan_older", message, from: known.from });
  }
  const { market, mode, from, to, floor, cap, zone, serviceRatePerSlot, policyVersion, steps } = plan;
  return accept<CapacityEvent>({
    type: "CapacityPlanned",
    data: {
      market,
      mode,
      from,
      until: to,
      floor,
      cap,
      zone,
      serviceRatePerSlot,
      policyVersion,
      inputsDigest,
      steps: steps.map(({ at, slots, reasons }) => ({ at, slots, reasons: [...reasons] })),
    },
  });
}

/** The plan as ring 1 works with it. */
export function planOf({ until, inputsDigest: _digest, ...plan }: RecordedPlan): CapacityPlan {
  return { ...plan, to: until };
}

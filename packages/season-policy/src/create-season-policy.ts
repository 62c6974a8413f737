// Ring 3: the season policy over an event log. Reads come from memory, which follows the log by `apply` (fed from a tail) or
// `refresh` (reads the streams); writes decide on the stream itself.
import { createCodec } from "@wedsync/contracts";
import { capacityEvents, policyEvents, type SeasonPolicy } from "@wedsync/contracts/season-policy";
import {
  handleCommand,
  type AppendRefusal,
  type Clock,
  type DecodeFailure,
  type EventLog,
  type Metadata,
  type RecordedEvent,
} from "@wedsync/event-log";
import {
  capacityDecider,
  planOf,
  type CapacityCommand,
  type CapacityRefusal,
  type Forecast,
} from "./capacity-decider.js";
import type { CapacityPlan } from "./capacity-plan.js";
import { multiplierAt, type MultiplierDecision, type MultiplierQuestion } from "./multiplier.js";
import { planCapacity } from "./plan-capacity.js";
import { marketsTouched, planInputsDigest } from "./plan-inputs.js";
import type { PlanRequest } from "./plan-request.js";
import { policyDecider, type PolicyRefusal } from "./policy-decider.js";
import { createStreamCache, type ApplyResult } from "./stream-cache.js";
import { wantedCapacity, type WantedCapacity, type WantedQuestion } from "./wanted-capacity.js";

export interface SeasonPolicyOptions {
  readonly log: Pick<EventLog, "append" | "readStream">;
  readonly clock: Clock;
  readonly ids: {
    /** A fresh event id. */
    event(): string;
    /** The stream of something with a name, always the same for the same names. */
    stream(category: string, ...names: readonly string[]): string;
  };
  /** Name of the policy that decides; the others are ignored. `default` when absent. */
  readonly name?: string;
}

/** Who asks; the time is put in. */
export type SeasonMeta = Omit<Metadata, "time">;

/** The log did not take the events: `append_refused` (fenced, not storable) or `unreadable` (written by a newer build). */
export type SeasonTrouble =
  | { readonly code: "append_refused"; readonly message: string; readonly cause: AppendRefusal }
  | { readonly code: "unreadable"; readonly message: string; readonly cause: DecodeFailure }
  | { readonly code: "no_policy"; readonly message: string };

export type SeasonWritten<Value, Refusal> =
  | { readonly ok: true; readonly changed: boolean; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal | SeasonTrouble };

export interface Seasons {
  /** Puts a policy in force. `touched`: the markets whose demand in the coming `horizonMs` (30 days when absent) differs. */
  activate(
    policy: unknown,
    meta: SeasonMeta,
    horizonMs?: number,
  ): Promise<SeasonWritten<{ readonly policy: SeasonPolicy; readonly touched: readonly string[] }, PolicyRefusal>>;
  recordForecast(forecast: Forecast, meta: SeasonMeta): Promise<SeasonWritten<Forecast, CapacityRefusal>>;
  /**
   * Plans under the policy in force; the same inputs again change nothing and give the recorded plan.
   * @throws SeasonError as `planCapacity`
   */
  plan(request: Omit<PlanRequest, "policy">, meta: SeasonMeta): Promise<SeasonWritten<CapacityPlan, CapacityRefusal>>;
  /** The policy in force; from memory, as all below. */
  policy(): SeasonPolicy | undefined;
  forecast(market: string, model: string): Forecast | undefined;
  currentPlan(market: string): CapacityPlan | undefined;
  /** Absent without a policy. @throws SeasonError as `multiplierAt` */
  multiplierAt(question: MultiplierQuestion): MultiplierDecision | undefined;
  /** What the market's plan and its backlog ask for now; absent without a plan. */
  wanted(market: string, question: Omit<WantedQuestion, "plan" | "now">): WantedCapacity | undefined;
  /** Takes in one event of the log. `behind`: events of its stream were missed, call `refresh`. */
  apply(event: RecordedEvent): ApplyResult;
  /** Reads the policy's stream and those of the known markets and of those named. */
  refresh(markets?: readonly string[]): Promise<void>;
}

const policyCategory = "season";
const capacityCategory = "capacity";
const policyCodec = createCodec(policyEvents);
const capacityCodec = createCodec(capacityEvents);
const monthMs = 30 * 24 * 3_600_000;

/** The season policy of one name, over an event log. */
export function createSeasonPolicy(options: SeasonPolicyOptions): Seasons {
  const { log, clock, ids, name = "default" } = options;
  const policyStream = ids.stream(policyCategory, name);
  const policies = createStreamCache(policyCategory, policyCodec, policyDecider, policyStream);
  const capacities = createStreamCache(capacityCategory, capacityCodec, capacityDecider);
  const streamOf = (market: string): string => ids.stream(capacityCategory, market);
  const policy = (): SeasonPolicy | undefined => policies.state(policyStream).policy;
  const currentPlan = (market: string): CapacityPlan | undefined => {
    const { plan } = capacities.state(streamOf(market));
    return plan === undefined ? undefined : planOf(plan);
  };
  const written = (meta: SeasonMeta) => ({
    log,
    class: "control" as const,
    meta: { ...meta, time: clock.now() },
    newId: ids.event,
  });

  const runCapacity = async (market: string, command: CapacityCommand, meta: SeasonMeta) => {
    const stream = streamOf(market);
    const at = { codec: capacityCodec, category: capacityCategory, stream };
    const outcome = await handleCommand(capacityDecider, command, { ...written(meta), ...at });
    if (outcome.ok) await capacities.load(log, stream);
    return outcome;
  };

  return {
    policy,
    currentPlan,
    forecast: (market, model) => {
      const { forecasts } = capacities.state(streamOf(market));
      return Object.hasOwn(forecasts, model) ? forecasts[model] : undefined;
    },
    multiplierAt: (question) => {
      const inForce = policy();
      return inForce === undefined ? undefined : multiplierAt(inForce, question);
    },
    wanted: (market, question) => {
      const plan = currentPlan(market);
      return plan === undefined ? undefined : wantedCapacity({ ...question, plan, now: clock.now() });
    },
    activate: async (json, meta, horizonMs = monthMs) => {
      await policies.load(log, policyStream);
      const before = policy();
      const at = { codec: policyCodec, category: policyCategory, stream: policyStream };
      const outcome = await handleCommand(
        policyDecider,
        { kind: "activate", policy: json },
        { ...written(meta), ...at },
      );
      if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
      await policies.load(log, policyStream);
      const [event] = outcome.events;
      const activated = event?.data.policy ?? before;
      if (activated === undefined) throw new Error("An accepted activation left no policy in force.");
      const now = clock.now();
      const touched = marketsTouched(before, activated, { from: now, to: now + horizonMs });
      return { ok: true, changed: event !== undefined, value: { policy: activated, touched } };
    },
    recordForecast: async (forecast, meta) => {
      const outcome = await runCapacity(forecast.market, { kind: "record_forecast", forecast }, meta);
      if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
      return { ok: true, changed: outcome.events.length > 0, value: forecast };
    },
    plan: async (inputs, meta) => {
      const inForce = policy();
      if (inForce === undefined) {
        return { ok: false, refusal: { code: "no_policy", message: "No policy is in force; activate one first." } };
      }
      const request: PlanRequest = { ...inputs, policy: inForce };
      const inputsDigest = planInputsDigest(request);
      // Planned already, as far as memory knows: the stream would only say the same.
      const known = capacities.state(streamOf(request.market)).plan;
      if (known?.inputsDigest === inputsDigest) return { ok: true, changed: false, value: planOf(known) };
      const plan = planCapacity(request);
      const outcome = await runCapacity(request.market, { kind: "plan", plan, inputsDigest }, meta);
      if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
      return { ok: true, changed: outcome.events.length > 0, value: plan };
    },
    apply: (event) => (event.category === policyCategory ? policies.apply(event) : capacities.apply(event)),
    refresh: async (markets = []) => {
      await policies.load(log, policyStream);
      for (const stream of new Set([...capacities.streams(), ...markets.map(streamOf)])) {
        await capacities.load(log, stream);
      }
    },
  };
}

type NotDone<Refusal> =
  | { readonly ok: false; readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly ok: false; readonly kind: "append_refused"; readonly refusal: AppendRefusal }
  | { readonly ok: false; readonly kind: "unreadable"; readonly failure: DecodeFailure };

function refusalOf<Refusal>(outcome: NotDone<Refusal>): Refusal | SeasonTrouble {
  if (outcome.kind === "refused") return outcome.refusal;
  if (outcome.kind === "append_refused") {
    return { code: "append_refused", message: "The log refused to write; see the cause.", cause: outcome.refusal };
  }
  const message = "The stream holds an event this build cannot read; deploy the newer build.";
  return { code: "unreadable", message, cause: outcome.failure };
}

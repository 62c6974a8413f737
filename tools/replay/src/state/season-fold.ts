// Season, forecast and capacity as a fold of the log: the policy in force, and of each market the newest forecast and plan.
import { createCodec } from "@wedsync/contracts";
import { capacityEvents, policyEvents, type Reason } from "@wedsync/contracts/season-policy";
import type { RecordedEvent } from "@wedsync/event-log";
import { dateOfDay, isValidZone, localTime } from "@wedsync/scheduler";
import {
  multiplierAt,
  parsePolicy,
  stepAt,
  type Forecast,
  type RecordedPlan,
  type SeasonPolicy,
} from "@wedsync/season-policy";
import { fail } from "../problem.js";

interface DayForecast {
  readonly model: string;
  readonly modelVersion: string;
  /** The last day whose bookings the model knew. */
  readonly origin: string;
  readonly day: Forecast["days"][number];
}

export interface MarketState {
  /** Demand of the local day against a quiet day; null when the policy has no such market. */
  readonly multiplier: number | null;
  readonly season: string | null;
  /** The rules that made the multiplier. */
  readonly reasons: readonly Reason[];
  readonly capacity: {
    readonly slots: number;
    readonly mode: "shadow" | "active";
    readonly from: string;
    readonly until: string;
    readonly policyVersion: number;
    readonly reasons: readonly Reason[];
  } | null;
  /** The newest forecast of the local day that is asked about, or else of the next day that one reaches. */
  readonly forecast: DayForecast | null;
}

export interface SeasonState {
  readonly policy: { readonly name: string; readonly version: number } | null;
  /** Every market that the policy, a forecast or a plan names. */
  readonly markets: Readonly<Record<string, MarketState>>;
}

const policies = createCodec(policyEvents);
const capacities = createCodec(capacityEvents);
const iso = (instant: number): string => new Date(instant).toISOString();

/** The policy that an event puts in force. Fails on one that fits its schema and still makes no sense. */
export function activatedPolicy(event: RecordedEvent): SeasonPolicy | undefined {
  const decoded = policies.decode(event);
  if (!decoded.ok) return undefined;
  const checked = parsePolicy(decoded.event.data.policy);
  if (checked.ok) return checked.policy;
  const [first] = checked.issues;
  return fail(
    "event_poison",
    `Position ${event.position} holds ${event.type} with a policy that does not hold together${first === undefined ? "" : ` (rule ${first.rule})`}: the log was tampered with, or a faulty release wrote it.`,
    event.position,
  );
}

export class SeasonFold {
  #policy: SeasonPolicy | undefined;
  /** By market and day. A forecast begins after its origin, so that the one for today is of an earlier day. */
  readonly #forecasts = new Map<string, ReadonlyMap<string, DayForecast>>();
  readonly #plans = new Map<string, RecordedPlan>();

  see(event: RecordedEvent): void {
    if (event.type === "SeasonPolicyActivated") this.#policy = activatedPolicy(event);
    if (event.type !== "DemandForecast" && event.type !== "CapacityPlanned") return;
    const decoded = capacities.decode(event);
    if (!decoded.ok) return;
    const { type, data } = decoded.event;
    if (type === "DemandForecast") this.#forecast(data);
    else this.#plans.set(data.market, data);
  }

  /** @param at the instant that is asked about, epoch milliseconds */
  state(at: number): SeasonState {
    const policy = this.#policy;
    const names = new Set([...Object.keys(policy?.markets ?? {}), ...this.#forecasts.keys(), ...this.#plans.keys()]);
    return {
      policy: policy === undefined ? null : { name: policy.name, version: policy.version },
      markets: Object.fromEntries([...names].toSorted().map((market) => [market, this.#market(market, at)])),
    };
  }

  #market(market: string, at: number): MarketState {
    const policy = this.#policy;
    const data = policy !== undefined && Object.hasOwn(policy.markets, market) ? policy.markets[market] : undefined;
    const decision = policy === undefined || data === undefined ? undefined : multiplierAt(policy, { market, at });
    const plan = this.#plans.get(market);
    const today = localDay(at, data?.zone ?? plan?.zone ?? "UTC");
    return {
      multiplier: decision?.multiplier ?? null,
      season: decision?.season ?? null,
      reasons: decision?.reasons ?? [],
      capacity: plan === undefined ? null : capacityAt(plan, at),
      forecast: forecastOf(this.#forecasts.get(market), today),
    };
  }

  #forecast({ market, model, modelVersion, origin, days }: Forecast): void {
    // Days before the origin are over: nobody asks about them after this event.
    const known = [...(this.#forecasts.get(market) ?? [])].filter(([date]) => date >= origin);
    const told = days.map((day) => [day.date, { model, modelVersion, origin, day }] as const);
    this.#forecasts.set(market, new Map([...known, ...told]));
  }
}

const localDay = (at: number, zone: string): string => dateOfDay(localTime(at, isValidZone(zone) ? zone : "UTC").day);

function forecastOf(days: ReadonlyMap<string, DayForecast> | undefined, today: string): DayForecast | null {
  const [next] = [...(days ?? [])]
    .filter(([date]) => date >= today)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return next?.[1] ?? null;
}

function capacityAt(plan: RecordedPlan, at: number): NonNullable<MarketState["capacity"]> {
  const { slots, reasons } = stepAt(plan, at);
  const { mode, policyVersion } = plan;
  return { slots, mode, from: iso(plan.from), until: iso(plan.until), policyVersion, reasons };
}

// What the scaling routes answer, from the newest look at the queue and the plans on the log.
import { Inject, Injectable } from "@nestjs/common";
import { problem } from "@wedsync/adapter-http";
import type { WorkerLeases } from "@wedsync/adapter-postgres";
import type { Clock } from "@wedsync/event-log";
import type { Registry } from "@wedsync/registry";
import { stepAt, wantedCapacity, type CapacityPlan, type Forecast } from "@wedsync/season-policy";
import type { Environment } from "../config/environment.js";
import { forecastModel } from "../planning/market-forecast.js";
import { plannedAs } from "../planning/planned-as.js";
import { windowsOf } from "../planning/windows.js";
import { CLOCK, ENVIRONMENT, LEASES, REGISTRY } from "../platform/tokens.js";
import { ScalingRole, type ScalingLook } from "../roles/scaling.role.js";

const hourMs = 3_600_000;
const instant = (at: number): string => new Date(at).toISOString();
const copied = <Value>(values: readonly Value[]): Value[] => [...values];

@Injectable()
export class ScalingView {
  constructor(
    private readonly scaling: ScalingRole,
    @Inject(LEASES) private readonly leases: WorkerLeases,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async all() {
    const look = this.#look();
    const { wanted, backlog, count, oldestAgeMs } = look;
    const workers = await this.leases.list();
    const policyVersion = this.scaling.seasons.policy()?.version;
    return {
      now: instant(look.at),
      mode: this.environment.WEDSYNC_CAPACITY_MODE,
      floor: this.scaling.floor,
      cap: this.scaling.cap,
      ...(policyVersion === undefined ? {} : { policyVersion }),
      wantedSlots: wanted.slots,
      plannedSlots: wanted.planned,
      presentSlots: workers.reduce((sum, { slots }) => sum + slots, 0),
      reasons: copied(wanted.reasons),
      backlog: {
        count,
        oldestAgeMs,
        tiers: backlog.map((row) => ({
          market: row.market,
          tier: row.tier,
          count: row.count,
          oldestAgeMs: look.at - row.oldestDue,
        })),
      },
      arrivalsPerSecond: look.arrivalRate,
      executionsPerSlotAndSecond: look.ratePerSlot,
      markets: look.plans.map((plan) => this.#market(plan, look)),
    };
  }

  /** In shadow mode the plan has no part in it: then `plannedSlots` is the floor. */
  keda() {
    const { wanted, count, oldestAgeMs } = this.#look();
    const isActive = this.environment.WEDSYNC_CAPACITY_MODE === "active";
    return {
      wantedSlots: wanted.slots,
      plannedSlots: isActive ? wanted.planned : this.scaling.floor,
      backlog: count,
      backlogAgeSeconds: oldestAgeMs / 1_000,
    };
  }

  async windows(hours: number) {
    const { seasons, demand } = this.scaling;
    const policy = seasons.policy();
    const now = this.clock.now();
    const plans = this.#look().plans.filter((plan) => plan.to > now);
    const from = Math.floor(now / hourMs) * hourMs;
    const to = plans.reduce((latest, plan) => Math.max(latest, plan.to), from);
    const due = policy === undefined ? [] : await demand.dueByHour({ from, to });
    const moduleTypes = this.registry.list().map(({ type }) => type);
    return {
      markets: plans.map((plan) => {
        const { market, zone } = plan;
        const { maintenance, freeze } = windowsOf({
          plan,
          forecast: seasons.forecast(market, forecastModel),
          due: due.filter((row) => policy !== undefined && plannedAs(policy, row.market) === market),
          moduleTypes,
          durationMs: hours * hourMs,
          now,
        });
        return {
          market,
          zone,
          maintenance: maintenance.map((window) => ({
            ...window,
            from: instant(window.from),
            to: instant(window.to),
            reasons: copied(window.reasons),
          })),
          freeze: freeze.map(({ moduleType, firstDay, lastDay, reasons, ...window }) => ({
            moduleType,
            firstDay,
            lastDay,
            from: instant(window.from),
            to: instant(window.to),
            reasons: copied(reasons),
          })),
        };
      }),
    };
  }

  #look(): ScalingLook {
    const look = this.scaling.last;
    if (look !== undefined) return look;
    throw problem(503, "scaling_unknown", "The queue could not be looked at for a minute; try again soon.");
  }

  #market(plan: CapacityPlan, look: ScalingLook) {
    const { market, mode, zone, policyVersion, steps } = plan;
    const policy = this.scaling.seasons.policy();
    const rows = look.backlog.filter((row) => policy !== undefined && plannedAs(policy, row.market) === market);
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    const oldestDue = rows.reduce((oldest, row) => Math.min(oldest, row.oldestDue), look.at);
    const wanted = wantedCapacity({
      plan,
      now: look.at,
      backlog: { count, oldestAgeMs: look.at - oldestDue },
      // Arrivals are counted for all markets together; a market has its share of what waits.
      arrivalRate: look.count === 0 ? 0 : (look.arrivalRate * count) / look.count,
    });
    const forecast = this.scaling.seasons.forecast(market, forecastModel);
    return {
      market,
      plannedSlots: stepAt(plan, look.at).slots,
      wantedSlots: wanted.slots,
      reasons: copied(wanted.reasons),
      plan: {
        mode,
        from: instant(plan.from),
        until: instant(plan.to),
        zone,
        policyVersion,
        steps: steps.map((step) => ({ at: instant(step.at), slots: step.slots, reasons: copied(step.reasons) })),
      },
      ...(forecast === undefined ? {} : { forecast: summaryOf(forecast) }),
    };
  }
}

function summaryOf({ origin, model, modelVersion, days, basis, historyDays, busyThreshold }: Forecast) {
  return {
    origin,
    model,
    modelVersion,
    ...(basis === undefined ? {} : { basis }),
    ...(historyDays === undefined ? {} : { historyDays }),
    ...(busyThreshold === undefined ? {} : { busyThreshold }),
    days: days.map(({ date, expected, intervals, busyProbability }) => {
      const { lower, upper } = intervals.find(({ level }) => level === 0.8) ?? { lower: expected, upper: expected };
      return { date, expected, lower, upper, busyProbability };
    }),
  };
}

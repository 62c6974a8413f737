// What autoscalers and people watch: planned and wanted slots, and the queue by tier.
import { Gauge, type Registry } from "prom-client";

export interface ScalingMetrics {
  readonly planned: Gauge;
  readonly wanted: Gauge;
  readonly pool: Gauge;
  readonly plannedOfMarket: Gauge<"market">;
  readonly backlog: Gauge<"tier">;
  readonly oldestAge: Gauge<"tier">;
}

export function createScalingMetrics(registry: Registry): ScalingMetrics {
  const registers = [registry];
  return {
    planned: new Gauge({ name: "wedsync_capacity_planned_slots", help: "Worker slots the plans ask for", registers }),
    wanted: new Gauge({ name: "wedsync_capacity_wanted_slots", help: "Worker slots wanted now", registers }),
    pool: new Gauge({ name: "wedsync_worker_slots", help: "Worker slots of this process", registers }),
    plannedOfMarket: new Gauge({
      name: "wedsync_capacity_market_planned_slots",
      help: "Worker slots the plan of a market asks for",
      labelNames: ["market"],
      registers,
    }),
    backlog: new Gauge({
      name: "wedsync_backlog_executions",
      help: "Executions due and not started",
      labelNames: ["tier"],
      registers,
    }),
    oldestAge: new Gauge({
      name: "wedsync_backlog_oldest_age_seconds",
      help: "Since the oldest of them was due",
      labelNames: ["tier"],
      registers,
    }),
  };
}

// The process's Prometheus metrics, in one registry so that nothing is unwatched and nothing is counted twice.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly registry: Registry;
  readonly started: Counter<"tier" | "module">;
  readonly finished: Counter<"module" | "outcome">;
  readonly refusedClaims: Counter<"reason">;
  readonly startDelay: Histogram<"tier">;
  readonly attemptDuration: Histogram<"module">;
  readonly openSlots: Gauge;
  readonly indexed: Gauge;
  readonly requests: Histogram<"operation" | "status">;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "wedsync_" });
  const registers = [registry];
  return {
    registry,
    started: new Counter({
      name: "wedsync_executions_started_total",
      help: "Attempts started",
      labelNames: ["tier", "module"],
      registers,
    }),
    finished: new Counter({
      name: "wedsync_attempts_finished_total",
      help: "Attempts ended, by outcome",
      labelNames: ["module", "outcome"],
      registers,
    }),
    refusedClaims: new Counter({
      name: "wedsync_claims_refused_total",
      help: "Claims the log refused",
      labelNames: ["reason"],
      registers,
    }),
    startDelay: new Histogram({
      name: "wedsync_due_to_started_seconds",
      help: "Due to started",
      labelNames: ["tier"],
      buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300],
      registers,
    }),
    attemptDuration: new Histogram({
      name: "wedsync_attempt_seconds",
      help: "Claim to outcome",
      labelNames: ["module"],
      registers,
    }),
    openSlots: new Gauge({ name: "wedsync_worker_free_slots", help: "Slots that could take work", registers }),
    indexed: new Gauge({
      name: "wedsync_dispatch_index_items",
      help: "Executions in the dispatcher's memory",
      registers,
    }),
    requests: new Histogram({
      name: "wedsync_http_request_seconds",
      help: "HTTP requests",
      labelNames: ["operation", "status"],
      registers,
    }),
  };
}

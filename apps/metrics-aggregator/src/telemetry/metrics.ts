// The process's Prometheus metrics. The lag is measured when it is asked for, so that it is never an old figure.
import type { ProjectionLag } from "@wedsync/adapter-postgres";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<"operation" | "status">;
  /** Sets the lag gauges; generations that are gone are not shown any more. */
  showLag(lags: readonly ProjectionLag[]): void;
}

const labels = ["model", "generation", "status"] as const;

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "wedsync_" });
  const registers = [registry];
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `wedsync_projection_${name}`, help, labelNames: labels, registers });
  const position = gauge("position", "Log position a read model has applied");
  const events = gauge("lag_events", "Events between a read model and the head of the log");
  const seconds = gauge("lag_seconds", "Age of the oldest event a read model has not applied");
  const parked = gauge("parked_streams", "Streams a read model has parked");
  const ahead = gauge("ahead_of_log", "1 when the log does not hold the event a read model stands on");
  return {
    registry,
    requests: new Histogram({
      name: "wedsync_http_request_seconds",
      help: "HTTP requests",
      labelNames: ["operation", "status"],
      registers,
    }),
    showLag: (lags) => {
      for (const one of [position, events, seconds, parked, ahead]) one.reset();
      for (const lag of lags) {
        const of = { model: lag.model, generation: String(lag.generation), status: lag.status };
        position.set(of, Number(lag.position));
        events.set(of, lag.eventsBehind);
        seconds.set(of, lag.millisecondsBehind / 1_000);
        parked.set(of, lag.parkedCount);
        ahead.set(of, lag.isAheadOfLog ? 1 : 0);
      }
    },
  };
}

// Traces: a span a request and a span an attempt, joined by the trace context that the events carry. Nothing is registered
// globally; spans carry ids and codes, never values.
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
  type Context,
  type Span,
  type Tracer,
} from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";

export interface TracingOptions {
  /** Base address of an OTLP collector over HTTP; without it no span is recorded, and trace ids still reach the events. */
  readonly endpoint?: string;
  readonly region: string;
  readonly release: string;
}

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is left, at most five seconds. */
  close(): Promise<void>;
}

const propagator = new W3CTraceContextPropagator();

export function createTracing({ endpoint, region, release }: TracingOptions): Tracing {
  const exporter =
    endpoint === undefined ? undefined : new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": "wedsync-orchestrator",
      "service.version": release,
      "deployment.environment.name": region,
    }),
    // Somebody else's decision to record a trace is kept; where nobody decided, it is recorded when it has somewhere to go.
    sampler: new ParentBasedSampler({ root: exporter === undefined ? new AlwaysOffSampler() : new AlwaysOnSampler() }),
    spanProcessors: exporter === undefined ? [] : [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  return {
    tracer: provider.getTracer("wedsync", release),
    close: async () => {
      await provider.forceFlush({ timeoutMillis: 5_000 }).catch(() => undefined);
      await provider.shutdown().catch(() => undefined);
    },
  };
}

/** The context that W3C headers name; the root when they name none. */
export function contextOf(headers: Readonly<Record<string, unknown>>): Context {
  return propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

/** The span as a `traceparent` header. */
export function traceparentOf(span: Span): string | undefined {
  const headers: Record<string, string> = {};
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
  return headers["traceparent"];
}

// A span for every attempt that a worker carries out, under the request that asked for the execution.
import { SpanKind, SpanStatusCode, type Span, type Tracer } from "@opentelemetry/api";
import type { AttemptOutcome } from "@wedsync/scheduler";
import type { ClaimedExecution } from "../execution/hand-over.js";
import { contextOf } from "./tracing.js";

export interface AttemptSpan {
  ended(outcome: AttemptOutcome): void;
  /** The outcome could not be written. */
  unrecorded(): void;
}

/** @param traceparent trace context of the event that requested the execution */
export function startAttemptSpan(
  tracer: Tracer,
  claim: ClaimedExecution,
  { provider, traceparent }: { readonly provider: string; readonly traceparent?: string | undefined },
): AttemptSpan {
  const { item, attempt, tier } = claim;
  const span: Span = tracer.startSpan(
    `effect ${item.work.moduleType}`,
    {
      kind: SpanKind.CLIENT,
      attributes: {
        "wedsync.execution": item.execution,
        "wedsync.attempt": attempt,
        "wedsync.tier": tier,
        "wedsync.module": item.work.moduleType,
        "wedsync.provider": provider,
      },
    },
    contextOf(traceparent === undefined ? {} : { traceparent }),
  );
  return {
    ended: (outcome) => {
      span.setAttribute("wedsync.outcome", outcome.kind);
      if ("code" in outcome) span.setAttribute("error.type", outcome.code);
      if (outcome.kind !== "accepted") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
    unrecorded: () => {
      span.setAttribute("wedsync.outcome", "unrecorded");
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

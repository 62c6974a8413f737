// Accepting work: read the wedding, plan, append under the wedding's guard. A repeated request is answered with what was
// accepted first.
import { encodeAll, fold, loadState, type AppendResult, type Metadata } from "@wedsync/event-log";
import type { ExecutionEvent, Sealed, When, Work } from "@wedsync/contracts/scheduler";
import { executionCodec, weddingGuard } from "./claim.js";
import type { ScheduleProblem } from "./due-at.js";
import type { ExecutionRefusal, JourneyStep } from "./execution-command.js";
import { executionDecider, keyReused } from "./execution-decider.js";
import type { ExecutionState } from "./execution-state.js";
import { planWork, type ModuleRules } from "./plan-work.js";
import type { CallMeta, SchedulerOptions } from "./scheduler-options.js";
import { tierAt } from "./tier.js";
import type { WeddingRefusal, WeddingState } from "./wedding-decider.js";
import { loadWeddingStream, weddingFacts, weddingStreamOf } from "./wedding-stream.js";
import { unreadable, type LogTrouble, type Written } from "./written.js";

export interface ExecutionRequest {
  readonly execution: string;
  readonly vendor: string;
  readonly wedding: string;
  readonly module: ModuleRules;
  readonly when: When;
  readonly bodyDigest: string;
  readonly sealed: Sealed;
  readonly journey?: JourneyStep;
  /** Saves reading the wedding's stream when the caller just did; re-read if it proves stale. */
  readonly known?: WeddingState;
  readonly bulk?: boolean;
}

export type RequestRefusal = ExecutionRefusal | WeddingRefusal | Omit<ScheduleProblem, "ok"> | LogTrouble;
export type Requested = Written<ExecutionState, RequestRefusal> & { readonly repeated?: boolean };

const refused = (refusal: RequestRefusal): Requested => ({ ok: false, refusal });

export async function requestExecution(
  options: SchedulerOptions,
  request: ExecutionRequest,
  meta: CallMeta,
): Promise<Requested> {
  let { known } = request;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (known === undefined) {
      const loaded = await loadWeddingStream(options, weddingStreamOf(options, request.vendor, request.wedding));
      if (!loaded.ok) return refused(unreadable(loaded.failure));
      known = loaded.state;
    }
    if (known.status === "none")
      return refused({ code: "wedding_unknown", message: "There is no such wedding; book it first." });
    // Nothing new is accepted for a cancelled wedding, but what was accepted before is still the answer to its key.
    if (known.status === "cancelled") return await repeated(options, request);
    const now = options.clock.now();
    const facts = weddingFacts(options, request.vendor, request.wedding, known);
    const planned = planWork(request.when, facts, request.module, options.criticalUntilHour, now);
    if (!planned.ok) return refused({ code: planned.code, message: planned.message });
    const { when, bodyDigest, sealed, journey } = request;
    const decision = executionDecider.decide(
      {
        kind: "request",
        work: planned.work,
        when,
        bodyDigest,
        timeZoneData: options.timeZoneData,
        sealed,
        now,
        ...(journey === undefined ? {} : { journey }),
      },
      executionDecider.initialState,
    );
    if (!decision.ok) return refused(decision.refusal);
    const result = await append(options, request, planned.work, decision.events, { ...meta, time: now });
    if (result.ok) {
      const events = decision.events.map((event) => event.type);
      return { ok: true, changed: true, events, value: fold(executionDecider, decision.events), repeated: false };
    }
    if (result.code === "version_conflict") return await repeated(options, request);
    if (result.code !== "guard_refused")
      return refused({ code: "append_refused", message: "The log refused to write.", cause: result });
    known = undefined;
  }
  return refused({ code: "busy", message: "The wedding changes too fast; try again." });
}

async function append(
  { log, ids }: SchedulerOptions,
  { execution, bulk = false }: ExecutionRequest,
  work: Work,
  events: readonly ExecutionEvent[],
  meta: Metadata,
): Promise<AppendResult> {
  const { tier } = tierAt(meta.time, work.window, work.defaultTier);
  return await log.append({
    class: bulk ? "bulk" : tier === "critical" ? "critical" : "normal",
    meta: { ...meta, vendor: work.vendor, market: work.market },
    streams: [
      {
        category: "execution",
        stream: execution,
        expectedVersion: 0,
        events: encodeAll(executionCodec, events, ids.event),
      },
    ],
    guards: [weddingGuard(work)],
  });
}

/** The execution exists: the same request is answered with it, another body is refused. */
async function repeated({ log }: SchedulerOptions, request: ExecutionRequest): Promise<Requested> {
  const existing = await loadState(log, executionCodec, executionDecider, "execution", request.execution);
  if (!existing.ok) return refused(unreadable(existing.failure));
  const { state } = existing;
  if (state.phase === "none") {
    const message = "The wedding was cancelled; nothing is accepted for it.";
    return refused({ code: "wedding_cancelled", message });
  }
  // A journey step keeps what was accepted first, also after the journey was edited.
  if (request.journey === undefined && state.bodyDigest !== request.bodyDigest) return refused(keyReused);
  return { ok: true, changed: false, events: [], value: state, repeated: true };
}

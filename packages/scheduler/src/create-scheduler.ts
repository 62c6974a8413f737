// Ring 3: the scheduler over an event log. Every method loads what it decides on, appends, and answers with a typed result;
// nothing here knows where the log is kept.
import { createCodec } from "@wedsync/contracts";
import { journeyEvents, type Sealed } from "@wedsync/contracts/scheduler";
import { handleCommand, loadState, type LoadedState } from "@wedsync/event-log";
import { changeExecution, type ExecutionChange } from "./change-execution.js";
import { claimOf, executionCodec, type Claim, type ClaimOptions } from "./claim.js";
import {
  endAttempt,
  type AttemptLoss,
  type AttemptReport,
  type AttemptResult,
  type EffectStart,
} from "./end-attempt.js";
import { executionDecider } from "./execution-decider.js";
import type { ExecutionState } from "./execution-state.js";
import { followWedding } from "./follow-wedding.js";
import { runHold } from "./hold-stream.js";
import { journeyDecider, type JourneyCommand, type JourneyState } from "./journey-decider.js";
import type { PendingItem } from "./pending-item.js";
import { requestExecution, type ExecutionRequest, type Requested } from "./request-execution.js";
import { timed, type CallMeta, type SchedulerOptions } from "./scheduler-options.js";
import type { WeddingCommand, WeddingRefusal, WeddingState } from "./wedding-decider.js";
import { loadWeddingStream, runWedding, weddingStreamOf } from "./wedding-stream.js";
import { toWritten, type Written } from "./written.js";

const journeys = createCodec(journeyEvents);

export type Scheduler = ReturnType<typeof createScheduler>;

/** Binds the scheduler to a log, a clock and ids. */
export function createScheduler(options: SchedulerOptions) {
  const { log, clock, ids } = options;
  const change = async (execution: string, command: ExecutionChange, meta: CallMeta) =>
    await changeExecution({ log, newId: ids.event }, execution, command, timed(options, meta));
  const attempts = () => endAttempt({ log, newId: ids.event, meta: timed(options, options.systemMeta) });

  return {
    weddingStream: (vendor: string, wedding: string): string => weddingStreamOf(options, vendor, wedding),

    loadWedding: async (vendor: string, wedding: string): Promise<LoadedState<WeddingState>> =>
      await loadWeddingStream(options, weddingStreamOf(options, vendor, wedding)),

    /** Accepts an execution, or answers with the one that was accepted under this key (`repeated`). */
    requestExecution: async (request: ExecutionRequest, meta: CallMeta): Promise<Requested> =>
      await requestExecution(options, request, meta),

    /** Books a wedding, or changes it; a changed schedule moves it. */
    putWedding: async (
      vendor: string,
      command: Omit<Extract<WeddingCommand, { kind: "put" }>, "kind">,
      meta: CallMeta,
      bulk = false,
    ): Promise<Written<WeddingState, WeddingRefusal>> =>
      await runWedding(options, { kind: "put", ...command }, { vendor, wedding: command.weddingId, meta, bulk }),

    cancelWedding: async (
      vendor: string,
      wedding: string,
      meta: CallMeta,
      { bulk = false, cancelledOn }: { readonly bulk?: boolean; readonly cancelledOn?: string } = {},
    ): Promise<Written<WeddingState, WeddingRefusal>> =>
      await runWedding(
        options,
        { kind: "cancel", ...(cancelledOn === undefined ? {} : { cancelledOn }) },
        { vendor, wedding, meta, bulk },
      ),

    /** Records that a journey's steps were accepted; after them, so that a crash in between only repeats. */
    markJourneyApplied: async (
      vendor: string,
      wedding: string,
      journeyId: string,
      version: number,
      meta: CallMeta,
      bulk = false,
    ) => await runWedding(options, { kind: "apply_journey", journeyId, version }, { vendor, wedding, meta, bulk }),

    defineJourney: async (
      vendor: string,
      command: Omit<JourneyCommand, "kind">,
      meta: CallMeta,
    ): Promise<Written<JourneyState, never>> =>
      toWritten(
        await handleCommand(
          journeyDecider,
          { kind: "define", ...command },
          {
            log,
            codec: journeys,
            category: "journey",
            stream: ids.stream("journey", vendor, command.journeyId),
            class: "control",
            meta: timed(options, { ...meta, vendor }),
            newId: ids.event,
          },
        ),
      ),

    journey: async (vendor: string, journeyId: string): Promise<JourneyState | undefined> => {
      const loaded = await loadState(
        log,
        journeys,
        journeyDecider,
        "journey",
        ids.stream("journey", vendor, journeyId),
      );
      return loaded.ok && loaded.state.version > 0 ? loaded.state : undefined;
    },

    execution: async (execution: string): Promise<LoadedState<ExecutionState>> =>
      await loadState(log, executionCodec, executionDecider, "execution", execution),

    cancelExecution: async (execution: string, cause: string, meta: CallMeta) =>
      await change(execution, { kind: "cancel", cause }, meta),
    redrive: async (execution: string, meta: CallMeta) =>
      await change(execution, { kind: "redrive", now: clock.now() }, meta),
    releaseExecution: async (execution: string, meta: CallMeta) =>
      await change(execution, { kind: "release", now: clock.now() }, meta),
    settle: async (
      execution: string,
      outcome: "delivered" | "not-delivered" | "retry",
      evidence: Sealed,
      meta: CallMeta,
    ) => await change(execution, { kind: "settle", outcome, evidence, now: clock.now() }, meta),

    hold: async (scope: string, cause: string, meta: CallMeta) =>
      await runHold(options, { kind: "pause", scope, cause }, meta),
    release: async (scope: string, meta: CallMeta) => await runHold(options, { kind: "resume", scope }, meta),

    /** The append that starts an item; undefined when it cannot start. */
    claim: (
      item: PendingItem,
      claimOptions: Omit<ClaimOptions, "newId" | "meta" | "timeZoneData">,
    ): Claim | undefined =>
      claimOf(item, {
        ...claimOptions,
        timeZoneData: options.timeZoneData,
        newId: ids.event,
        meta: { ...options.systemMeta, correlationId: item.execution },
      }),

    beginEffect: async (item: PendingItem, start: EffectStart): Promise<AttemptResult> =>
      await attempts().begin(item, start),

    reportOutcome: async (item: PendingItem, report: AttemptReport): Promise<AttemptResult> =>
      await attempts().report(item, report),

    loseAttempt: async (execution: string, loss: AttemptLoss): Promise<AttemptResult> =>
      await attempts().lose(execution, loss),

    /** Brings not-started work of a wedding in line with its present schedule. Idempotent; may be interrupted anywhere. */
    followWedding: async (stream: string, items: readonly PendingItem[]): Promise<void> =>
      await followWedding(options, stream, items),
  };
}

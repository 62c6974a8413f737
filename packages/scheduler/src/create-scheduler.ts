// Ring 3: the scheduler over an event log. Every method loads what it decides on, appends, and answers with a typed result;
// nothing here knows where the log is kept.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, journeyEvents, weddingEvents, type When } from "@wedsync/contracts/scheduler";
import {
  handleCommand,
  loadState,
  type Clock,
  type EventLog,
  type LoadedState,
  type Metadata,
} from "@wedsync/event-log";
import { claimOf, executionCodec, weddingGuard, type Claim, type ClaimOptions } from "./claim.js";
import { changeExecution, type ExecutionChange } from "./change-execution.js";
import {
  endAttempt,
  type AttemptReport,
  type AttemptLoss,
  type AttemptResult,
  type EffectStart,
} from "./end-attempt.js";
import { executionDecider } from "./execution-decider.js";
import type { ExecutionRefusal, JourneyStep } from "./execution-command.js";
import type { ExecutionState } from "./execution-state.js";
import { holdDecider, type HoldRefusal } from "./hold-decider.js";
import { journeyDecider, type JourneyCommand, type JourneyState } from "./journey-decider.js";
import type { PendingItem } from "./pending-item.js";
import { moveWork, planWork, type ModuleRules, type WeddingFacts } from "./plan-work.js";
import type { ScheduleProblem } from "./due-at.js";
import { toWritten, type LogTrouble, type Written } from "./written.js";
import { weddingDecider, type WeddingCommand, type WeddingRefusal, type WeddingState } from "./wedding-decider.js";
import type { Sealed } from "@wedsync/contracts/scheduler";
import type { TierDays } from "./tier.js";

/** Who asks; the time is put in. */
export type CallMeta = Omit<Metadata, "time">;

export interface SchedulerOptions {
  readonly log: Pick<EventLog, "append" | "appendTogether" | "readStream">;
  readonly clock: Clock;
  readonly ids: {
    event(): string;
    stream(category: string, ...names: readonly string[]): string;
  };
  /** Local hour until which work stays critical after the last day; see `DispatchPolicy`. */
  readonly criticalUntilHour: number;
  /** Version of the time-zone tables of this runtime; recorded, because another runtime may resolve other instants. */
  readonly timeZoneData: string;
  /** Tier days of a module version, for work that is moved. */
  readonly tierDays: (
    moduleType: string,
    version: number,
  ) => { readonly highDaysBefore: number; readonly criticalDaysBefore: number };
  /** Metadata of what the platform does by itself. */
  readonly systemMeta: CallMeta;
}

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
const weddings = createCodec(weddingEvents);
const journeys = createCodec(journeyEvents);
const dispatch = createCodec(dispatchEvents);

export type Scheduler = ReturnType<typeof createScheduler>;

/** Binds the scheduler to a log, a clock and ids. */
export function createScheduler(options: SchedulerOptions) {
  const { log, clock, ids } = options;
  const weddingStream = (vendor: string, wedding: string): string => ids.stream("wedding", vendor, wedding);
  const timed = (meta: CallMeta): Metadata => ({ ...meta, time: clock.now() });

  const loadWedding = async (vendor: string, wedding: string): Promise<LoadedState<WeddingState>> =>
    await loadState(log, weddings, weddingDecider, "wedding", weddingStream(vendor, wedding));

  const runWedding = async (vendor: string, wedding: string, command: WeddingCommand, meta: CallMeta, bulk: boolean) =>
    toWritten(
      await handleCommand(weddingDecider, command, {
        log,
        codec: weddings,
        category: "wedding",
        stream: weddingStream(vendor, wedding),
        class: bulk ? "bulk" : "control",
        meta: timed({ ...meta, vendor }),
        newId: ids.event,
      }),
    );

  const runHold = async (
    command: Parameters<typeof holdDecider.decide>[0],
    meta: CallMeta,
  ): Promise<Written<{ paused: boolean }, HoldRefusal>> =>
    toWritten(
      await handleCommand(holdDecider, command, {
        log,
        codec: holdCodec,
        category: "hold",
        stream: ids.stream("hold", command.scope),
        class: "control",
        meta: timed(meta),
        newId: ids.event,
      }),
    );

  const factsOf = (vendor: string, wedding: string, state: WeddingState): WeddingFacts => ({
    vendor,
    wedding,
    weddingStream: weddingStream(vendor, wedding),
    market: state.market,
    schedule: state.schedule,
    scheduleVersion: state.scheduleVersion,
  });

  const requestExecution = async (
    request: ExecutionRequest,
    meta: CallMeta,
  ): Promise<Written<ExecutionState, RequestRefusal> & { readonly repeated?: boolean }> => {
    const { vendor, wedding, module, when, bodyDigest, sealed, journey, bulk = false } = request;
    let known = request.known;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      let state = known;
      if (state === undefined) {
        const loaded = await loadWedding(vendor, wedding);
        if (!loaded.ok)
          return {
            ok: false,
            refusal: {
              code: "unreadable",
              message: "The wedding's stream is newer than this build.",
              cause: loaded.failure,
            },
          };
        state = loaded.state;
      }
      if (state.status === "none")
        return { ok: false, refusal: { code: "wedding_unknown", message: "There is no such wedding; book it first." } };
      const now = clock.now();
      const planned = planWork(when, factsOf(vendor, wedding, state), module, options.criticalUntilHour, now);
      if (!planned.ok) return { ok: false, refusal: { code: planned.code, message: planned.message } };
      const { work } = planned;
      const weddingCancelled = state.status === "cancelled";
      const decision = executionDecider.decide(
        {
          kind: "request",
          work,
          when,
          bodyDigest,
          timeZoneData: options.timeZoneData,
          sealed,
          now,
          ...(journey === undefined ? {} : { journey }),
        },
        executionDecider.initialState,
      );
      if (!decision.ok) return { ok: false, refusal: decision.refusal };
      const result = weddingCancelled
        ? undefined
        : await log.append({
            class: bulk
              ? "bulk"
              : work.window.criticalFrom <= now && now < work.window.criticalUntil
                ? "critical"
                : "normal",
            meta: { ...meta, time: now, vendor, market: work.market },
            streams: [
              {
                category: "execution",
                stream: request.execution,
                expectedVersion: 0,
                events: decision.events.map((event) => ({ id: ids.event(), ...executionCodec.encode(event) })),
              },
            ],
            guards: [weddingGuard(work)],
          });
      if (result?.ok === true) {
        let next = executionDecider.initialState;
        for (const event of decision.events) next = executionDecider.evolve(next, event);
        return {
          ok: true,
          changed: true,
          events: decision.events.map((event) => event.type),
          value: next,
          repeated: false,
        };
      }
      if (result === undefined || result.code === "version_conflict") {
        // The execution exists: the same request is answered with it, another body is refused.
        const existing = await loadState(log, executionCodec, executionDecider, "execution", request.execution);
        if (!existing.ok)
          return {
            ok: false,
            refusal: {
              code: "unreadable",
              message: "The execution's stream is newer than this build.",
              cause: existing.failure,
            },
          };
        if (existing.state.phase === "none") {
          return {
            ok: false,
            refusal: { code: "wedding_cancelled", message: "The wedding was cancelled; nothing is accepted for it." },
          };
        }
        // A journey step keeps what was accepted first, also after the journey was edited.
        if (journey === undefined && existing.state.bodyDigest !== bodyDigest) {
          return {
            ok: false,
            refusal: {
              code: "idempotency_key_reused",
              message: "This Idempotency-Key was used with another body; use a new key for a new request.",
            },
          };
        }
        return { ok: true, changed: false, events: [], value: existing.state, repeated: true };
      }
      if (result.code !== "guard_refused")
        return { ok: false, refusal: { code: "append_refused", message: "The log refused to write.", cause: result } };
      known = undefined;
    }
    return { ok: false, refusal: { code: "busy", message: "The wedding changes too fast; try again." } };
  };

  const change = async (execution: string, command: ExecutionChange, meta: CallMeta) =>
    await changeExecution({ log, newId: ids.event }, execution, command, timed(meta));

  return {
    loadWedding,
    requestExecution,
    weddingStream,

    /** Books a wedding, or changes it; a changed schedule moves it. */
    putWedding: async (
      vendor: string,
      command: Omit<Extract<WeddingCommand, { kind: "put" }>, "kind">,
      meta: CallMeta,
      bulk = false,
    ): Promise<Written<WeddingState, WeddingRefusal>> =>
      await runWedding(vendor, command.weddingId, { kind: "put", ...command }, meta, bulk),

    cancelWedding: async (
      vendor: string,
      wedding: string,
      meta: CallMeta,
      bulk = false,
    ): Promise<Written<WeddingState, WeddingRefusal>> =>
      await runWedding(vendor, wedding, { kind: "cancel" }, meta, bulk),

    /** Records that a journey's steps were accepted; after them, so that a crash in between only repeats. */
    markJourneyApplied: async (
      vendor: string,
      wedding: string,
      journeyId: string,
      version: number,
      meta: CallMeta,
      bulk = false,
    ) => await runWedding(vendor, wedding, { kind: "apply_journey", journeyId, version }, meta, bulk),

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
            meta: timed({ ...meta, vendor }),
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

    hold: async (scope: string, cause: string, meta: CallMeta) => await runHold({ kind: "pause", scope, cause }, meta),
    release: async (scope: string, meta: CallMeta) => await runHold({ kind: "resume", scope }, meta),

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
      await endAttempt({ log, newId: ids.event, meta: timed(options.systemMeta) }).begin(item, start),

    reportOutcome: async (item: PendingItem, report: AttemptReport): Promise<AttemptResult> =>
      await endAttempt({ log, newId: ids.event, meta: timed(options.systemMeta) }).report(item, report),

    loseAttempt: async (execution: string, loss: AttemptLoss): Promise<AttemptResult> =>
      await endAttempt({ log, newId: ids.event, meta: timed(options.systemMeta) }).lose(execution, loss),

    /** Brings not-started work of a wedding in line with its present schedule. Idempotent; may be interrupted anywhere. */
    followWedding: async (stream: string, items: readonly PendingItem[]): Promise<void> => {
      const loaded = await loadState(log, weddings, weddingDecider, "wedding", stream);
      if (!loaded.ok) return;
      const { state } = loaded;
      for (const item of items) {
        const meta: CallMeta = { ...options.systemMeta, vendor: item.work.vendor, correlationId: item.execution };
        if (state.status === "cancelled") {
          await change(item.execution, { kind: "cancel", cause: "wedding_cancelled" }, meta);
          continue;
        }
        if (item.work.scheduleVersion >= state.scheduleVersion) continue;
        const existing = await loadState(log, executionCodec, executionDecider, "execution", item.execution);
        if (!existing.ok || existing.state.work === undefined || existing.state.when === undefined) continue;
        const { work, when } = existing.state;
        const days: TierDays = {
          ...options.tierDays(work.moduleType, work.definitionVersion),
          criticalUntilHour: options.criticalUntilHour,
        };
        const next = moveWork(work, when, factsOf(work.vendor, work.wedding, state), days);
        await change(item.execution, { kind: "reschedule", work: next, cause: "wedding_moved" }, meta);
      }
    },
  };
}

const holdCodec = {
  encode: dispatch.encode,
  decode: (recorded: Parameters<typeof dispatch.decode>[0]) => {
    const decoded = dispatch.decode(recorded);
    if (!decoded.ok) return decoded;
    const { event } = decoded;
    if (event.type === "ScopePaused" || event.type === "ScopeResumed") return { ok: true as const, event };
    return {
      ok: false as const,
      code: "unknown_type" as const,
      type: recorded.type,
      schemaVersion: recorded.schemaVersion,
      message: "Not an event of a hold.",
    };
  },
};

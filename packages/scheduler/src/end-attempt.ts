// What a worker and the sweeper write about an attempt. On the usual path nothing is read: the claim told the version.
import { encodeAll, loadState, type EventLog, type Metadata } from "@wedsync/event-log";
import type { Work } from "@wedsync/contracts/scheduler";
import { executionCodec } from "./claim.js";
import type { AttemptOutcome, ExecutionCommand } from "./execution-command.js";
import { executionDecider } from "./execution-decider.js";
import { executionStateOf, type ExecutionState } from "./execution-state.js";
import type { PendingItem } from "./pending-item.js";
import type { RetryPolicy } from "./retry.js";
import { tierAt } from "./tier.js";

export interface EffectStart {
  /** Version of the stream after the claim. */
  readonly version: number;
  readonly attempt: number;
  readonly worker: string;
  readonly handover: string;
  readonly provider: string;
}

export interface AttemptReport extends EffectStart {
  readonly outcome: AttemptOutcome;
  readonly effectBegun: boolean;
  readonly now: number;
  readonly random: number;
  readonly retry: RetryPolicy;
}

export interface AttemptLoss {
  readonly attempt: number;
  readonly worker: string;
  readonly now: number;
  readonly random: number;
  readonly retryOf: (work: Work) => RetryPolicy;
}

export type AttemptResult =
  | { readonly ok: true; readonly version: number; readonly state: ExecutionState }
  | { readonly ok: false; readonly code: string };

interface Context {
  readonly log: Pick<EventLog, "append" | "readStream">;
  readonly newId: () => string;
  readonly meta: Metadata;
}

interface Known {
  readonly state: ExecutionState;
  readonly version: number;
}

export function endAttempt(context: Context) {
  const load = async (execution: string): Promise<Known | undefined> => {
    const loaded = await loadState(context.log, executionCodec, executionDecider, "execution", execution);
    return loaded.ok ? loaded : undefined;
  };

  /** Decides on what is known; on a conflict reads the stream and decides again. */
  const run = async (
    execution: string,
    commandFor: (state: ExecutionState) => ExecutionCommand,
    known: Known | undefined,
    isCritical: boolean,
  ): Promise<AttemptResult> => {
    let current = known ?? (await load(execution));
    for (let attempt = 0; attempt < 10; attempt += 1) {
      if (current === undefined) return { ok: false, code: "unreadable" };
      const { state, version } = current;
      const decision = executionDecider.decide(commandFor(state), state);
      if (!decision.ok) return { ok: false, code: decision.refusal.code };
      if (decision.events.length === 0) return { ok: true, version, state };
      const { work } = state;
      const result = await context.log.append({
        class: isCritical ? "critical" : "normal",
        meta: {
          ...context.meta,
          correlationId: execution,
          ...(work === undefined ? {} : { vendor: work.vendor, market: work.market }),
        },
        streams: [
          {
            category: "execution",
            stream: execution,
            expectedVersion: version,
            events: encodeAll(executionCodec, decision.events, context.newId),
          },
        ],
      });
      if (result.ok) {
        let next = state;
        for (const event of decision.events) next = executionDecider.evolve(next, event);
        return { ok: true, version: version + decision.events.length, state: next };
      }
      if (result.code !== "version_conflict") return { ok: false, code: result.code };
      current = await load(execution);
    }
    return { ok: false, code: "busy" };
  };

  const critical = (item: PendingItem, now: number): boolean =>
    tierAt(now, item.work.window, item.work.defaultTier).tier === "critical";

  return {
    begin: async (item: PendingItem, start: EffectStart): Promise<AttemptResult> => {
      const { attempt, worker, handover, provider, version } = start;
      const known = { state: runningState(item, start, false), version };
      return await run(
        item.execution,
        () => ({ kind: "begin_effect", attempt, provider, worker, handover }),
        known,
        critical(item, context.meta.time),
      );
    },
    report: async (item: PendingItem, report: AttemptReport): Promise<AttemptResult> => {
      const { attempt, worker, provider, outcome, now, random, retry, version, effectBegun } = report;
      const known = { state: runningState(item, report, effectBegun), version };
      const command: ExecutionCommand = {
        kind: "report_outcome",
        attempt,
        worker,
        provider,
        outcome,
        now,
        random,
        retry,
      };
      return await run(item.execution, () => command, known, critical(item, now));
    },
    lose: async (execution: string, { attempt, worker, now, random, retryOf }: AttemptLoss): Promise<AttemptResult> => {
      const commandFor = (state: ExecutionState): ExecutionCommand => ({
        kind: "lose_attempt",
        attempt,
        worker,
        now,
        random,
        retry: state.work === undefined ? { maxAttempts: 1, baseMs: 1, capMs: 1, maxLost: 1 } : retryOf(state.work),
      });
      return await run(execution, commandFor, undefined, false);
    },
  };
}

/** The state after the claim, known without reading. */
function runningState(item: PendingItem, start: EffectStart, effectBegun: boolean): ExecutionState {
  const { attempt: number, worker, handover, provider } = start;
  const pending = executionStateOf(item);
  return {
    ...pending,
    phase: "running",
    work: { ...item.work, attempts: number },
    attempt: { number, worker, handover, ...(effectBegun ? { provider } : {}) },
  };
}

// From a claimed execution to a call that can be made: definition, payload in clear, rendered message, provider.
import { createCodec } from "@wedsync/contracts";
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { executionEvents } from "@wedsync/contracts/scheduler";
import type { KeyStore, PostgresLog } from "@wedsync/adapter-postgres";
import type { RecordedEvent } from "@wedsync/event-log";
import { parseMailbox, type Mailbox } from "@wedsync/journey-modules";
import { handlerName } from "@wedsync/registry";
import type { AttemptOutcome, PendingItem, RetryPolicy } from "@wedsync/scheduler";
import { z } from "zod";
import type { ClaimedExecution } from "./hand-over.js";
import type { EffectCall, Handler } from "./handler.js";
import type { PartyReader } from "./parties.js";

export type PreparedEffect =
  | {
      readonly ok: true;
      readonly provider: string;
      /** Trace context of the request that asked for it. */
      readonly traceparent?: string | undefined;
      /** Makes the call; `onBodyStart` is awaited before the first byte that could have an effect. */
      deliver(onBodyStart: () => Promise<void>): Promise<AttemptOutcome>;
    }
  /** Cannot be attempted; the outcome says why. */
  | { readonly ok: false; readonly provider: string; readonly outcome: AttemptOutcome };

export interface EffectRunnerOptions {
  readonly log: Pick<PostgresLog, "firstEvents">;
  readonly keys: KeyStore;
  readonly parties: PartyReader;
  readonly definition: (type: string, version: number) => ModuleDefinition | undefined;
  /** Reads a type's definitions from the log: another process may have accepted work for a version registered just now. */
  readonly refreshDefinitions: (type: string) => Promise<void>;
  /** By the handler's name in the definition. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Default sender, `Name <address>` or an address. */
  readonly mailFrom: string;
}

/** What is sealed in `ExecutionRequested`: the effective payload, checked against the definition. */
export const requestShape = z.object({ content: z.record(z.string(), z.unknown()) });
const codec = createCodec(executionEvents);
const notSent = (code: string, provider = "none"): PreparedEffect => ({
  ok: false,
  provider,
  outcome: { kind: "rejected", code, retryable: false },
});

export class EffectRunner {
  readonly #options: EffectRunnerOptions;

  readonly #from: Mailbox;

  constructor(options: EffectRunnerOptions) {
    this.#options = options;
    this.#from = parseMailbox(options.mailFrom) ?? { address: options.mailFrom };
  }

  retryPolicy(item: PendingItem): RetryPolicy {
    const { moduleType, definitionVersion } = item.work;
    return (
      this.#options.definition(moduleType, definitionVersion)?.retry ?? {
        maxAttempts: 3,
        baseMs: 30_000,
        capMs: 3_600_000,
        maxLost: 2,
      }
    );
  }

  /** Reads the payloads of a batch in one query (none when they were accepted a moment ago) and renders each. What cannot be rendered ends as a definite failure. */
  async prepare(claimed: readonly ClaimedExecution[]): Promise<Map<string, PreparedEffect>> {
    const first = await this.#options.log.firstEvents(claimed.map((claim) => claim.item.execution));
    const parties = await this.#options.parties.read(claimed.map((claim) => claim.item.work));
    const prepared = new Map<string, PreparedEffect>();
    for (const claim of claimed) {
      const event = first.get(claim.item.execution);
      prepared.set(claim.item.execution, await this.#prepareOne(claim, event, parties));
    }
    return prepared;
  }

  async #prepareOne(
    claim: ClaimedExecution,
    event: RecordedEvent | undefined,
    parties: Awaited<ReturnType<PartyReader["read"]>>,
  ): Promise<PreparedEffect> {
    const { work, execution } = claim.item;
    let definition = this.#options.definition(work.moduleType, work.definitionVersion);
    if (definition === undefined) {
      await this.#options.refreshDefinitions(work.moduleType);
      definition = this.#options.definition(work.moduleType, work.definitionVersion);
    }
    const handler = definition === undefined ? undefined : this.#options.handlers.get(handlerName(definition.handler));
    if (definition === undefined || handler === undefined) return notSent("handler_missing");
    const decoded = event === undefined ? undefined : codec.decode(event);
    if (decoded?.ok !== true || decoded.event.type !== "ExecutionRequested")
      return notSent("payload_unreadable", handler.provider);
    const request = requestShape.safeParse(
      await this.#options.keys.open(work.vendor, work.wedding, decoded.event.data.sealed),
    );
    const party = parties.get(work.weddingStream);
    if (!request.success || party === undefined) return notSent("erased", handler.provider);
    const input = { executionId: execution, content: request.data.content, from: this.#from, ...party };
    const prepared = handler.prepare(definition, input);
    if (!prepared.ok) return notSent(prepared.code, handler.provider);
    return {
      ok: true,
      provider: handler.provider,
      traceparent: event?.meta.traceparent,
      deliver: (onBodyStart) => deliver(prepared.call, claim, definition.timeoutMs, onBodyStart),
    };
  }
}

/** One call with a time limit. A provider never throws by contract; if it does, what happened is unknown. */
async function deliver(
  call: EffectCall,
  { item, attempt }: ClaimedExecution,
  timeoutMs: number,
  onBodyStart: () => Promise<void>,
): Promise<AttemptOutcome> {
  try {
    return await call({ key: item.execution, attempt, signal: AbortSignal.timeout(timeoutMs), onBodyStart });
  } catch {
    return { kind: "unknown", code: "provider_threw" };
  }
}

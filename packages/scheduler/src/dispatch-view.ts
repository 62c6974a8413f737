// What the dispatcher sees of the log, and the choice it makes of it. The running dispatcher and a replay share this class:
// the same loads, log and ticks give the same choices, so that recorded decisions can be recomputed.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, type DispatchPolicy } from "@wedsync/contracts/scheduler";
import type { RecordedEvent, RowOperation } from "@wedsync/event-log";
import { defaultDispatchPolicy } from "./dispatch-policy.js";
import { createPendingIndex, type Batch, type PendingIndex } from "./pending-index.js";
import { rowToPendingItem, type PendingItem } from "./pending-item.js";
import { schedulerInline } from "./scheduler-inline.js";
import { holdGuardKey, parseScope, scopesOf } from "./scopes.js";

/** What one event means for what may start. */
export interface ViewChange {
  readonly position: bigint;
  readonly operations: readonly RowOperation[];
  readonly policy?: DispatchPolicy;
}

/** How a part of the pending index was taken: enough to take the same part again. */
export interface IndexLoad {
  /** Position of the log that the snapshot stood at. */
  readonly head: bigint;
  /** Instant that the tiers were computed for, epoch milliseconds. */
  readonly now: number;
  /** Work due later than this was left where it is, epoch milliseconds. */
  readonly dueBefore: number;
  /** At most this many items of each tier, earliest deadline first. */
  readonly perTier: number;
}

export interface TickInputs {
  /** The log's time, epoch milliseconds; never before the tick before. */
  readonly now: number;
  /** Slots that any work may take, 0 or more. */
  readonly credits: number;
  /** Further slots that only critical work may take. */
  readonly criticalCredits: number;
}

const codec = createCodec(dispatchEvents);
const holdPrefix = holdGuardKey("");

/**
 * The change an event makes; undefined when it makes none that a dispatcher minds.
 * @param folded the event's row operations, when the caller has folded it already
 */
export function viewChangeOf(event: RecordedEvent, folded?: readonly RowOperation[]): ViewChange | undefined {
  if (event.type === "DispatchPolicyActivated") {
    const decoded = codec.decode(event);
    if (!decoded.ok || decoded.event.type !== "DispatchPolicyActivated") return undefined;
    return { position: event.position, operations: [], policy: decoded.event.data.policy };
  }
  const operations = (folded ?? schedulerInline.fold(event)).filter(
    (operation) => operation.table === "pending" || heldScopeOf(operation) !== undefined,
  );
  return operations.length === 0 ? undefined : { position: event.position, operations };
}

/** The scope that a guard row holds; undefined for other rows. */
export function heldScopeOf(operation: RowOperation): string | undefined {
  if (operation.table !== "guard") return undefined;
  const key = operation.op === "delete" ? operation.key : String(operation.row["key"]);
  if (!key.startsWith(holdPrefix)) return undefined;
  const scope = key.slice(holdPrefix.length);
  return parseScope(scope) === undefined ? undefined : scope;
}

export class DispatchView {
  readonly #index: PendingIndex = createPendingIndex();
  readonly #held = new Set<string>();
  /** Chosen and not yet answered by the log or given back, by execution. */
  readonly #chosen = new Map<string, PendingItem>();
  #dueBefore = Number.NEGATIVE_INFINITY;
  #policy: DispatchPolicy;

  constructor(policy: DispatchPolicy = defaultDispatchPolicy) {
    this.#policy = policy;
  }

  get policy(): DispatchPolicy {
    return this.#policy;
  }

  /** Items in memory. */
  get size(): number {
    return this.#index.size;
  }

  /** Work that is due later than this is not here: no tick may be made after it, epoch milliseconds. */
  get dueBefore(): number {
    return this.#dueBefore;
  }

  /**
   * Replaces what is in memory by a snapshot of the pending index. What was chosen and is on its way stays out.
   * @param since changes after the snapshot's head that were applied already, oldest first
   */
  load(
    load: Pick<IndexLoad, "dueBefore">,
    items: readonly PendingItem[],
    holds: readonly string[],
    since: readonly ViewChange[] = [],
  ): void {
    this.#dueBefore = load.dueBefore;
    const wanted = expected(items, holds, since);
    this.#held.clear();
    for (const scope of wanted.holds) this.#held.add(scope);
    for (const execution of this.#index.executions()) if (!wanted.items.has(execution)) this.#index.remove(execution);
    for (const item of wanted.items.values()) {
      const chosen = this.#chosen.get(item.execution);
      if (chosen !== undefined && chosen.version >= item.version) continue;
      if (chosen !== undefined) this.#chosen.delete(item.execution);
      if (this.#index.get(item.execution)?.version !== item.version) this.#put(item);
    }
    this.#index.unpark();
  }

  /**
   * How many items and holds differ from a snapshot that was taken up to the same horizon and left nothing out; 0 unless
   * memory has drifted from the table.
   * @param since changes after the snapshot's head that were applied already, oldest first
   */
  drift(items: readonly PendingItem[], holds: readonly string[], since: readonly ViewChange[]): number {
    const wanted = expected(items, holds, since);
    let differing = [...wanted.holds].filter((scope) => !this.#held.has(scope)).length;
    differing += [...this.#held].filter((scope) => !wanted.holds.has(scope)).length;
    for (const execution of this.#index.executions()) if (!wanted.items.has(execution)) differing += 1;
    for (const { execution, version, held, work } of wanted.items.values()) {
      const known = this.#index.get(execution) ?? this.#chosen.get(execution);
      if (!held && work.dueAt <= this.#dueBefore && known?.version !== version) differing += 1;
    }
    return differing;
  }

  /** Follows the log. */
  apply({ operations, policy }: ViewChange): void {
    if (policy !== undefined) this.#policy = policy;
    for (const operation of operations) {
      if (operation.table !== "pending") this.#hold(operation);
      else if (operation.op === "delete") {
        this.#chosen.delete(operation.key);
        this.#index.remove(operation.key);
      } else {
        const item = rowToPendingItem(operation.row);
        this.#chosen.delete(item.execution);
        this.#put(item);
      }
    }
  }

  /**
   * A choice came to nothing and no event tells: its claim was refused by a guard, or its worker is gone.
   * @param version version of the execution's stream when it was chosen; absent when the log says that it came to nothing
   * @returns false when the log has moved on since, so that there is nothing to give back
   */
  giveBack(execution: string, version?: number): boolean {
    const item = this.#chosen.get(execution);
    if (item === undefined || (version !== undefined && item.version !== version)) return false;
    this.#chosen.delete(execution);
    this.#put(item);
    return true;
  }

  /** Chooses what shall start now, and keeps it out of the next ticks until the log answers. */
  tick({ now, credits, criticalCredits }: TickInputs): Batch {
    const batch = this.#index.nextBatch({
      now,
      credits,
      criticalCredits,
      policy: this.#policy,
      isPaused: (item, tier) =>
        this.#held.size > 0 &&
        (this.#held.has(`tier:${tier}`) || scopesOf(item.work).some((scope) => this.#held.has(scope))),
    });
    for (const { item } of batch.chosen) this.#chosen.set(item.execution, item);
    return batch;
  }

  #put(item: PendingItem): void {
    if (item.work.dueAt <= this.#dueBefore) this.#index.put(item);
    else this.#index.remove(item.execution);
  }

  #hold(operation: RowOperation): void {
    const scope = heldScopeOf(operation);
    if (scope === undefined) return;
    if (operation.op === "delete") {
      this.#held.delete(scope);
      this.#index.unpark();
    } else this.#held.add(scope);
  }
}

/** A snapshot brought up to date: the items by execution, and the held scopes. */
function expected(
  items: readonly PendingItem[],
  holds: readonly string[],
  since: readonly ViewChange[],
): { readonly items: ReadonlyMap<string, PendingItem>; readonly holds: ReadonlySet<string> } {
  const wanted = new Map(items.map((item) => [item.execution, item]));
  const held = new Set(holds);
  for (const { operations } of since) {
    for (const operation of operations) {
      const scope = heldScopeOf(operation);
      if (scope !== undefined) {
        if (operation.op === "delete") held.delete(scope);
        else held.add(scope);
      } else if (operation.op === "delete") wanted.delete(operation.key);
      else {
        const item = rowToPendingItem(operation.row);
        wanted.set(item.execution, item);
      }
    }
  }
  return { items: wanted, holds: held };
}

// The pending index as the log tells it, a little behind the newest event: a decision is made of an earlier position than
// its own, so changes wait here until a decision says how far its dispatcher had seen. The newest changes can be undone.
import type { DispatchPolicy } from "@wedsync/contracts/scheduler";
import type { RowOperation } from "@wedsync/event-log";
import { defaultDispatchPolicy } from "../dispatch-policy.js";
import { heldScopeOf, type ViewChange } from "../dispatch-view.js";
import { rowToPendingItem, type PendingItem } from "../pending-item.js";

/** Changes that may wait: a dispatcher is never this far behind the log that it writes to. */
const patience = 32_768;
/** Changes that can be undone at least: what is written while a dispatcher fills its memory. */
const undoable = 16_384;

interface Undo {
  readonly change: ViewChange;
  readonly items: readonly (readonly [string, PendingItem | undefined])[];
  readonly holds: readonly (readonly [string, boolean])[];
}

/** The pending index at a position, and what was changed after it. */
export interface PendingAt {
  readonly items: Iterable<PendingItem>;
  readonly holds: readonly string[];
  readonly since: readonly ViewChange[];
}

export class PendingHistory {
  readonly #items = new Map<string, PendingItem>();
  readonly #held = new Set<string>();
  #waiting: ViewChange[] = [];
  #next = 0;
  /** The newest waiting change of executions that have one. */
  readonly #ahead = new Map<string, { readonly operation: RowOperation; readonly position: bigint }>();
  #undo: Undo[] = [];
  #undoFrom = 0n;
  #position = 0n;
  #policy = defaultDispatchPolicy;

  /** Every change up to here was applied. */
  get position(): bigint {
    return this.#position;
  }

  get policy(): DispatchPolicy {
    return this.#policy;
  }

  /** Items, held ones included, after every change that was seen. */
  *items(): Generator<PendingItem> {
    for (const item of this.#items.values()) if (!this.#ahead.has(item.execution)) yield item;
    for (const { operation } of this.#ahead.values()) if (operation.op === "put") yield rowToPendingItem(operation.row);
  }

  /** The newest item of an execution, whether it was applied or still waits. */
  newest(execution: string): PendingItem | undefined {
    const ahead = this.#ahead.get(execution);
    if (ahead === undefined) return this.#items.get(execution);
    return ahead.operation.op === "put" ? rowToPendingItem(ahead.operation.row) : undefined;
  }

  /** Takes a change in, in log order. `onForced` gets changes that could not wait any longer. */
  see(change: ViewChange, onForced: (change: ViewChange) => void): void {
    this.#waiting.push(change);
    for (const operation of change.operations) {
      if (operation.table !== "pending") continue;
      const execution = operation.op === "delete" ? operation.key : String(operation.row["execution"]);
      this.#ahead.set(execution, { operation, position: change.position });
    }
    const oldest = this.#waiting[this.#next];
    if (this.#waiting.length - this.#next > patience && oldest !== undefined) this.advance(oldest.position, onForced);
  }

  /** Applies what waits up to a position. */
  advance(position: bigint, onChange: (change: ViewChange) => void): void {
    for (; this.#next < this.#waiting.length; this.#next += 1) {
      const change = this.#waiting[this.#next];
      if (change === undefined || change.position > position) break;
      this.#apply(change);
      onChange(change);
    }
    if (this.#next > 1_024 && this.#next * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    if (position > this.#position) this.#position = position;
  }

  /** The index as it was at a position that was passed already; undefined when that lies too far back. */
  at(head: bigint): PendingAt | undefined {
    if (head < this.#undoFrom) return undefined;
    const since: ViewChange[] = [];
    const before = new Map<string, PendingItem | undefined>();
    const holds = new Set(this.#held);
    for (let index = this.#undo.length - 1; index >= 0; index -= 1) {
      const undo = this.#undo[index];
      if (undo === undefined || undo.change.position <= head) break;
      since.push(undo.change);
      for (const [execution, item] of undo.items) before.set(execution, item);
      for (const [scope, held] of undo.holds) {
        if (held) holds.add(scope);
        else holds.delete(scope);
      }
    }
    return { items: this.#with(before), holds: [...holds], since: since.toReversed() };
  }

  *#with(before: ReadonlyMap<string, PendingItem | undefined>): Generator<PendingItem> {
    for (const item of this.#items.values()) if (!before.has(item.execution)) yield item;
    for (const item of before.values()) if (item !== undefined) yield item;
  }

  #apply(change: ViewChange): void {
    const items: [string, PendingItem | undefined][] = [];
    const holds: [string, boolean][] = [];
    for (const operation of change.operations) {
      if (operation.table === "pending") {
        const execution = operation.op === "delete" ? operation.key : String(operation.row["execution"]);
        items.unshift([execution, this.#items.get(execution)]);
        if (operation.op === "delete") this.#items.delete(execution);
        else this.#items.set(execution, rowToPendingItem(operation.row));
        if (this.#ahead.get(execution)?.position === change.position) this.#ahead.delete(execution);
      } else {
        const scope = heldScopeOf(operation) ?? "";
        holds.unshift([scope, this.#held.has(scope)]);
        if (operation.op === "delete") this.#held.delete(scope);
        else this.#held.add(scope);
      }
    }
    if (change.policy !== undefined) this.#policy = change.policy;
    this.#position = change.position;
    this.#undo.push({ change, items, holds });
    if (this.#undo.length > undoable * 2) {
      this.#undoFrom = this.#undo[undoable - 1]?.change.position ?? this.#undoFrom;
      this.#undo = this.#undo.slice(undoable);
    }
  }
}

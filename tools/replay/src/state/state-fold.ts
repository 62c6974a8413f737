// The platform's state as a fold of the log: what is pending, runs, waits for a person, is held, registered, planned, in force.
// Memory grows with open work, not with history: an execution that has ended leaves nothing behind but what a person must see.
import { createCodec } from "@wedsync/contracts";
import { moduleEvents } from "@wedsync/contracts/registry";
import { dispatchEvents, tiers, type DispatchPolicy, type Tier } from "@wedsync/contracts/scheduler";
import type { RecordedEvent, RowOperation } from "@wedsync/event-log";
import {
  defaultDispatchPolicy,
  heldScopeOf,
  rowToPendingItem,
  schedulerInline,
  tierAt,
  type PendingItem,
} from "@wedsync/scheduler";
import { SeasonFold, type SeasonState } from "./season-fold.js";

export interface PlatformState {
  readonly at: string;
  /** The newest event that counts. */
  readonly position: string;
  readonly executions: Readonly<Record<"scheduled" | "waiting" | "running" | "held" | "uncertain" | "dead", number>>;
  /** Waiting work by tier at that instant. */
  readonly queue: Readonly<Record<Tier, number>>;
  /** Work that is due later, by the tier it has at that instant. */
  readonly later: Readonly<Record<Tier, number>>;
  readonly oldestDue: string | null;
  /** Held scopes with the cause. */
  readonly holds: Readonly<Record<string, string>>;
  readonly registry: Readonly<Record<string, { readonly versions: number; readonly active: number | null }>>;
  readonly vendors: number;
  readonly weddings: { readonly booked: number; readonly cancelled: number };
  readonly policy: DispatchPolicy;
  readonly season: SeasonState;
  readonly leaderEpoch: number | null;
  readonly logEpoch: number;
}

const modules = createCodec(moduleEvents);
const dispatch = createCodec(dispatchEvents);
const none = (): Record<Tier, number> => ({ critical: 0, high: 0, normal: 0, low: 0 });

export class StateFold {
  readonly #pending = new Map<string, PendingItem>();
  readonly #running = new Set<string>();
  readonly #attention = new Map<string, string>();
  readonly #holds = new Map<string, string>();
  readonly #modules = new Map<string, { versions: number; active: number | null }>();
  readonly #season = new SeasonFold();
  #weddings = { booked: 0, cancelled: 0 };
  #vendors = 0;
  #policy = defaultDispatchPolicy;
  #leaderEpoch: number | null = null;
  #logEpoch = 1;
  #position = 0n;

  see(event: RecordedEvent): void {
    this.#position = event.position;
    this.#logEpoch = event.epoch;
    if (event.leaderEpoch !== undefined) this.#leaderEpoch = event.leaderEpoch;
    this.#season.see(event);
    for (const operation of schedulerInline.fold(event)) this.#apply(operation);
    switch (event.type) {
      case "WeddingBooked":
        this.#weddings.booked += 1;
        break;
      case "WeddingCancelled":
        this.#weddings.cancelled += 1;
        break;
      case "VendorRegistered":
        this.#vendors += 1;
        break;
      case "ModuleVersionRegistered":
      case "ModuleVersionActivated":
        this.#module(event);
        break;
      case "DispatchPolicyActivated": {
        const decoded = dispatch.decode(event);
        if (decoded.ok && decoded.event.type === "DispatchPolicyActivated") this.#policy = decoded.event.data.policy;
        break;
      }
      default:
        break;
    }
  }

  /** @param at the instant that is asked about, epoch milliseconds */
  state(at: number): PlatformState {
    const [queue, later] = [none(), none()];
    let oldest: number | null = null;
    for (const { held, work } of this.#pending.values()) {
      if (held) continue;
      const { tier } = tierAt(at, work.window, work.defaultTier);
      if (work.dueAt > at) later[tier] += 1;
      else {
        queue[tier] += 1;
        oldest = Math.min(oldest ?? work.dueAt, work.dueAt);
      }
    }
    const sum = (counts: Readonly<Record<Tier, number>>): number =>
      tiers.reduce((total, tier) => total + counts[tier], 0);
    const attention = (kind: string): number => [...this.#attention.values()].filter((each) => each === kind).length;
    return {
      at: new Date(at).toISOString(),
      position: this.#position.toString(),
      executions: {
        scheduled: sum(later),
        waiting: sum(queue),
        running: this.#running.size,
        held: attention("held"),
        uncertain: attention("uncertain"),
        dead: attention("dead"),
      },
      queue,
      later,
      oldestDue: oldest === null ? null : new Date(oldest).toISOString(),
      holds: sorted(this.#holds),
      registry: sorted(this.#modules),
      vendors: this.#vendors,
      weddings: { ...this.#weddings },
      policy: this.#policy,
      season: this.#season.state(at),
      leaderEpoch: this.#leaderEpoch,
      logEpoch: this.#logEpoch,
    };
  }

  #apply(operation: RowOperation): void {
    const key = operation.op === "delete" ? operation.key : String(operation.row["execution"]);
    if (operation.table === "pending") {
      if (operation.op === "delete") this.#pending.delete(key);
      else this.#pending.set(key, rowToPendingItem(operation.row));
    } else if (operation.table === "open_attempt") {
      if (operation.op === "delete") this.#running.delete(key);
      else this.#running.add(key);
    } else if (operation.table === "attention") {
      if (operation.op === "delete") this.#attention.delete(key);
      else this.#attention.set(key, String(operation.row["kind"]));
    } else {
      const scope = heldScopeOf(operation);
      if (scope === undefined) return;
      if (operation.op === "delete") this.#holds.delete(scope);
      else this.#holds.set(scope, String(operation.row["value"]));
    }
  }

  #module(event: RecordedEvent): void {
    const decoded = modules.decode(event);
    if (!decoded.ok) return;
    const { type, data } = decoded.event;
    const name = type === "ModuleVersionRegistered" ? data.definition.type : data.type;
    const known = this.#modules.get(name) ?? { versions: 0, active: null };
    this.#modules.set(
      name,
      type === "ModuleVersionRegistered" ? { ...known, versions: data.version } : { ...known, active: data.version },
    );
  }
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...map].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

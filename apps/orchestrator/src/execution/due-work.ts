// The dispatcher's view of what may start, filled from the table and kept by the log, and the record of each tick's inputs:
// enough that a replay of the log makes the same choice. What is due later than the horizon stays in the table.
import type { DispatchEvent } from "@wedsync/contracts/scheduler";
import type { EventReader, RecordedEvent } from "@wedsync/event-log";
import {
  DispatchView,
  holdGuardKey,
  rowToPendingItem,
  viewChangeOf,
  type Batch,
  type DispatchPolicy,
  type IndexLoad,
  type PendingItem,
  type TickInputs,
  type ViewChange,
} from "@wedsync/scheduler";
import type { IndexReader } from "@wedsync/adapter-postgres";
import { CappedTiers } from "./capped-tiers.js";
import { GivenBack } from "./given-back.js";

export interface DueWorkLimits {
  /** How far ahead work is kept in memory, milliseconds. */
  readonly horizonMs: number;
  /** How much of each tier is taken from the table at once. */
  readonly perTier: number;
  /** Above this many in memory, what was accepted meanwhile is left to the table again; more than a load can bring. */
  readonly most: number;
}

const usualLimits: DueWorkLimits = { horizonMs: 10 * 60_000, perTier: 10_000, most: 60_000 };
/** How often memory is compared with the table, and up to how many items: the comparison reads them all. */
const compareEveryMs = 8_000;
const comparable = 5_000;
const holdPrefix = holdGuardKey("");

type Decided = Extract<DispatchEvent, { readonly type: "DispatchDecided" }>["data"];
/** What a tick was made of; the choices are added by the dispatcher. */
export type TickRecord = Omit<Decided, "chosen" | "due">;

interface Snapshot extends IndexLoad {
  readonly items: readonly PendingItem[];
  readonly holds: readonly string[];
  /** Taken to compare, not to fill. */
  readonly isComparison: boolean;
}

export class DueWork {
  readonly #reader: Pick<IndexReader, "snapshot">;
  readonly #limits: DueWorkLimits;
  #view: DispatchView;
  #asOf: bigint;
  #lastNow = Number.NEGATIVE_INFINITY;
  #series = 0;
  #tick = 0;
  #restart = true;
  /** Changes seen while a snapshot is on its way. */
  #meanwhile: ViewChange[] | undefined;
  #arrived: Snapshot | undefined;
  #capped = new CappedTiers([], 0, 1);
  #givenBack = new GivenBack();
  #load: Decided["load"];
  #comparedAt = Number.NEGATIVE_INFINITY;
  /** Items and holds that were found to differ from the table since the last look. */
  #drifted = 0;

  /**
   * @param position of the log from which on it is followed
   * @param policy the policy in force there
   */
  constructor(reader: Pick<IndexReader, "snapshot">, position: bigint, policy: DispatchPolicy, limits = usualLimits) {
    this.#reader = reader;
    this.#limits = limits;
    this.#asOf = position;
    this.#view = new DispatchView(policy);
  }

  get size(): number {
    return this.#view.size;
  }

  /** Position of the log that this view has seen. */
  get asOf(): bigint {
    return this.#asOf;
  }

  get policy(): DispatchPolicy {
    return this.#view.policy;
  }

  /** May a tick be made now? Not before a first load, and not for work that lies behind the horizon. */
  isReady(now: number): boolean {
    return !this.#restart && Math.max(now, this.#lastNow) <= this.#view.dueBefore;
  }

  /** A tick may or may not have reached the log: what follows must not build on it. Ticks stop until the next load. */
  restart(): void {
    this.#restart = true;
    // A load that is on its way would begin the series while ticks may still be on theirs.
    this.#arrived = undefined;
    this.#meanwhile = undefined;
  }

  get restarting(): boolean {
    return this.#restart;
  }

  /** True when the horizon must be moved, a tier that did not fit has been worked off, or memory holds too much. */
  needsLoad(now: number): boolean {
    if (this.#meanwhile !== undefined) return false;
    const { horizonMs, most } = this.#limits;
    const isBehind = this.#restart || now + horizonMs / 2 > this.#view.dueBefore;
    return isBehind || this.#capped.isWorkedOff || this.size > most;
  }

  /** Is it time to compare memory with the table? Not while more waits than fits: what was left out is no drift. */
  needsComparison(now: number): boolean {
    const isQuiet = this.#meanwhile === undefined && !this.#restart && !this.#capped.isAny;
    return isQuiet && this.size <= comparable && now - this.#comparedAt >= compareEveryMs;
  }

  /** Compares memory with the table. What drifted is mended by the same snapshot, which the next tick records as a load. */
  async compare(now: number): Promise<void> {
    this.#comparedAt = now;
    await this.#take(now, this.#view.dueBefore, true);
  }

  /** How many items and holds had drifted since this was asked last; they are mended. */
  takeDrift(): number {
    const drifted = this.#drifted;
    this.#drifted = 0;
    return drifted;
  }

  /** Takes everything due before the horizon from the table, in one snapshot with the log's head. */
  async load(now: number): Promise<void> {
    await this.#take(now, now + this.#limits.horizonMs, false);
  }

  async #take(now: number, dueBefore: number, isComparison: boolean): Promise<void> {
    const meanwhile: ViewChange[] = [];
    this.#meanwhile = meanwhile;
    try {
      // A comparison leaves nothing out: what was left out would look like drift.
      const perTier = isComparison ? comparable * 2 : this.#limits.perTier;
      const { head, items, guards } = await this.#reader.snapshot({ dueBefore, perTier, now, guards: holdPrefix });
      if (this.#meanwhile !== meanwhile) return;
      const holds = guards.map((key) => key.slice(holdPrefix.length));
      this.#arrived = { head, now, dueBefore, perTier, items: items.map(rowToPendingItem), holds, isComparison };
      this.#takeOver();
    } catch (error) {
      if (this.#meanwhile === meanwhile) this.#meanwhile = undefined;
      throw error;
    }
  }

  /** Follows the log; yields after each batch. */
  async *follow(log: EventReader, signal: AbortSignal): AsyncGenerator<readonly RecordedEvent[]> {
    for await (const events of log.tail({ after: this.#asOf, signal })) {
      this.see(events);
      yield events;
    }
  }

  /** Takes the next events of the log in. */
  see(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      const change = viewChangeOf(event);
      if (change === undefined) continue;
      this.#view.apply(change);
      this.#meanwhile?.push(change);
    }
    this.#asOf = events.at(-1)?.position ?? this.#asOf;
    this.#takeOver();
  }

  /** A choice came to nothing and no event tells: it may be made again. */
  giveBack(item: PendingItem): void {
    this.#givenBack.add(item);
  }

  /** Makes one tick. The record is there when something was chosen; it must then be appended, or `restart` called. */
  tick(inputs: TickInputs): Batch & { readonly record?: TickRecord } {
    this.#givenBack.look(this.#view, this.#load?.givenBack.length ?? 0);
    const now = Math.max(inputs.now, this.#lastNow);
    this.#lastNow = now;
    const { credits, criticalCredits } = inputs;
    const batch = this.#view.tick({ now, credits, criticalCredits });
    if (batch.chosen.length === 0) return batch;
    for (const { tier } of batch.chosen) this.#capped.chosen(tier);
    this.#tick += 1;
    const record: TickRecord = {
      series: this.#series,
      tick: this.#tick,
      now,
      asOf: this.#asOf.toString(),
      credits,
      criticalCredits,
      policyVersion: this.#view.policy.version,
      ...(this.#load === undefined ? {} : { load: this.#load }),
      givenBack: this.#givenBack.take(),
    };
    this.#load = undefined;
    return { ...batch, record };
  }

  /** Replaces what is in memory by the snapshot that arrived, as soon as the log was followed up to it. */
  #takeOver(): void {
    const arrived = this.#arrived;
    if (arrived === undefined || this.#asOf < arrived.head) return;
    if (this.#restart) this.#beginSeries();
    const since = (this.#meanwhile ?? []).filter((change) => change.position > arrived.head);
    if (arrived.isComparison) {
      const drifted = this.#view.drift(arrived.items, arrived.holds, since);
      this.#drifted += drifted;
      if (drifted === 0) {
        this.#arrived = undefined;
        this.#meanwhile = undefined;
        return;
      }
    }
    this.#view.load(arrived, arrived.items, arrived.holds, since);
    this.#capped = new CappedTiers(arrived.items, arrived.now, arrived.perTier);
    const { head, now, dueBefore, perTier } = arrived;
    const givenBack = [...(this.#load?.givenBack ?? []), ...this.#givenBack.take()];
    this.#load = { head: head.toString(), now, dueBefore, perTier, givenBack };
    this.#arrived = undefined;
    this.#meanwhile = undefined;
  }

  #beginSeries(): void {
    this.#view = new DispatchView(this.#view.policy);
    this.#series += 1;
    this.#tick = 0;
    this.#restart = false;
    this.#load = undefined;
    this.#givenBack = new GivenBack();
  }
}

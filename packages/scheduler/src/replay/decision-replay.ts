// Gate 1 of a replay: every recorded decision is made again from its recorded inputs, every recorded start from the work
// it started. Nothing of the recorded outcome is taken as given, so a log that was tampered with differs.
//
// Ticks of one series build on each other; they are put back into their order, since their commits may pass each other.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents } from "@wedsync/contracts/scheduler";
import type { RecordedEvent, RowOperation } from "@wedsync/event-log";
import { executionCodec } from "../claim.js";
import { DispatchView, viewChangeOf, type ViewChange } from "../dispatch-view.js";
import { indexSnapshot } from "../index-snapshot.js";
import type { PendingItem } from "../pending-item.js";
import { checkStart, type Decided } from "./check-start.js";
import { compareDecision, type DecisionData } from "./compare-decision.js";
import type { Difference } from "./difference.js";
import { PendingHistory } from "./pending-history.js";

const codec = createCodec(dispatchEvents);
/** Ticks that may pass each other on their way into the log. */
const outOfOrder = 16;

interface Tick {
  readonly position: bigint;
  readonly data: DecisionData;
}

interface Series {
  readonly epoch: number;
  readonly number: number;
  readonly view: DispatchView;
  readonly waiting: Map<number, Tick>;
  next: number;
  /** A tick never reached the log: what it took is unknown, so the rest of the series cannot be made again. */
  broken: boolean;
}

export interface ReplayCounts {
  readonly decisions: number;
  readonly starts: number;
  /** Decisions after a tick that never reached the log, because its append failed or its dispatcher died. */
  readonly notRecomputable: number;
}

export class DecisionReplay {
  readonly #history = new PendingHistory();
  readonly #decided = new Map<string, readonly Decided[]>();
  readonly #onDifference: (difference: Difference) => void;
  #series: Series | undefined;
  #last = 0n;
  #decisions = 0;
  #starts = 0;
  #notRecomputable = 0;

  /** @param onDifference called for each difference, in the order they are found */
  constructor(onDifference: (difference: Difference) => void) {
    this.#onDifference = onDifference;
  }

  get counts(): ReplayCounts {
    return { decisions: this.#decisions, starts: this.#starts, notRecomputable: this.#notRecomputable };
  }

  /** The pending index after everything that was seen. */
  pending(): Iterable<PendingItem> {
    return this.#history.items();
  }

  /**
   * Takes the next event of the log; the first must be the log's first.
   * @param folded the event's row operations, when the caller has folded it already
   */
  see(event: RecordedEvent, folded?: readonly RowOperation[]): void {
    if (event.position !== this.#last + 1n)
      this.#differ("position_gap", event.position, "position", event.position, this.#last + 1n);
    this.#last = event.position;
    if (event.type === "ExecutionStarted") this.#start(event);
    if (event.type === "DispatchDecided") this.#decision(event);
    const change = viewChangeOf(event, folded);
    if (change === undefined) return;
    this.#history.see(change, this.#forward);
    for (const operation of change.operations) if (operation.op === "delete") this.#decided.delete(operation.key);
  }

  /** The log ends here: what waited for an earlier tick is settled. */
  finish(): ReplayCounts {
    this.#giveUpWaiting();
    return this.counts;
  }

  readonly #forward = (change: ViewChange): void => this.#series?.view.apply(change);

  #start(event: RecordedEvent): void {
    const decoded = executionCodec.decode(event);
    if (!decoded.ok || decoded.event.type !== "ExecutionStarted") return this.#unreadable(event);
    this.#starts += 1;
    const { data } = decoded.event;
    const found = checkStart(
      event.position,
      data,
      this.#history.newest(event.stream),
      this.#decided.get(event.stream) ?? [],
    );
    if (found !== undefined) this.#onDifference(found);
  }

  #decision(event: RecordedEvent): void {
    const decoded = codec.decode(event);
    if (!decoded.ok || decoded.event.type !== "DispatchDecided") return this.#unreadable(event);
    this.#decisions += 1;
    const { data } = decoded.event;
    const { now, policyVersion } = data;
    for (const { execution, attempt, handover, worker } of data.chosen) {
      const choice: Decided = { attempt, handover, worker, now, policyVersion };
      this.#decided.set(execution, [...(this.#decided.get(execution) ?? []).slice(-7), choice]);
    }
    const series = this.#seriesOf(event.leaderEpoch ?? 0, data);
    if (series === undefined) {
      this.#notRecomputable += 1;
      return;
    }
    series.waiting.set(data.tick, { position: event.position, data });
    this.#drain(series);
    if (series.waiting.size > outOfOrder) this.#giveUpWaiting();
  }

  /** The series of a tick; undefined when a later one has begun. */
  #seriesOf(epoch: number, data: DecisionData): Series | undefined {
    const current = this.#series;
    const isLater =
      current === undefined || epoch > current.epoch || (epoch === current.epoch && data.series > current.number);
    if (!isLater) return epoch === current.epoch && data.series === current.number ? current : undefined;
    this.#giveUpWaiting();
    this.#series = {
      epoch,
      number: data.series,
      view: new DispatchView(this.#history.policy),
      waiting: new Map(),
      next: 1,
      broken: false,
    };
    return this.#series;
  }

  #drain(series: Series): void {
    for (let tick = series.waiting.get(series.next); tick !== undefined; tick = series.waiting.get(series.next)) {
      series.waiting.delete(series.next);
      series.next += 1;
      if (series.broken) this.#notRecomputable += 1;
      else this.#recompute(series, tick);
    }
  }

  /** A tick that others wait for never came. */
  #giveUpWaiting(): void {
    const series = this.#series;
    if (series === undefined || series.waiting.size === 0) return;
    series.broken = true;
    for (const number of [...series.waiting.keys()].toSorted((left, right) => left - right)) {
      series.next = number;
      this.#drain(series);
    }
  }

  #recompute(series: Series, { position, data }: Tick): void {
    const { view } = series;
    const asOf = BigInt(data.asOf);
    if (asOf >= position) return this.#impossible(series, position, "asOf", asOf, `before ${position}`);
    if (data.load === undefined && data.tick === 1)
      return this.#impossible(series, position, "load", "nothing", "the first load of a series");
    if (data.load !== undefined && !this.#load(view, data.load))
      return this.#impossible(series, position, "load/head", data.load.head, "a position within reach");
    if (asOf < this.#history.position)
      return this.#impossible(series, position, "asOf", asOf, `${this.#history.position} or later`);
    this.#history.advance(asOf, this.#forward);
    for (const execution of data.givenBack) view.giveBack(execution);
    const batch = view.tick(data);
    const found = compareDecision(position, data, batch, view.policy.version);
    if (found !== undefined) this.#onDifference(found);
  }

  #load(view: DispatchView, load: NonNullable<DecisionData["load"]>): boolean {
    const head = BigInt(load.head);
    this.#history.advance(head, this.#forward);
    for (const execution of load.givenBack) view.giveBack(execution);
    const found = this.#history.at(head);
    if (found === undefined) return false;
    view.load(load, indexSnapshot(found.items, load), found.holds, found.since);
    return true;
  }

  #impossible(series: Series, position: bigint, field: string, recorded: unknown, recomputed: unknown): void {
    series.broken = true;
    this.#differ("inputs_impossible", position, field, recorded, recomputed);
  }

  #unreadable({ position, type, schemaVersion }: RecordedEvent): void {
    this.#differ(
      "event_unreadable",
      position,
      `${type} version ${schemaVersion}`,
      "unreadable",
      "an event of this build",
    );
  }

  #differ(code: Difference["code"], position: bigint, field: string, recorded: unknown, recomputed: unknown): void {
    this.#onDifference({ code, position, field, recorded: String(recorded), recomputed: String(recomputed) });
  }
}

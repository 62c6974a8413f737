// The bookings and the work they cause, folded from the log: what forecasts and load shapes are made of. Holds no personal data.
import { createCodec } from "@wedsync/contracts";
import { executionEvents, weddingEvents, type ExecutionEvent, type WeddingEvent } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { learnLoadShape, type LoadShape, type OffsetCount } from "@wedsync/season-policy";
import type { BookingRecord } from "@wedsync/season-policy/forecast";
import { dayNumber, localTime } from "./local-time.js";

interface Booking {
  market: string;
  readonly day: number;
  readonly bookedOn: number;
  releasedOn?: number;
}

type Requested = Extract<ExecutionEvent, { type: "ExecutionRequested" }>["data"];

const weddings = createCodec(weddingEvents);
const executions = createCodec(executionEvents);
const weddingTypes = new Set(["WeddingBooked", "WeddingMoved", "WeddingDetailsChanged", "WeddingCancelled"]);
const dayMs = 86_400_000;
/** Offsets beyond this say nothing about the coming month. */
const farthestOffset = 1_000;

export class DemandBook {
  readonly #bookings: Booking[] = [];
  /** The booking in hand of a wedding's stream. */
  readonly #inHand = new Map<string, Booking>();
  /** Counted executions by market, then by offset and hour. */
  readonly #work = new Map<string, Map<number, number>>();

  /** Takes in one event, in the order of the log. Events that cannot be read are passed over. */
  see(event: RecordedEvent): void {
    if (event.category === "wedding" && weddingTypes.has(event.type)) {
      const decoded = weddings.decode(event);
      if (decoded.ok) this.#wedding(event.stream, decoded.event, Math.floor(event.recordedAt / dayMs));
    } else if (event.type === "ExecutionRequested") {
      const decoded = executions.decode(event);
      if (decoded.ok && decoded.event.type === "ExecutionRequested") this.#count(decoded.event.data, event.recordedAt);
    }
  }

  /** Markets that have bookings or work, sorted. */
  markets(): readonly string[] {
    return [...new Set([...this.#bookings.map(({ market }) => market), ...this.#work.keys()])].sort();
  }

  /** Every booking there was of these markets. */
  records(isOf: (market: string) => boolean): readonly BookingRecord[] {
    return this.#bookings.filter(({ market }) => isOf(market));
  }

  /** Weddings in hand by day, of these markets; index 0 is `from`. */
  inHand(isOf: (market: string) => boolean, from: number, days: number): readonly number[] {
    const counts = Array.from({ length: days }, () => 0);
    for (const { market, day } of this.#inHand.values()) {
      const at = day - from;
      if (at >= 0 && at < days && isOf(market)) counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  }

  /** The work of a mean booking of these markets; undefined without bookings. */
  shape(isOf: (market: string) => boolean): LoadShape | undefined {
    const events = this.#bookings.reduce((sum, { market }) => sum + (isOf(market) ? 1 : 0), 0);
    if (events === 0) return undefined;
    const counts: OffsetCount[] = [];
    for (const [market, cells] of this.#work) {
      if (!isOf(market)) continue;
      for (const [cell, executions] of cells) {
        const dayOffset = Math.floor(cell / 24);
        counts.push({ dayOffset, hour: cell - dayOffset * 24, executions });
      }
    }
    return learnLoadShape(counts, events);
  }

  #wedding(stream: string, { type, data }: WeddingEvent, today: number): void {
    const known = this.#inHand.get(stream);
    if (type === "WeddingBooked") {
      const bookedOn = data.bookedOn === undefined ? today : dayNumber(data.bookedOn);
      this.#put(stream, { market: data.market, day: dayNumber(data.date), bookedOn });
    } else if (known === undefined) return;
    else if (type === "WeddingDetailsChanged") known.market = data.market;
    else if (type === "WeddingCancelled") {
      known.releasedOn = today;
      this.#inHand.delete(stream);
    } else if (type === "WeddingMoved" && dayNumber(data.date) !== known.day) {
      // What was known before the move stays known: a move gives one day back and books another.
      known.releasedOn = today;
      this.#put(stream, { market: known.market, day: dayNumber(data.date), bookedOn: today });
    }
  }

  #put(stream: string, booking: Booking): void {
    this.#bookings.push(booking);
    this.#inHand.set(stream, booking);
  }

  #count({ work, when }: Requested, acceptedAt: number): void {
    // Steps whose time had passed when they were accepted are skipped: they are no load.
    if (when.kind === "day" && work.dueAt < acceptedAt) return;
    const booking = this.#inHand.get(work.weddingStream);
    const cell = when.kind === "day" ? when.day * 24 + Number(when.time.slice(0, 2)) : this.#cellOf(work, booking);
    if (cell === undefined || Math.abs(cell) > farthestOffset * 24) return;
    let cells = this.#work.get(work.market);
    if (cells === undefined) this.#work.set(work.market, (cells = new Map()));
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }

  #cellOf({ dueAt, zone }: Requested["work"], booking: Booking | undefined): number | undefined {
    if (booking === undefined) return undefined;
    const { day, hour } = localTime(dueAt, zone);
    return (day - booking.day) * 24 + hour;
  }
}

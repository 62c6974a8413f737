// What the platform knows at an instant: bookings made by then with the work that they asked for, cancellations heard of by then,
// and how long work took that has fallen due by then. Nothing in its answers is of later.
import { firstDueFrom, type Demand } from "./demand.js";

const never = Number.POSITIVE_INFINITY;
const hourMs = 3_600_000;

interface Fact {
  readonly at: number;
  readonly day: number;
  readonly change: 1 | -1;
}

export class Knowledge {
  readonly #facts: readonly Fact[];
  readonly #demand: Demand;
  #fact = 0;
  #due = 0;
  #calledOff = 0;
  #busyMs = 0;
  #now = Number.NEGATIVE_INFINITY;
  readonly #inHand = new Map<number, number>();

  constructor(demand: Demand) {
    this.#demand = demand;
    this.#facts = factsOf(demand);
  }

  get now(): number {
    return this.#now;
  }

  /** Moves on to an instant; what happens at it is known. */
  advance(now: number): void {
    this.#now = now;
    for (let fact = this.#facts[this.#fact]; fact !== undefined && fact.at <= now; fact = this.#facts[this.#fact]) {
      this.#inHand.set(fact.day, this.inHand(fact.day) + fact.change);
      this.#fact += 1;
    }
    const end = firstDueFrom(this.#demand.due, now + 1);
    for (; this.#due < end; this.#due += 1) this.#busyMs += this.#demand.serviceMs[this.#due] ?? 0;
  }

  /** Mean service time of what has fallen due, milliseconds; undefined before the first. */
  meanServiceMs(): number | undefined {
    return this.#due === 0 ? undefined : this.#busyMs / this.#due;
  }

  /** Executions that pend for [now, to), by whole UTC hour: asked for by now, and their weddings not cancelled by now. */
  pendingByHour(to: number): readonly { readonly at: number; readonly executions: number }[] {
    const { due, wedding, calledOff } = this.#demand;
    const hours = new Map<number, number>();
    const add = (at: number, of: number): void => {
      const hour = Math.floor(at / hourMs) * hourMs;
      if (this.#stands(of)) hours.set(hour, (hours.get(hour) ?? 0) + 1);
    };
    const end = firstDueFrom(due, to);
    for (let execution = this.#due; execution < end; execution += 1) add(due[execution] ?? 0, wedding[execution] ?? 0);
    while ((calledOff[this.#calledOff]?.due ?? never) <= this.#now) this.#calledOff += 1;
    for (let next = this.#calledOff; (calledOff[next]?.due ?? never) < to; next += 1) {
      add(calledOff[next]?.due ?? 0, calledOff[next]?.wedding ?? 0);
    }
    return [...hours].map(([at, executions]) => ({ at, executions })).sort((a, b) => a.at - b.at);
  }

  #stands(wedding: number): boolean {
    const { bookedAt, cancelledAt } = this.#demand.weddings;
    return (bookedAt[wedding] ?? never) <= this.#now && (cancelledAt[wedding] ?? never) > this.#now;
  }

  /** Weddings on a day (its number) that are booked and not cancelled. */
  inHand(day: number): number {
    return this.#inHand.get(day) ?? 0;
  }
}

function factsOf({ weddings }: Demand): readonly Fact[] {
  const facts: Fact[] = [];
  weddings.bookedAt.forEach((at, wedding) => {
    const day = weddings.day[wedding] ?? 0;
    facts.push({ at, day, change: 1 });
    const cancelledAt = weddings.cancelledAt[wedding] ?? never;
    if (cancelledAt < never) facts.push({ at: cancelledAt, day, change: -1 });
  });
  return facts.sort((a, b) => a.at - b.at);
}

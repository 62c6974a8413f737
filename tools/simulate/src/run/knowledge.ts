// What the platform knows at an instant: bookings made by then, cancellations heard of by then, work that has fallen due by
// then. It is fed in the order of time and answers only from what it was fed, so no plan can use what is still to come.
import { firstDueFrom, type Demand } from "./demand.js";

const never = Number.POSITIVE_INFINITY;

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
  #now = Number.NEGATIVE_INFINITY;
  readonly #inHand = new Map<number, number>();
  readonly #listener: (execution: number) => void;

  /** `onDue` hears of each execution when it has fallen due. */
  constructor(demand: Demand, onDue: (execution: number) => void) {
    this.#demand = demand;
    this.#facts = factsOf(demand);
    this.#listener = onDue;
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
    for (; this.#due < end; this.#due += 1) this.#listener(this.#due);
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

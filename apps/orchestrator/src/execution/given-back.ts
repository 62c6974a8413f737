// Choices that came to nothing and of which no event tells: put back between two ticks, and recorded with the next.
import type { DispatchView, PendingItem } from "@wedsync/scheduler";

/** Choices given back between two recorded ticks; more wait for the next. Bounds the size of an event. */
const atOnce = 1_000;

export class GivenBack {
  /** Not yet looked at. */
  #returned: PendingItem[] = [];
  /** Put back since the last recorded tick, as the record needs it. */
  #recorded: string[] = [];

  add(item: PendingItem): void {
    this.#returned.push(item);
  }

  /** Puts back what there is room for. @param others how many the same record holds already */
  look(view: DispatchView, others: number): void {
    const room = atOnce - this.#recorded.length - others;
    if (this.#returned.length === 0 || room <= 0) return;
    for (const { execution, version } of this.#returned.splice(0, room))
      if (view.giveBack(execution, version)) this.#recorded.push(execution);
  }

  /** What was put back since this was asked last. */
  take(): string[] {
    const taken = this.#recorded;
    this.#recorded = [];
    return taken;
  }
}

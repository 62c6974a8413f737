// Spreads one tick's choices over the free slots: always the worker with most free slots next.
import type { WorkerSeat } from "./hand-over.js";

export class SeatAssignment {
  readonly #free: { worker: string; remote: boolean; slots: number }[];
  /** Free slots in all. */
  readonly free: number;
  /** Of them, those that any work may take; the rest is kept for critical work. */
  readonly credits: number;
  readonly criticalCredits: number;

  /** @param criticalReserve share of all slots that only critical work may take, 0 to 1 */
  constructor(seats: readonly WorkerSeat[], criticalReserve: number) {
    this.#free = seats.map(({ worker, remote, freeSlots }) => ({ worker, remote, slots: freeSlots }));
    const slots = seats.reduce((sum, seat) => sum + seat.slots, 0);
    this.free = seats.reduce((sum, seat) => sum + Math.max(0, seat.freeSlots), 0);
    this.criticalCredits = Math.min(this.free, Math.floor(slots * criticalReserve));
    this.credits = this.free - this.criticalCredits;
  }

  /** The next seat. The policy never chooses more than `credits`. */
  take(): { readonly worker: string; readonly remote: boolean } {
    const [first, ...others] = this.#free;
    if (first === undefined) throw new Error("More was chosen than there are seats.");
    let best = first;
    for (const seat of others) if (seat.slots > best.slots) best = seat;
    best.slots -= 1;
    return best;
  }
}

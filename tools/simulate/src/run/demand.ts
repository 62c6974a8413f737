// The demand of a season, as data: weddings and the executions their journeys cause, in the order in which they fall due.
// It is the truth of the simulation. The engine feeds it to the workers instant by instant; whoever plans capacity sees only
// what `knowledge.ts` has let pass.
import type { Tier, TierWindow } from "@wedsync/scheduler";
import type { RequestedWork } from "./requested-work.js";

export interface Weddings {
  /** How many. */
  readonly count: number;
  /** Day number (days since 1970-01-01) of each wedding. */
  readonly day: Int32Array;
  /** When each was booked, epoch milliseconds. */
  readonly bookedAt: Float64Array;
  /** When each was cancelled, epoch milliseconds; Infinity when it was not. */
  readonly cancelledAt: Float64Array;
  /** Which vendor of the simulation has it, from 0. */
  readonly vendor: Uint16Array;
}

export interface DemandStep {
  readonly key: string;
  /** Days from the wedding; null for the step that runs at booking. */
  readonly day: number | null;
  /** Local time, HH:MM; of the first booking of a day for the step at booking. */
  readonly time: string;
  readonly tier: Tier;
}

export interface Demand {
  readonly zone: string;
  readonly market: string;
  readonly steps: readonly DemandStep[];
  readonly weddings: Weddings;
  /** Executions. All arrays have this length, in ascending order of `due`. */
  readonly count: number;
  /** When each falls due, epoch milliseconds. */
  readonly due: Float64Array;
  readonly wedding: Uint32Array;
  /** Index into `steps`. */
  readonly step: Uint8Array;
  /** How long a worker is busy with it, milliseconds: the same under every policy. */
  readonly serviceMs: Uint32Array;
  /** Tier window of a wedding day. */
  readonly windowOf: (day: number) => TierWindow;
  /** Work that a cancellation calls off before it falls due, ascending by `due`: until then it pends. */
  readonly calledOff: readonly { readonly due: number; readonly wedding: number }[];
  /** What all bookings of the file asked for, whenever it falls due. */
  readonly requested: RequestedWork;
}

/** The first execution that falls due at an instant or later; `count` when there is none. */
export const firstDueFrom = (due: Float64Array, at: number): number => {
  let low = 0;
  let high = due.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((due[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

// The capacity policies that are compared. Unit: worker slots.
import { stepAt, wantedCapacity, wantedEveryMs, type BacklogThresholds } from "@wedsync/season-policy";
import { nextOnGrid, type CapacityController, type CapacityView } from "./capacity-controller.js";
import type { PlanBook } from "./plan-book.js";
import { Stabiliser } from "./stabiliser.js";

/** Constant capacity. */
export const staticCapacity = (slots: number): CapacityController => ({
  initial: slots,
  decide: () => slots,
  nextAt: () => Number.POSITIVE_INFINITY,
});

export interface ReactiveOptions {
  readonly floor: number;
  readonly cap: number;
  /** Executions, waiting and running, that one slot is wanted for. */
  readonly perSlot: number;
  /** How often the queue is looked at, milliseconds. */
  readonly pollMs: number;
  /** How long a lower wish must last before slots are given back, milliseconds. */
  readonly stabilisationMs: number;
}

/**
 * What queue-length autoscaling gives (KEDA over a horizontal pod autoscaler): at every poll, slots = the queue's length, work
 * in flight included, over a target for each; up at once, down when nothing in the stabilisation window wanted more.
 */
export const reactiveCapacity = (options: ReactiveOptions): CapacityController => {
  const { floor, cap, perSlot, pollMs } = options;
  const stabiliser = new Stabiliser(options.stabilisationMs);
  const wish = ({ waiting, running }: CapacityView): number =>
    Math.min(cap, Math.max(floor, Math.ceil((waiting + running) / perSlot)));
  return {
    initial: floor,
    decide: (view) => stabiliser.settle(view.now, wish(view)),
    nextAt: (view, quietUntil) => {
      const idle = view.waiting + view.running === 0 && view.target === floor;
      return nextOnGrid(view.now, pollMs, idle ? quietUntil : 0);
    },
  };
};

/** The plan alone: what the forecast says and nothing else. */
export const plannedCapacity = (book: PlanBook): CapacityController => ({
  initial: planned(book, book.from),
  decide: ({ now }) => planned(book, now),
  nextAt: ({ now }) => book.nextChangeAt(now),
});

export interface LagOptions {
  readonly thresholds: BacklogThresholds;
  /** How long what the backlog added stays, milliseconds. */
  readonly stabilisationMs: number;
}

/** The platform's: the plan is a floor, what waits adds to it, the cap wins; asked as often as the platform asks. */
export const plannedWithLag = (book: PlanBook, options: LagOptions): CapacityController => {
  const stabiliser = new Stabiliser(options.stabilisationMs);
  return {
    initial: planned(book, book.from),
    decide: (view) => {
      const wanted = wantedCapacity({
        plan: book.planAt(view.now),
        now: view.now,
        backlog: { count: view.waiting, oldestAgeMs: view.oldestAgeMs() },
        thresholds: options.thresholds,
        arrivalRate: view.arrivalsPerSecond(),
      });
      // Only what the backlog added is held: the plan knows when its demand ends.
      const added = wanted.slots > wanted.planned ? wanted.slots : 0;
      return Math.max(wanted.planned, stabiliser.settle(view.now, added));
    },
    nextAt: (view, quietUntil) => {
      const quiet = view.waiting === 0 && view.target === planned(book, view.now);
      return Math.min(book.nextChangeAt(view.now), nextOnGrid(view.now, wantedEveryMs, quiet ? quietUntil : 0));
    },
  };
};

const planned = (book: PlanBook, now: number): number => stepAt(book.planAt(now), now).slots;

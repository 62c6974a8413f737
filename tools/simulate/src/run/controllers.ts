// The capacity policies that are compared. Unit: worker slots.
import { fleetCapacity, wantedEveryMs, type BacklogThresholds, type WantedCapacity } from "@wedsync/season-policy";
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

/** What all workers together have for a floor and a cap; the market of the simulation is the only one. */
export interface Fleet {
  readonly floor: number;
  readonly cap: number;
  readonly thresholds: BacklogThresholds;
}

/** The plan alone: what the forecast says and nothing else. Given back after the autoscaler's stabilisation window. */
export const plannedCapacity = (book: PlanBook, fleet: Fleet, stabilisationMs: number): CapacityController => {
  const stabiliser = new Stabiliser(stabilisationMs);
  return {
    initial: planned(book, fleet, book.from),
    decide: ({ now }) => stabiliser.settle(now, planned(book, fleet, now)),
    nextAt: (view) => nextPlanned(book, fleet, view, Number.POSITIVE_INFINITY),
  };
};

/** The platform's: the plan is a floor, what waits adds to it, the cap wins; asked as often as the platform asks. */
export const plannedWithLag = (book: PlanBook, fleet: Fleet, stabilisationMs: number): CapacityController => {
  const stabiliser = new Stabiliser(stabilisationMs);
  return {
    initial: planned(book, fleet, book.from),
    decide: (view) => stabiliser.settle(view.now, wanted(book, fleet, view).slots),
    nextAt: (view, quietUntil) => nextPlanned(book, fleet, view, view.waiting === 0 ? quietUntil : 0),
  };
};

function wanted(book: PlanBook, { floor, cap, thresholds }: Fleet, view: CapacityView): WantedCapacity {
  const plan = book.planAt(view.now);
  return fleetCapacity({
    plans: [plan],
    mode: "active",
    floor,
    cap,
    now: view.now,
    backlog: { count: view.waiting, oldestAgeMs: view.oldestAgeMs() },
    arrivalRate: view.arrivalsPerSecond(),
    ratePerSlot: plan.serviceRatePerSlot,
    thresholds,
  });
}

const quiet = { waiting: 0, running: 0, target: 0, oldestAgeMs: () => 0, arrivalsPerSecond: () => 0 };

const planned = (book: PlanBook, fleet: Fleet, now: number): number => wanted(book, fleet, { ...quiet, now }).slots;

/** The next change of the plan, or the next question of the platform; none is needed while all is as planned. */
function nextPlanned(book: PlanBook, fleet: Fleet, { now, target }: CapacityView, quietUntil: number): number {
  const asPlanned = target === planned(book, fleet, now);
  return Math.min(book.nextChangeAt(now), nextOnGrid(now, wantedEveryMs, asPlanned ? quietUntil : 0));
}

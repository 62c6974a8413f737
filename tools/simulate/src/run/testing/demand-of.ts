// A demand made by hand, for specs of the engine: one vendor unless said otherwise, and weddings a year away.
import type { Tier } from "@wedsync/scheduler";
import type { Demand } from "../demand.js";
import { RequestedWork } from "../requested-work.js";

export interface WorkOfTest {
  readonly due: number;
  readonly serviceMs: number;
  readonly tier?: Tier;
  readonly vendor?: number;
  /** When the wedding is cancelled; never when absent. */
  readonly cancelledAt?: number;
}

const tierSteps = (["critical", "high", "normal", "low"] as const).map((tier) => ({
  key: tier,
  day: 0,
  time: "09:00",
  tier,
}));

const far = 1e13;

/** One wedding for each execution. */
export const demandOf = (works: readonly WorkOfTest[]): Demand => {
  const sorted = works.toSorted((a, b) => a.due - b.due);
  const count = sorted.length;
  return {
    zone: "UTC",
    market: "europe",
    steps: tierSteps,
    weddings: {
      count,
      day: new Int32Array(count),
      bookedAt: new Float64Array(count),
      cancelledAt: Float64Array.from(sorted, ({ cancelledAt }) => cancelledAt ?? Number.POSITIVE_INFINITY),
      vendor: Uint16Array.from(sorted, ({ vendor }) => vendor ?? 0),
    },
    count,
    due: Float64Array.from(sorted, ({ due }) => due),
    wedding: Uint32Array.from(sorted.keys()),
    step: Uint8Array.from(sorted, ({ tier }) => tierSteps.findIndex(({ key }) => key === (tier ?? "normal"))),
    serviceMs: Uint32Array.from(sorted, ({ serviceMs }) => serviceMs),
    calledOff: [],
    requested: new RequestedWork(),
    windowOf: () => ({ highFrom: far, criticalFrom: far, criticalUntil: far }),
  };
};

// What is known of one execution when it is explained.
import type { DispatchEvent, ExecutionEvent, Work } from "@wedsync/contracts/scheduler";
import type { Tier } from "@wedsync/scheduler";
import type { InForce } from "./season.js";

export type Decision = Extract<DispatchEvent, { readonly type: "DispatchDecided" }>["data"];

export interface Step {
  readonly position: bigint;
  readonly recordedAt: number;
  readonly event: ExecutionEvent;
  readonly actor: string;
  readonly onBehalfOf?: string;
}

/** What happened between the moment an attempt was due and its start. */
export interface Wait {
  /** Ticks that chose something in that time, the one that chose it left out. */
  readonly ticks: number;
  /** What they chose instead, by tier. */
  readonly others: Readonly<Partial<Record<Tier, number>>>;
}

export interface StartFacts {
  readonly decision?: { readonly position: bigint; readonly data: Decision; readonly place: number };
  readonly wait: Wait;
}

export interface HoldFact {
  readonly at: number;
  readonly scope: string;
  readonly held: boolean;
  readonly cause: string;
  readonly actor: string;
}

/** What is ahead of an execution that waits now. */
export interface QueueFacts {
  readonly ahead: Readonly<Partial<Record<Tier, number>>>;
  readonly sameVendorEarlier: number;
}

export interface Facts {
  readonly execution: string;
  readonly steps: readonly Step[];
  /** By position of the start. */
  readonly starts: ReadonlyMap<bigint, StartFacts>;
  /** Holds that touched it, oldest first. */
  readonly holds: readonly HoldFact[];
  /** Season policies up to its end, oldest first. */
  readonly policies: readonly InForce[];
  readonly queue?: QueueFacts;
  /** The database's time of the snapshot. */
  readonly now: number;
}

/** The work as it stands after a step; the one before when the step carries none. */
export const workAfter = (step: Step, before: Work | undefined): Work | undefined =>
  "work" in step.event.data && step.event.data.work !== undefined ? step.event.data.work : before;

/** The zone in which people speak of the execution: that of its wedding. */
export const zoneOf = (steps: readonly Step[]): string =>
  steps.reduce<Work | undefined>((work, step) => workAfter(step, work), undefined)?.zone ?? "UTC";

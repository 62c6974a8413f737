// How a pass over the log is watched: the bar that a person sees, and their wish to stop.
import type { Progress } from "@wedsync/adapter-terminal";

/** Progress of one pass over the log. */
export interface PassProgress extends Pick<Progress, "stop"> {
  /** @param events seen so far */
  update(events: number): void;
}

export interface Watch {
  readonly progress: PassProgress;
  readonly signal: AbortSignal;
}

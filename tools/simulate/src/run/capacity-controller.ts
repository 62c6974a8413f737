// Who decides how many slots there are: the seam between the engine and the capacity policies.

/** What an autoscaler can see of the platform at an instant. Nothing of the future is in it. */
export interface CapacityView {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Executions that are due and not started. */
  readonly waiting: number;
  readonly running: number;
  /** Slots asked for last. */
  readonly target: number;
  /** Since when the longest waiting execution has been due, milliseconds ago; 0 when none waits. */
  oldestAgeMs(): number;
  /** Executions that fell due in a second, over the last minute. */
  arrivalsPerSecond(): number;
}

export interface CapacityController {
  /** Slots that are ready at the start. */
  readonly initial: number;
  /** How many slots there should be now. */
  decide(view: CapacityView): number;
  /**
   * When to ask again, epoch milliseconds, later than now; Infinity for never. `quietUntil` is when something next happens by
   * itself (work falls due or ends): until then the view does not change but for its ages. It is only there to spare
   * questions whose answer would be the same, and must not have a part in any decision.
   */
  nextAt(view: CapacityView, quietUntil: number): number;
}

/** The first instant of a grid after an instant, and not before another. */
export const nextOnGrid = (now: number, every: number, notBefore = 0): number =>
  Math.ceil(Math.max(now + 1, notBefore) / every) * every;

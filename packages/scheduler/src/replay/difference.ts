// What a replay finds when the log says something else than the rules give.

export type DifferenceCode =
  | "position_gap"
  | "event_unreadable"
  | "choice_differs"
  | "tier_differs"
  | "reason_differs"
  | "due_differs"
  | "policy_differs"
  | "inputs_impossible"
  | "start_without_decision"
  | "start_without_work"
  | "start_differs";

export interface Difference {
  readonly code: DifferenceCode;
  /** Position of the event that differs. */
  readonly position: bigint;
  /** What was recorded and what the rules give, without personal data. */
  readonly field: string;
  readonly recorded: string;
  readonly recomputed: string;
}

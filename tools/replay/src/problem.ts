// What a command can run into, as data: a code for programs and one line for a person.

export type ProblemCode =
  | "usage"
  | "interrupted"
  | "database_missing"
  | "database_unreachable"
  | "database_unknown"
  | "login_refused"
  | "schema_missing"
  | "tables_unreadable"
  | "log_empty"
  | "log_gap"
  | "log_truncated"
  | "event_unknown"
  | "event_newer"
  | "event_poison"
  | "instant_before_log"
  | "instant_after_log"
  | "execution_unknown"
  | "vendor_unknown"
  | "wedding_unknown";

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** Position of the log that it is about. */
  readonly position?: string;
}

/** A problem on its way out of a command. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

export const fail = (code: ProblemCode, message: string, position?: bigint): never => {
  throw new ProblemError({ code, message, ...(position === undefined ? {} : { position: position.toString() }) });
};

/** 2 wrong usage, 130 stopped by Ctrl-C, 1 everything else. */
export const exitCodeOf = (code: ProblemCode): number => {
  if (code === "usage") return 2;
  return code === "interrupted" ? 130 : 1;
};

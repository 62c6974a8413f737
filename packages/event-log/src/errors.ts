// What a log throws: broken stores and broken promises only. Compare `code`, not classes: copies of a package do not share them.

export type LogErrorCode =
  /** The next position is not last + 1: the store lost or hides events. */
  | "log_gap"
  /** The store ends before what was read from it: it lost its newest events. */
  | "log_truncated"
  /** The store could not be reached, or the reply was lost and could not be read back. The outcome is unknown. */
  | "log_unavailable"
  /** The log was closed while a call was waiting. */
  | "log_closed"
  /** A command met conflicts again and again. */
  | "too_many_conflicts";

export interface LogError extends Error {
  readonly code: LogErrorCode;
  readonly context: Readonly<Record<string, string | number>>;
}

/** Makes a `LogError`. The message says what, where and what to do. */
export function logError(
  code: LogErrorCode,
  message: string,
  context: Readonly<Record<string, string | number>> = {},
  cause?: unknown,
): LogError {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name: "LogError", code, context });
}

const codes: ReadonlySet<string> = new Set<LogErrorCode>([
  "log_gap",
  "log_truncated",
  "log_unavailable",
  "log_closed",
  "too_many_conflicts",
]);

/** True for errors made by `logError`, also across copies of this package. */
export function isLogError(error: unknown): error is LogError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && codes.has(error.code);
}

// Errors are data: what a command can run into, and the one line the operator reads about it.
// Must not be here: exit codes for success, printing, HTTP.

export type CliErrorCode =
  | "usage"
  | "no_key"
  | "interrupted"
  | "server_unreachable"
  | "server_timeout"
  | "connection_lost"
  | "unexpected_answer"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "refused"
  | "overloaded"
  | "server_failed"
  | "input_unreadable"
  | "nothing_imported"
  | "not_held"
  | "partly_failed";

/** A problem as data: `message` is one line saying what was wrong, where, and what to do. */
export interface CliError {
  readonly code: CliErrorCode;
  readonly message: string;
  /** The server's own problem code (RFC 9457 `code`), when a server answered. */
  readonly problemCode?: string;
  /** HTTP status, when a server answered. */
  readonly status?: number;
  /** Seconds the server asked us to wait before the next try. */
  readonly retryAfterSeconds?: number;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CliError };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: CliErrorCode, message: string, more: Omit<CliError, "code" | "message"> = {}) =>
  ({ ok: false, error: { code, message, ...more } }) as const;

/** One field of something thrown, as text; "" when it has none. By shape: `instanceof` fails across realms. */
export const fieldOf = (thrown: unknown, field: "code" | "name" | "message"): string => {
  if (typeof thrown !== "object" || thrown === null) return "";
  const value: unknown = Reflect.get(thrown, field);
  return typeof value === "string" ? value : "";
};

/** The process exit code of an error: 2 wrong usage, 130 stopped by Ctrl-C, 1 everything else. */
export const exitCodeOf = (error: CliError): number => {
  if (error.code === "usage") return 2;
  return error.code === "interrupted" ? 130 : 1;
};

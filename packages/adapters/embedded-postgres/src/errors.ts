// Faults of the embedded server, each with one line that says what to do. Compare `code`.

export type EmbeddedPostgresErrorCode =
  | "platform_unsupported"
  | "folder_in_use"
  | "folder_not_writable"
  | "folder_not_empty"
  | "server_user_missing"
  | "init_failed"
  | "start_failed"
  | "version_mismatch";

export interface EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;
}

export function embeddedError(
  code: EmbeddedPostgresErrorCode,
  message: string,
  cause?: unknown,
): EmbeddedPostgresError {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), {
    name: "EmbeddedPostgresError",
    code,
  });
}

export function isEmbeddedPostgresError(error: unknown): error is EmbeddedPostgresError {
  return error instanceof Error && error.name === "EmbeddedPostgresError" && "code" in error;
}

/** Is this the operating system's error of that name? Not by `instanceof`: an error may come from another realm. */
export function isSystemError(error: unknown, code: "EEXIST" | "EPERM"): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

// What this adapter throws besides the log's own errors. Compare `code`.

export type AdapterErrorCode =
  | "schema_newer"
  | "schema_missing"
  | "log_truncated"
  | "bad_schema_name"
  | "pooled_connection"
  | "unsafe_settings"
  | "unsupported_version"
  | "master_key_invalid"
  | "master_key_wrong"
  | "key_erased";

export interface AdapterError extends Error {
  readonly code: AdapterErrorCode;
}

export function adapterError(code: AdapterErrorCode, message: string, cause?: unknown): AdapterError {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name: "AdapterError", code });
}

/** True when the error came from `adapterError` with this code, also across copies of the package. */
export function isAdapterError(error: unknown, code: AdapterErrorCode): error is AdapterError {
  return error instanceof Error && error.name === "AdapterError" && "code" in error && error.code === code;
}

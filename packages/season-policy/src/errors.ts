// What this package throws: a question that its data cannot answer. Compare `code`, not classes: copies of a package do not
// share them.

export type SeasonErrorCode =
  /** The policy has no such market. */
  | "market_unknown"
  /** Not the name of an IANA time zone. */
  | "zone_unknown"
  /** Not a calendar day YYYY-MM-DD. */
  | "date_invalid"
  /** A number is outside its stated range, or a time is out of order. */
  | "range_invalid";

export interface SeasonError extends Error {
  readonly code: SeasonErrorCode;
  readonly context: Readonly<Record<string, string | number>>;
}

/** Makes a `SeasonError`. The message says what was wrong and what to do. */
export const seasonError = (
  code: SeasonErrorCode,
  message: string,
  context: Readonly<Record<string, string | number>> = {},
): SeasonError => Object.assign(new Error(message), { name: "SeasonError", code, context });

const codes: ReadonlySet<string> = new Set<SeasonErrorCode>([
  "market_unknown",
  "zone_unknown",
  "date_invalid",
  "range_invalid",
]);

/** True for errors made by this package, also across copies of it. */
export function isSeasonError(error: unknown): error is SeasonError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && codes.has(error.code);
}

/** Refuses a number outside [low, high] or not finite. @throws SeasonError `range_invalid` */
export function requireRange(name: string, value: number, low: number, high = Number.MAX_SAFE_INTEGER): void {
  if (value >= low && value <= high) return;
  throw seasonError("range_invalid", `${name} must be a number from ${low} to ${high}.`, { name });
}

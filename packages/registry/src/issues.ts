// The one shape in which anything that was checked against a schema says what is wrong. Values never appear in it:
// they may be personal data, and a refusal travels to logs, answers and tickets.

/** What kind of JSON a value is; `missing` when there is none. */
export type ValueType = "string" | "number" | "boolean" | "null" | "array" | "object" | "missing";

export interface Issue {
  /** JSON Pointer (RFC 6901). Names that the schema does not know are shown as `*`: a key may be personal data too. */
  readonly path: string;
  /** The keyword or limit that failed, for example `required`, `maxLength`, `depth`. */
  readonly rule: string;
  readonly valueType: ValueType;
}

export type Validated = { readonly ok: true } | { readonly ok: false; readonly issues: readonly Issue[] };

/** At most this many issues are listed. */
export const maxIssues = 50;

export const invalid = (...issues: readonly Issue[]): Validated => ({ ok: false, issues: issues.slice(0, maxIssues) });

export function valueTypeOf(value: unknown): ValueType {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** One segment of a JSON Pointer. */
export const pointerSegment = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** True for a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// The shape in which data that were checked say what is wrong. A policy is written by its operators and holds nothing
// personal, so a path names keys; values are left out all the same.
import type { z } from "zod";

export interface Issue {
  /** JSON Pointer (RFC 6901) to what is wrong; of an unknown key: to that key. */
  readonly path: string;
  /** The rule that does not hold: `required`, `type`, `unknown_key`, `too_small`, `cap_below_floor`, `zone_unknown`, ... */
  readonly rule: string;
  /** What to do, for people. */
  readonly message: string;
}

/** At most this many issues are listed. */
export const maxIssues = 50;

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

export const issue = (path: readonly PropertyKey[], rule: string, message: string): Issue => ({
  path: pointer(path),
  rule,
  message,
});

export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks a shape first; only data of the right shape reach the rules that relate fields to each other. */
export function check<Shape extends z.ZodType>(
  schema: Shape,
  json: unknown,
  rules: (value: z.output<Shape>) => readonly Issue[],
): Checked<z.output<Shape>> {
  const parsed = schema.safeParse(json);
  const issues = parsed.success ? rules(parsed.data) : parsed.error.issues.flatMap(fromZod);
  if (!parsed.success || issues.length > 0) return { ok: false, issues: issues.slice(0, maxIssues) };
  return { ok: true, value: parsed.data };
}

function fromZod(found: z.core.$ZodIssue): readonly Issue[] {
  switch (found.code) {
    case "unrecognized_keys":
      return found.keys.map((key) =>
        issue([...found.path, key], "unknown_key", "This key is not known; remove it or correct its name."),
      );
    case "invalid_type":
      // What is absent is undefined: JSON has no such value.
      return found.message.endsWith("received undefined")
        ? [issue(found.path, "required", `This must be given; expected ${found.expected}.`)]
        : [issue(found.path, "type", `Expected ${found.expected}.`)];
    case "too_small":
      return [issue(found.path, "too_small", `It must be at least ${String(found.minimum)}.`)];
    case "too_big":
      return [issue(found.path, "too_big", `It must be at most ${String(found.maximum)}.`)];
    default:
      return [issue(found.path, found.code, "It does not have the stated form.")];
  }
}

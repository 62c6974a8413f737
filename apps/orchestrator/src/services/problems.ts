// Refusals of the domain as HTTP problems. The domain knows no status codes; this table is the only place that maps them.
import { problem, type ProblemError } from "@wedsync/adapter-http";
import type { AppendRefusal } from "@wedsync/event-log";

interface Refusal {
  readonly code: string;
  readonly message?: string;
  /** Relative, as those of the issues: a JSON Pointer into what the domain was given. */
  readonly path?: string;
  readonly issues?: readonly { readonly path: string; readonly rule: string; readonly valueType: string }[];
  readonly cause?: unknown;
}

/** Codes that mean: well formed, but not in this state. Everything else of the domain is a bad value: 422. */
const conflicts = new Set([
  "idempotency_key_reused",
  "already_final",
  "not_final",
  "not_running",
  "not_held",
  "not_uncertain",
  "not_redrivable",
  "wedding_cancelled",
  "version_unknown",
  "handler_missing",
  "incompatible",
  "cannot_prove_compatible",
  "attempt_open",
]);

const missing = new Set([
  "wedding_unknown",
  "vendor_unknown",
  "journey_unknown",
  "execution_unknown",
  "module_unknown",
  "not_found",
]);

/** Which part a refusal is about, where the domain names none: relative as well. */
const paths: Readonly<Record<string, string>> = {
  date_invalid: "/date",
  booked_on_invalid: "/bookedOn",
  cancelled_on_invalid: "/cancelledOn",
  end_before_start: "/endDate",
  too_long: "/endDate",
  zone_unknown: "/timeZone",
  time_zone_unknown: "/timeZone",
  time_invalid: "/when/time",
  due_too_far: "/when",
  scope_invalid: "/scope",
  wedding_unknown: "/weddingId",
  module_unknown: "/moduleType",
  handler_missing: "/moduleType",
};

/**
 * A refusal as the answer to a request.
 * @param at where in the request the domain's input stood, a JSON Pointer; every path of the problem begins with it
 */
export function refusalProblem(refusal: Refusal, at = "/body"): ProblemError {
  if (refusal.code === "append_refused") return appendProblem(refusal.cause as AppendRefusal);
  if (refusal.code === "unreadable") {
    return problem(503, "newer_release_needed", "This stream was written by a newer release; deploy it here too.", {
      retryAfterSeconds: 30,
    });
  }
  const status = missing.has(refusal.code) ? 404 : conflicts.has(refusal.code) ? 409 : 422;
  const issues = refusal.issues?.map((issue) => ({ ...issue, path: `${at}${issue.path}` }));
  const own = refusal.path ?? paths[refusal.code];
  const path = issues?.[0]?.path ?? (own === undefined ? undefined : `${at}${own}`);
  return problem(status, refusal.code, refusal.message ?? "Refused.", {
    ...(path === undefined ? {} : { path }),
    ...(issues === undefined ? {} : { context: { issues } }),
  });
}

/** What a request or a step brings along for its module. */
interface Given {
  readonly config?: object;
  readonly payload?: object;
}

/**
 * A refusal of what a request gives its module: by the registry, or by the module that cannot render it. Both look at the
 * payload completed by the configuration; the problem points to the one of them that the part stood in.
 */
export function requestProblem(refusal: Refusal, given: Given, at?: string): ProblemError {
  const { path, issues, ...rest } = refusal;
  return refusalProblem(
    {
      ...rest,
      ...(path === undefined ? {} : { path: placeOf(path, given) }),
      ...(issues === undefined
        ? {}
        : { issues: issues.map((issue) => ({ ...issue, path: placeOf(issue.path, given) })) }),
    },
    at,
  );
}

function placeOf(path: string, { config, payload }: Given): string {
  return path.replace(/^\/(?:content|payload)(?=\/([^/]*)|$)/, (_whole, part: string = "") => {
    const has = (value: object | undefined) => value !== undefined && Object.hasOwn(value, part);
    const isConfigured = payload === undefined ? config !== undefined : has(config) && !has(payload);
    return isConfigured ? "/config" : "/payload";
  });
}

/** What the log did not take, as the answer to a request. */
export function appendProblem(refusal: AppendRefusal): ProblemError {
  switch (refusal.code) {
    case "append_invalid":
      // Its path leads into the append, where a caller sees nothing.
      return problem(422, refusal.reason, refusal.message);
    case "log_fenced":
      return problem(503, "log_fenced", refusal.message, { retryAfterSeconds: 60 });
    case "version_conflict":
    case "guard_refused":
    case "leader_fenced":
      return problem(503, "busy", "The data changed while it was being written; try again.", { retryAfterSeconds: 1 });
  }
}

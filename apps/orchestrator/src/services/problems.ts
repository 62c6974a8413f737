// Refusals of the domain as HTTP problems. The domain knows no status codes; this table is the only place that maps them.
import { problem, type ProblemError } from "@wedsync/adapter-http";
import type { AppendRefusal } from "@wedsync/event-log";

interface Refusal {
  readonly code: string;
  readonly message?: string;
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

/** Which part of a body a refusal is about, where the domain knows no body. */
const paths: Readonly<Record<string, string>> = {
  date_invalid: "/body/date",
  end_before_start: "/body/endDate",
  zone_unknown: "/body/timeZone",
  time_zone_unknown: "/body/timeZone",
  time_invalid: "/body/when/time",
  scope_invalid: "/body/scope",
  wedding_unknown: "/body/weddingId",
};

export function refusalProblem(refusal: Refusal): ProblemError {
  if (refusal.code === "append_refused") return appendProblem(refusal.cause as AppendRefusal);
  if (refusal.code === "unreadable") {
    return problem(503, "newer_release_needed", "This stream was written by a newer release; deploy it here too.", {
      retryAfterSeconds: 30,
    });
  }
  const status = missing.has(refusal.code) ? 404 : conflicts.has(refusal.code) ? 409 : 422;
  const path = refusal.issues?.[0]?.path ?? paths[refusal.code];
  return problem(status, refusal.code, refusal.message ?? "Refused.", {
    ...(path === undefined ? {} : { path }),
    ...(refusal.issues === undefined ? {} : { context: { issues: refusal.issues } }),
  });
}

export function appendProblem(refusal: AppendRefusal): ProblemError {
  switch (refusal.code) {
    case "append_invalid":
      return problem(422, refusal.reason, refusal.message, { path: refusal.path });
    case "log_fenced":
      return problem(503, "log_fenced", refusal.message, { retryAfterSeconds: 60 });
    case "version_conflict":
    case "guard_refused":
    case "leader_fenced":
      return problem(503, "busy", "The data changed while it was being written; try again.", { retryAfterSeconds: 1 });
  }
}

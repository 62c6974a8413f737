// Everything that goes wrong in a request ends here as a problem. Unknown errors are logged by name and answered without detail.
import { isLogError } from "@wedsync/event-log";
import type { FastifyReply, FastifyRequest } from "fastify";
import { problem, problemBody, ProblemError, problemHeaders, type Problem } from "./problem.js";

export interface ErrorLogger {
  error(context: object, message: string): void;
}

/** What the server itself refuses while it reads a request; the framework passes on no more than the status. */
const readProblems: Readonly<Record<number, readonly [string, string]>> = {
  400: ["bad_json", "The body is not valid JSON; an empty one is not either."],
  404: ["route_unknown", "There is no such route; see /openapi.json."],
  413: ["body_too_large", "The body is larger than this route allows."],
  415: ["media_type", "Send `Content-Type: application/json`."],
};

function toProblem(error: unknown, isChecked: boolean): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isLogError(error) && error.code === "too_many_conflicts")
    return problem(503, error.code, "Too many others change the same thing at this moment; try again.", {
      retryAfterSeconds: 1,
    }).problem;
  if (isLogError(error)) {
    return problem(
      503,
      error.code,
      "The event log cannot be reached now; repeat the request with the same Idempotency-Key.",
      { retryAfterSeconds: 2 },
    ).problem;
  }
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const status =
    error instanceof Error && "getStatus" in error && typeof error.getStatus === "function"
      ? Number(error.getStatus())
      : error instanceof Error && "statusCode" in error
        ? Number(error.statusCode)
        : 500;
  // Refused before the input was checked: the parser's complaint holds a piece of the body, so only the fact is passed on.
  const unread = isChecked ? undefined : readProblems[status];
  if (unread !== undefined) return problem(status, ...unread).problem;
  if (status >= 400 && status < 500) return problem(status, "bad_request", "The request could not be read.").problem;
  if (isDatabaseAway(error, code)) {
    return problem(503, "database_unavailable", "The database cannot be reached now; try again.", {
      retryAfterSeconds: 2,
    }).problem;
  }
  return problem(500, "internal_error", "An unexpected error; it was logged under the correlation id.").problem;
}

/** Connections that broke: by SQLSTATE, by the socket's code, or by the driver's own words, which have no code. */
function isDatabaseAway(error: unknown, code: string): boolean {
  if (/^(08|53|57)/.test(code) || /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code)) return true;
  const words =
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;
  return error instanceof Error && words.test(error.message);
}

/** Answers a failed request with its problem; the way out for every exception of a handler or guard. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: ErrorLogger): void {
  const found = toProblem(error, request.input !== undefined);
  request.refusedWith = found.code;
  const correlationId = request.wedsync?.context.correlationId;
  if (found.status >= 500) {
    const shown = error instanceof Error ? { name: error.name, stack: error.stack } : {};
    logger.error(
      { ...shown, code: found.code, correlationId, operation: request.wedsync?.endpoint.operation },
      "request failed",
    );
  }
  void reply
    .code(found.status)
    .headers(problemHeaders(found))
    .type("application/problem+json")
    .send(JSON.stringify({ ...problemBody(found), ...(correlationId === undefined ? {} : { correlationId }) }));
}

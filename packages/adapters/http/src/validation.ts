// Checks every part of a request against its endpoint before a handler sees it. Problems name path and rule, never a value.
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { RequestContext } from "./caller.js";
import type { Endpoint } from "./endpoint.js";
import { problem, type ProblemError } from "./problem.js";

declare module "fastify" {
  interface FastifyRequest {
    input?: Input;
  }
}
/** What a handler works with: checked parts and who asks. */
export interface Input<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
  readonly context: RequestContext;
}

/** The input type of an endpoint. */
export type InputOf<E extends Endpoint> = Input<
  E["params"] extends z.ZodType ? z.output<E["params"]> : undefined,
  E["query"] extends z.ZodType ? z.output<E["query"]> : undefined,
  E["body"] extends z.ZodType ? z.output<E["body"]> : undefined
>;

const maxDepth = 16;

export function tooDeep(value: unknown, depth = 1): boolean {
  if (value === null || typeof value !== "object") return false;
  if (depth > maxDepth) return true;
  return Object.values(value).some((item) => tooDeep(item, depth + 1));
}

function badText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed();
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([key, item]) => badText(key) || badText(item));
}

/** The first issue of a failed check as a problem: JSON pointer, rule; no value, no unknown key's name beyond the pointer. */
export function issueProblem(error: z.ZodError, where: string, status = 400): ProblemError {
  const issue = error.issues[0];
  const path = `/${[where, ...(issue?.path ?? [])].map(String).join("/")}`;
  return problem(status, "invalid_request", describe(issue), { path });
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case "unrecognized_keys":
      return "There are fields the schema does not have; see /openapi.json.";
    case "invalid_type":
      return `A ${issue.expected} is required here.`;
    case "invalid_union":
      return "None of the allowed forms matches; see /openapi.json.";
    case "too_big":
      return `At most ${String(issue.maximum)} allowed.`;
    case "too_small":
      return `At least ${String(issue.minimum)} required.`;
    case "invalid_format":
      return `The form must be: ${issue.format === "regex" ? issue.message : issue.format}.`;
    case "invalid_value":
      return `Must be one of: ${issue.values.map(String).join(", ")}.`;
    default:
      return issue?.code === "custom" ? issue.message : "The value is not acceptable here.";
  }
}

function check(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (where === "headers" && parsed.error.issues[0]?.path[0] === "idempotency-key") {
    throw problem(
      400,
      "idempotency_key_required",
      "Send an Idempotency-Key header of 1-255 characters; repeat it to repeat the request safely.",
    );
  }
  throw issueProblem(parsed.error, where);
}

/**
 * Checks an admitted request and keeps the result as `request.input`.
 * @throws ProblemError 404 when `guardRoutes` admitted no route, 400 for input that is not what the endpoint says
 */
export function checkInput(request: FastifyRequest): void {
  const admitted = request.wedsync;
  if (admitted === undefined) throw problem(404, "route_unknown", "There is no such route; see /openapi.json.");
  const { endpoint, context } = admitted;
  if (tooDeep(request.body))
    throw problem(400, "too_deep", `JSON is nested deeper than ${maxDepth} levels.`, { path: "/body" });
  if (badText(request.body))
    throw problem(400, "bad_text", "Text holds a NUL or half a surrogate pair.", { path: "/body" });
  request.input = {
    params: check(endpoint.params, request.params, "params"),
    query: check(endpoint.query, request.query, "query"),
    headers: (check(endpoint.headers, request.headers, "headers") ?? {}) as Readonly<Record<string, string>>,
    body: check(endpoint.body, request.body ?? undefined, "body"),
    context,
  };
}

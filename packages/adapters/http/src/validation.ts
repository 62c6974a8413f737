// Checks every part of a request against its endpoint before a handler sees it. Problems name path and rule, never a value.
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { RequestContext } from "./caller.js";
import type { Endpoint } from "./endpoint.js";
import { issueProblem, maskedIssues } from "./issues.js";
import { unfitJson } from "./plain-json.js";
import { problem } from "./problem.js";

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
  throw issueProblem({ issues: maskedIssues(schema, parsed.error) }, where);
}

/** The body, or what there is of it beside its items: those are checked one by one, so that a bad one harms no neighbour. */
function checkedAtOnce({ item }: Endpoint, body: unknown): unknown {
  const isBulk = item !== undefined && typeof body === "object" && body !== null && "items" in body;
  return isBulk && Array.isArray(body.items) ? { ...body, items: [] } : body;
}

/**
 * Checks an admitted request and keeps the result as `request.input`.
 * @throws ProblemError 404 when `guardRoutes` admitted no route, 400 for input that is not what the endpoint says
 */
export function checkInput(request: FastifyRequest): void {
  const admitted = request.wedsync;
  if (admitted === undefined) throw problem(404, "route_unknown", "There is no such route; see /openapi.json.");
  const { endpoint, context } = admitted;
  const unfit = unfitJson(checkedAtOnce(endpoint, request.body));
  if (unfit !== undefined) throw problem(400, unfit.code, unfit.detail, { path: "/body" });
  request.input = {
    params: check(endpoint.params, request.params, "params"),
    query: check(endpoint.query, request.query, "query"),
    headers: (check(endpoint.headers, request.headers, "headers") ?? {}) as Readonly<Record<string, string>>,
    body: check(endpoint.body, request.body ?? undefined, "body"),
    context,
  };
}

// The first thing a request meets, before its body is read: is there such a route, who calls, may they. Deny by default.
import { createHash, randomUUID } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate, type ApiKeyVerifier } from "./authentication.js";
import { mayTouch, type Caller, type RequestContext } from "./caller.js";
import { defaultBodyLimit, type Endpoint, type Endpoints } from "./endpoint.js";
import { problem, problemBody, ProblemError } from "./problem.js";

declare module "fastify" {
  interface FastifyRequest {
    wedsync?: { readonly endpoint: Endpoint; readonly context: RequestContext };
    /** Code of the problem the request was answered with. */
    refusedWith?: string;
  }
}

/** Takes the duration of an answered request, seconds; a Prometheus histogram fits. */
export interface RequestObserver {
  observe(labels: { readonly operation: string; readonly status: string }, seconds: number): void;
}

export interface AccessOptions {
  /** The routes there are; any other is refused. */
  readonly endpoints: Endpoints;
  readonly keys: ApiKeyVerifier;
  readonly jwtSecret?: Uint8Array;
  readonly requestsPerMinute: number;
  readonly requests: RequestObserver;
  /** Records that an authenticated caller was refused. */
  readonly onRefused: (endpoint: Endpoint, context: RequestContext, code: string) => void;
}

const open: Caller = { role: "read-only", actor: "anonymous" };
const traceparent = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

type Routes = ReadonlyMap<string, Endpoint>;

/** Registers the hooks. Must run before the routes are registered. */
export async function guardRoutes(fastify: FastifyInstance, options: AccessOptions): Promise<void> {
  const routes: Routes = new Map(
    Object.values(options.endpoints).map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]),
  );
  fastify.addHook("onRoute", (route) => {
    const endpoint = routes.get(`${String(route.method)} ${route.url}`);
    route.bodyLimit = endpoint?.bodyLimit ?? defaultBodyLimit;
  });
  await fastify.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    allowList: (request) => request.url.startsWith("/health/"),
    keyGenerator: (request) =>
      request.headers.authorization === undefined
        ? request.ip
        : createHash("sha256").update(request.headers.authorization).digest("base64"),
    errorResponseBuilder: (_request, context) =>
      Object.assign(
        problem(
          429,
          "rate_limited",
          `More than ${context.max} requests a minute; wait ${Math.ceil(context.ttl / 1000)} s.`,
          {
            retryAfterSeconds: Math.ceil(context.ttl / 1000),
          },
        ),
        { statusCode: 429 },
      ),
  });
  fastify.addHook("onResponse", async (request, reply) => {
    const operation = request.wedsync?.endpoint.operation ?? "refused";
    options.requests.observe({ operation, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    const { endpoint, context } = request.wedsync ?? {};
    // A well-formed, authenticated command that the domain refused is part of the audit trail.
    if (reply.statusCode === 409 && endpoint?.command !== undefined && context !== undefined) {
      options.onRefused(endpoint, context, request.refusedWith ?? "conflict");
    }
  });
  fastify.addHook("onRequest", async (request, reply) => {
    try {
      request.wedsync = await admit(request, routes, options);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.status === 401) void reply.header("www-authenticate", "Bearer");
      // The body was not read: the connection cannot be used again for a client that still sends it.
      return reply
        .code(error.problem.status)
        .type("application/problem+json")
        .send(JSON.stringify(problemBody(error.problem)));
    }
    return undefined;
  });
}

async function admit(
  request: FastifyRequest,
  routes: Routes,
  options: AccessOptions,
): Promise<NonNullable<FastifyRequest["wedsync"]>> {
  const endpoint = routes.get(`${request.method} ${request.routeOptions.url ?? ""}`);
  if (endpoint === undefined) throw problem(404, "route_unknown", "There is no such route; see /openapi.json.");
  const header = request.headers["traceparent"];
  const context = (caller: Caller): RequestContext => ({
    caller,
    correlationId: randomUUID(),
    ...(typeof header === "string" && traceparent.test(header) ? { traceparent: header } : {}),
  });
  if (endpoint.allow === "open") return { endpoint, context: context(open) };
  const caller = await authenticate(request.headers.authorization, options.keys, options.jwtSecret);
  const admitted = { endpoint, context: context(caller) };
  const vendor = (request.params as Readonly<Record<string, string>>)["vendorId"];
  if (!endpoint.allow.includes(caller.role)) {
    options.onRefused(endpoint, admitted.context, "role_not_allowed");
    throw problem(403, "role_not_allowed", `The role ${caller.role} may not call ${endpoint.operation}.`);
  }
  if (vendor !== undefined && !mayTouch(caller, vendor)) {
    options.onRefused(endpoint, admitted.context, "other_vendor");
    throw problem(403, "other_vendor", "A vendor's key reaches this vendor only.");
  }
  if (hasBody(request) && !/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    throw problem(415, "media_type", "Send `Content-Type: application/json`.");
  return admitted;
}

function hasBody(request: FastifyRequest): boolean {
  return request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
}

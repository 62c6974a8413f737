// The first thing a request meets, before its body is read: is there such a route, who calls, may they. Deny by default.
import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authenticate, type ApiKeyVerifier } from "./authentication.js";
import { checkMediaType, readJsonBodies } from "./body-text.js";
import { mayTouch, type Caller, type RequestContext } from "./caller.js";
import { defaultBodyLimit, type Endpoint, type Endpoints } from "./endpoint.js";
import { problem, problemBody, ProblemError, problemHeaders } from "./problem.js";
import { limitRates, type RateLimits } from "./rate-limit.js";
import { routesOf, type Routes } from "./routes.js";

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
  /** Of one caller; and how often one address may be refused before it is known who asks. Open routes are not counted. */
  readonly requestsPerMinute: number;
  readonly requests: RequestObserver;
  /** Records that an authenticated caller was refused. */
  readonly onRefused: (endpoint: Endpoint, context: RequestContext, code: string) => void;
}

const open: Caller = { role: "read-only", actor: "anonymous" };
/** W3C Trace Context; ids that are all zeros are invalid by its words. */
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Registers the hooks and the reader of bodies. Must run before the routes are registered. */
export async function guardRoutes(fastify: FastifyInstance, options: AccessOptions): Promise<void> {
  const routes = routesOf(options.endpoints);
  readJsonBodies(fastify);
  fastify.addHook("onRoute", (route) => {
    route.bodyLimit = routes.find(String(route.method), route.url)?.bodyLimit ?? defaultBodyLimit;
  });
  const limits = await limitRates(fastify, options.requestsPerMinute);
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
      request.wedsync = await admit(request, reply, { routes, limits, options });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      request.refusedWith = error.problem.code;
      // The body was not read: the connection cannot be used again for a client that still sends it.
      return reply
        .code(error.problem.status)
        .headers(problemHeaders(error.problem))
        .type("application/problem+json")
        .send(JSON.stringify(problemBody(error.problem)));
    }
    return undefined;
  });
}

interface Gate {
  readonly routes: Routes;
  readonly limits: RateLimits;
  readonly options: AccessOptions;
}

async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  { routes, limits, options }: Gate,
): Promise<NonNullable<FastifyRequest["wedsync"]>> {
  const endpoint = routes.find(request.method, request.routeOptions.url ?? "");
  if (endpoint === undefined) {
    await limits.afterRefusal(request);
    throw routes.refusal(request);
  }
  const header = request.headers["traceparent"];
  const context = (caller: Caller): RequestContext => ({
    caller,
    correlationId: randomUUID(),
    ...(typeof header === "string" && traceparent.test(header) ? { traceparent: header } : {}),
  });
  if (endpoint.allow === "open") return { endpoint, context: context(open) };
  const caller = await identify(request, limits, options);
  request.actor = caller.actor;
  await limits.afterSuccess(request, reply);
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
  checkMediaType(request);
  return admitted;
}

/** Each look at a key asks the database: there is none for an address that was refused too often. */
async function identify(request: FastifyRequest, limits: RateLimits, { keys, jwtSecret }: AccessOptions) {
  const limited: ApiKeyVerifier = {
    verify: async (secret) => {
      await limits.beforeLookup(request);
      return await keys.verify(secret);
    },
  };
  try {
    return await authenticate(request.headers.authorization, limited, jwtSecret);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) await limits.afterRefusal(request);
    throw error;
  }
}

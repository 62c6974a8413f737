// How often one may ask in a minute: a caller by who it is, an address by how often it was refused before anybody knew who
// asks. Callers behind one address share nothing but the latter, and a credential that was good before does not depend on it:
// who guesses keys behind a proxy shuts nobody else out.
import { createHash } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problem, type ProblemError } from "./problem.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who was authenticated, also where the request is refused afterwards. */
    actor?: string;
  }
}

export interface RateLimits {
  /** Before a key is looked up. @throws ProblemError 429 when its address was refused too often */
  beforeLookup(request: FastifyRequest): Promise<void>;
  /** Counts a refusal of somebody unknown. @throws ProblemError 429 when there were too many already */
  afterRefusal(request: FastifyRequest): Promise<void>;
  /** Counts a request of the authenticated `request.actor`. @throws ProblemError 429 when it asks too often */
  afterSuccess(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** Good credentials that are remembered; with more, the oldest are forgotten. */
const maxKnown = 10_000;

/** Registers the counters of one server. */
export async function limitRates(fastify: FastifyInstance, requestsPerMinute: number): Promise<RateLimits> {
  await fastify.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { max, ttl }) => tooMany(max, ttl),
  });
  const ofActor = fastify.rateLimit({ keyGenerator: ({ actor = "" }) => actor });
  const ofAddress = fastify.createRateLimit({});
  const known = new Set<string>();
  return {
    beforeLookup: async (request) => {
      if (known.has(digestOf(request))) return;
      const count = await ofAddress(request, { increment: false });
      if (!count.isAllowed && count.remaining === 0) throw tooMany(count.max, count.ttl);
    },
    afterRefusal: async (request) => {
      known.delete(digestOf(request));
      const count = await ofAddress(request);
      if (!count.isAllowed && count.isExceeded) throw tooMany(count.max, count.ttl);
    },
    afterSuccess: async (request, reply) => {
      const digest = digestOf(request);
      known.delete(digest);
      known.add(digest);
      const [oldest] = known;
      if (known.size > maxKnown && oldest !== undefined) known.delete(oldest);
      await ofActor.call(fastify, request, reply);
    },
  };
}

/** Credentials are not held in memory as they are. */
const digestOf = ({ headers }: FastifyRequest): string =>
  createHash("sha256")
    .update(headers.authorization ?? "")
    .digest("base64");

function tooMany(max: number, ttlMs: number): ProblemError {
  const retryAfterSeconds = Math.max(1, Math.ceil(ttlMs / 1000));
  return problem(429, "rate_limited", `More than ${max} requests a minute; wait ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  });
}

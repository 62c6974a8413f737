// The routes there are, found by what the router matched; and what to say to a request that matched none.
import type { FastifyRequest } from "fastify";
import type { Endpoint, Endpoints } from "./endpoint.js";
import { problem, type ProblemError } from "./problem.js";

export interface Routes {
  /** The endpoint of a method and a path pattern; `HEAD` has that of `GET`. */
  find(method: string, pattern: string): Endpoint | undefined;
  /** Why a request has no endpoint: another method would have one, or nothing has. */
  refusal(request: FastifyRequest): ProblemError;
}

/** Looks up endpoints by their method and path. */
export function routesOf(endpoints: Endpoints): Routes {
  const all = Object.values(endpoints);
  const known = new Map(all.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
  const shapes = all.map(({ method, path }) => ({ method, shape: shapeOf(path) }));
  return {
    find: (method, pattern) => known.get(`${method === "HEAD" ? "GET" : method} ${pattern}`),
    refusal: ({ url }) => {
      const [path = ""] = url.split("?", 1);
      const methods = shapes.filter(({ shape }) => shape.test(path)).map(({ method }) => method);
      if (methods.length === 0) return problem(404, "route_unknown", "There is no such route; see /openapi.json.");
      const allow = [...new Set(methods), ...(methods.includes("GET") ? ["HEAD"] : [])].join(", ");
      return problem(405, "method_not_allowed", `This path takes ${allow}.`, { headers: { allow } });
    },
  };
}

/** What an address of the path looks like: each `:name` is one part of it. */
const shapeOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(".", String.raw`\.`).replaceAll(/:[A-Za-z]+/g, "[^/]+")}$`);

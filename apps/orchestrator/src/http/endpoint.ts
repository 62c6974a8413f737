// An HTTP route as data: what is validated, who may call it and what the OpenAPI document says come from one place.
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from "@nestjs/common";
import type { z } from "zod";
import type { CallerRole } from "./caller.js";

export interface Endpoint {
  readonly operation: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Fastify path, for example `/v1/vendors/:vendorId`. */
  readonly path: string;
  readonly summary: string;
  /** `open`: no key needed. A vendor reaches only its own `:vendorId`, or executions that are its own. */
  readonly allow: "open" | readonly CallerRole[];
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly status: number;
  readonly response: z.ZodType;
  /** Request body limit in bytes, 64 KiB when absent. */
  readonly bodyLimit?: number;
  /** Command name in `CommandRefused`; absent for queries. */
  readonly command?: string;
}

export const endpointKey = "wedsync:endpoint";

const methods = {
  GET: RequestMethod.GET,
  PUT: RequestMethod.PUT,
  POST: RequestMethod.POST,
  DELETE: RequestMethod.DELETE,
} as const;

/** Binds a controller method to its endpoint. */
export function Route(endpoint: Endpoint): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: endpoint.path, method: methods[endpoint.method] }),
    HttpCode(endpoint.status),
    SetMetadata(endpointKey, endpoint),
  );
}

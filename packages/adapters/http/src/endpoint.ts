// An HTTP route as data: what is validated, who may call it and what the OpenAPI document says come from one place.
import type { z } from "zod";
import type { CallerRole } from "./caller.js";

export interface Endpoint {
  readonly operation: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Fastify path, for example `/v1/vendors/:vendorId`. */
  readonly path: string;
  readonly summary: string;
  /** `open`: no key needed. A vendor reaches only its own `:vendorId`, or things that are its own. */
  readonly allow: "open" | readonly CallerRole[];
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Shape of one of the `items` of a bulk body; the handler checks them one by one, with `bulkItem`. */
  readonly item?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly status: number;
  /** Status of the same answer to a repetition, where it is another. */
  readonly repeatedStatus?: number;
  readonly response: z.ZodType;
  /** True when the answer is text and not JSON. */
  readonly text?: boolean;
  /** Request body limit in bytes, 64 KiB when absent. */
  readonly bodyLimit?: number;
  /** Command name in `CommandRefused`; absent for queries. */
  readonly command?: string;
}

/** Every route of an app, by operation. A route that is not here does not exist. */
export type Endpoints = Readonly<Record<string, Endpoint>>;

/** Declares an endpoint; keeps its literal types, so that handlers get typed input. */
export const defineEndpoint = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const defaultBodyLimit = 64 * 1024;

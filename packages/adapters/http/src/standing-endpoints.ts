// Routes that every app has: how the process is, and what its other routes are.
import { z } from "zod";
import { defineEndpoint as define, type Endpoints } from "./endpoint.js";

const insiders = ["ops", "service", "read-only"] as const;
const readers = ["ops", "service", "vendor", "read-only"] as const;

export interface StandingTexts {
  /** What it means that the app is ready, as a sentence. */
  readonly ready: string;
  /** What its metrics are. */
  readonly metrics?: string;
}

/** Health is open to everybody; metrics are not for vendors. */
export const standingEndpoints = ({ ready, metrics = "Prometheus metrics." }: StandingTexts) =>
  ({
    live: define({
      operation: "live",
      method: "GET",
      path: "/health/live",
      summary: "The process answers.",
      allow: "open",
      status: 200,
      response: z.object({ status: z.literal("ok") }),
    }),
    ready: define({
      operation: "ready",
      method: "GET",
      path: "/health/ready",
      summary: ready,
      allow: "open",
      status: 200,
      response: z.object({ status: z.enum(["ok", "unready"]), checks: z.record(z.string(), z.string()) }),
    }),
    metrics: define({
      operation: "metrics",
      method: "GET",
      path: "/metrics",
      summary: metrics,
      allow: insiders,
      status: 200,
      response: z.string(),
      text: true,
    }),
    docs: define({
      operation: "docs",
      method: "GET",
      path: "/docs",
      summary: "The routes as a page.",
      allow: readers,
      status: 200,
      response: z.string(),
      text: true,
    }),
    openapi: define({
      operation: "openapi",
      method: "GET",
      path: "/openapi.json",
      summary: "This document.",
      allow: readers,
      status: 200,
      response: z.record(z.string(), z.unknown()),
    }),
  }) as const satisfies Endpoints;

// Routes that tell how the process is, and what the others are.
import { defineEndpoint as define, type Endpoints } from "@wedsync/adapter-http";
import { z } from "zod";
import { readers } from "./route-parts.js";

export const healthEndpoints = {
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
    summary: "The process can do its roles.",
    allow: "open",
    status: 200,
    response: z.object({ status: z.enum(["ok", "unready"]), checks: z.record(z.string(), z.string()) }),
  }),
  metrics: define({
    operation: "metrics",
    method: "GET",
    path: "/metrics",
    summary: "Prometheus metrics.",
    allow: ["ops", "service", "read-only"],
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
} as const satisfies Endpoints;

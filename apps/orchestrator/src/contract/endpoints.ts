// Every route of the orchestrator. A route that is not here does not exist; a route without `allow` does not compile.
import { z } from "zod";
import type { Endpoint } from "../http/endpoint.js";
import * as s from "./shapes.js";

const writers = ["ops", "service", "vendor"] as const;
const readers = ["ops", "service", "vendor", "read-only"] as const;
const operators = ["ops"] as const;

const vendorParams = z.strictObject({ vendorId: s.id });
const weddingParams = z.strictObject({ vendorId: s.id, weddingId: s.id });
const journeyParams = z.strictObject({ vendorId: s.id, journeyId: s.id });
const executionParams = z.strictObject({ executionId: s.executionId });
const versionParams = z.strictObject({ type: s.id, version: z.coerce.number().int().min(1) });
const idempotencyKey = z.object({ "idempotency-key": z.string().min(1).max(255) });
const nothing = z.strictObject({}).optional();
const bulkBytes = 8 * 1024 * 1024;

const define = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const endpoints = {
  putVendor: define({ operation: "putVendor", method: "PUT", path: "/v1/vendors/:vendorId", summary: "Register or change a vendor.", allow: writers, params: vendorParams, body: s.vendorBody, status: 200, response: s.vendorView, command: "put_vendor" }),
  getVendor: define({ operation: "getVendor", method: "GET", path: "/v1/vendors/:vendorId", summary: "A vendor.", allow: readers, params: vendorParams, status: 200, response: s.vendorView }),
  putWedding: define({ operation: "putWedding", method: "PUT", path: "/v1/vendors/:vendorId/weddings/:weddingId", summary: "Book a wedding or change it; a changed date moves it and its not-started work.", allow: writers, params: weddingParams, body: s.weddingBody, status: 200, response: s.weddingView, command: "put_wedding" }),
  getWedding: define({ operation: "getWedding", method: "GET", path: "/v1/vendors/:vendorId/weddings/:weddingId", summary: "A wedding; `?include=couple` decrypts the couple's data and is recorded.", allow: readers, params: weddingParams, query: z.strictObject({ include: z.literal("couple").exactOptional() }), status: 200, response: s.weddingView }),
  bulkWeddings: define({ operation: "bulkWeddings", method: "POST", path: "/v1/vendors/:vendorId/weddings/bulk", summary: "Up to 1,000 weddings, a result each.", allow: writers, params: vendorParams, body: s.bulkBody(1_000), status: 200, response: s.bulkWeddingAnswer, bodyLimit: bulkBytes, command: "bulk_weddings" }),
  cancelWedding: define({ operation: "cancelWedding", method: "POST", path: "/v1/vendors/:vendorId/weddings/:weddingId/cancel", summary: "Cancel a wedding; its pending executions are cancelled.", allow: writers, params: weddingParams, body: nothing, status: 200, response: s.weddingView, command: "cancel_wedding" }),
  putJourney: define({ operation: "putJourney", method: "PUT", path: "/v1/vendors/:vendorId/journeys/:journeyId", summary: "Define or edit a journey; accepted steps stay as they are.", allow: writers, params: journeyParams, body: s.journeyBody, status: 200, response: s.journeyView, bodyLimit: 512 * 1024, command: "put_journey" }),
  getJourney: define({ operation: "getJourney", method: "GET", path: "/v1/vendors/:vendorId/journeys/:journeyId", summary: "A journey.", allow: readers, params: journeyParams, status: 200, response: s.journeyView }),
  applyJourney: define({ operation: "applyJourney", method: "POST", path: "/v1/vendors/:vendorId/weddings/:weddingId/journeys/:journeyId", summary: "Accept a journey's steps for a wedding; applying again adds new steps only.", allow: writers, params: z.strictObject({ vendorId: s.id, weddingId: s.id, journeyId: s.id }), body: nothing, status: 200, response: z.object({ executions: s.stepCounts }), command: "apply_journey" }),
  requestExecution: define({ operation: "requestExecution", method: "POST", path: "/v1/vendors/:vendorId/executions", summary: "Request one execution. The same Idempotency-Key gives the same answer, 200 instead of 202.", allow: writers, params: vendorParams, headers: idempotencyKey, body: s.executionBody, status: 202, response: s.executionAnswer, bodyLimit: 128 * 1024, command: "request_execution" }),
  bulkExecutions: define({ operation: "bulkExecutions", method: "POST", path: "/v1/vendors/:vendorId/executions/bulk", summary: "Up to 10,000 executions, a result or a problem each; every item names its idempotencyKey.", allow: writers, params: vendorParams, body: s.bulkBody(10_000), status: 200, response: s.bulkExecutionAnswer, bodyLimit: bulkBytes, command: "bulk_executions" }),
  listExecutions: define({ operation: "listExecutions", method: "GET", path: "/v1/executions", summary: "Executions by vendor and status, in the order of their ids.", allow: readers, query: z.strictObject({ vendor: s.id.exactOptional(), wedding: s.id.exactOptional(), status: s.status.exactOptional(), cursor: s.executionId.exactOptional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) }), status: 200, response: s.pageOf(s.executionView) }),
  getExecution: define({ operation: "getExecution", method: "GET", path: "/v1/executions/:executionId", summary: "The state of one execution.", allow: readers, params: executionParams, status: 200, response: s.executionView }),
  executionHistory: define({ operation: "executionHistory", method: "GET", path: "/v1/executions/:executionId/history", summary: "Its events, without personal data.", allow: readers, params: executionParams, status: 200, response: s.pageOf(z.record(z.string(), z.unknown())) }),
  cancelExecution: define({ operation: "cancelExecution", method: "POST", path: "/v1/executions/:executionId/cancel", summary: "Cancel one execution.", allow: writers, params: executionParams, body: nothing, status: 200, response: s.executionView, command: "cancel_execution" }),
  redriveExecution: define({ operation: "redriveExecution", method: "POST", path: "/v1/executions/:executionId/redrive", summary: "Put a dead or uncertain execution back, by a person's decision.", allow: writers, params: executionParams, body: nothing, status: 200, response: s.executionView, command: "redrive_execution" }),
  releaseExecution: define({ operation: "releaseExecution", method: "POST", path: "/v1/executions/:executionId/release", summary: "Let one held execution run.", allow: writers, params: executionParams, body: nothing, status: 200, response: s.executionView, command: "release_execution" }),
  settleExecution: define({ operation: "settleExecution", method: "POST", path: "/v1/executions/:executionId/settle", summary: "Settle a doubt with evidence.", allow: ["ops", "vendor"], params: executionParams, body: s.settleBody, status: 200, response: s.executionView, command: "settle_execution" }),
  hold: define({ operation: "hold", method: "POST", path: "/v1/hold", summary: "Nothing inside the scope starts until it is released: platform, vendor:V, wedding:V/W, module:M, market:M, tier:T.", allow: operators, body: s.scopeBody, status: 200, response: s.scopeBody, command: "hold" }),
  release: define({ operation: "release", method: "POST", path: "/v1/release", summary: "Release a scope.", allow: operators, body: s.scopeBody, status: 200, response: s.scopeBody, command: "release" }),
  issueKey: define({ operation: "issueKey", method: "POST", path: "/v1/keys", summary: "Issue an API key; it is shown once.", allow: operators, body: s.keyBody, status: 201, response: z.object({ keyId: z.string(), key: z.string(), role: z.string(), vendorId: z.string().optional() }), command: "issue_key" }),
  listKeys: define({ operation: "listKeys", method: "GET", path: "/v1/keys", summary: "Keys, without their secrets.", allow: operators, status: 200, response: s.pageOf(z.object({ keyId: z.string(), role: z.string(), vendorId: z.string().optional(), revoked: z.boolean() })) }),
  revokeKey: define({ operation: "revokeKey", method: "DELETE", path: "/v1/keys/:keyId", summary: "Revoke a key.", allow: operators, params: z.strictObject({ keyId: s.executionId }), status: 200, response: z.object({ keyId: z.string() }), command: "revoke_key" }),
  listModuleTypes: define({ operation: "listModuleTypes", method: "GET", path: "/v1/module-types", summary: "Module types with their active version.", allow: readers, status: 200, response: s.pageOf(z.object({ type: z.string(), title: z.string(), activeVersion: z.int(), versions: z.int(), handler: z.boolean() })) }),
  registerModuleVersion: define({ operation: "registerModuleVersion", method: "POST", path: "/v1/module-types/:type/versions", summary: "Register a version; incompatible changes are refused with the list unless forced with a reason.", allow: operators, params: z.strictObject({ type: s.id }), body: z.strictObject({ definition: z.record(z.string(), z.json()), forceReason: z.string().min(1).max(500).exactOptional() }), status: 201, response: z.object({ type: z.string(), version: z.int() }), bodyLimit: 160 * 1024, command: "register_module_version" }),
  activateModuleVersion: define({ operation: "activateModuleVersion", method: "POST", path: "/v1/module-types/:type/versions/:version/activate", summary: "New work uses this version; accepted work keeps its own.", allow: operators, params: versionParams, body: nothing, status: 200, response: z.object({ type: z.string(), version: z.int() }), command: "activate_module_version" }),
  status: define({ operation: "status", method: "GET", path: "/v1/status", summary: "What waits, runs, is held or in doubt, and who works.", allow: ["ops", "service", "read-only"], status: 200, response: z.record(z.string(), z.unknown()) }),
  live: define({ operation: "live", method: "GET", path: "/health/live", summary: "The process answers.", allow: "open", status: 200, response: z.object({ status: z.literal("ok") }) }),
  ready: define({ operation: "ready", method: "GET", path: "/health/ready", summary: "The process can do its roles.", allow: "open", status: 200, response: z.object({ status: z.enum(["ok", "unready"]), checks: z.record(z.string(), z.string()) }) }),
  metrics: define({ operation: "metrics", method: "GET", path: "/metrics", summary: "Prometheus metrics.", allow: ["ops", "service", "read-only"], status: 200, response: z.string() }),
  openapi: define({ operation: "openapi", method: "GET", path: "/openapi.json", summary: "This document.", allow: readers, status: 200, response: z.record(z.string(), z.unknown()) }),
} as const satisfies Record<string, Endpoint>;

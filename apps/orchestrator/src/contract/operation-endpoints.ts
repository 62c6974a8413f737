// Routes of operators: holds, keys, module types and the state of the queue.
import { defineEndpoint as define, digits, type Endpoints } from "@wedsync/adapter-http";
import { z } from "zod";
import { readers, nothing } from "./route-parts.js";
import * as s from "./shapes.js";

const operators = ["ops"] as const;
const versionParams = z.strictObject({ type: s.id, version: digits(1) });

export const operationEndpoints = {
  hold: define({
    operation: "hold",
    method: "POST",
    path: "/v1/hold",
    summary:
      "Nothing inside the scope starts until it is released: platform, vendor:V, wedding:V/W, module:M, market:M, tier:T.",
    allow: operators,
    body: s.scopeBody,
    status: 200,
    response: s.scopeBody,
    command: "hold",
  }),
  release: define({
    operation: "release",
    method: "POST",
    path: "/v1/release",
    summary: "Release a scope.",
    allow: operators,
    body: s.scopeBody,
    status: 200,
    response: s.scopeBody,
    command: "release",
  }),
  issueKey: define({
    operation: "issueKey",
    method: "POST",
    path: "/v1/keys",
    summary: "Issue an API key; it is shown once.",
    allow: operators,
    body: s.keyBody,
    status: 201,
    response: z.object({ keyId: z.string(), key: z.string(), role: z.string(), vendorId: z.string().optional() }),
    command: "issue_key",
  }),
  listKeys: define({
    operation: "listKeys",
    method: "GET",
    path: "/v1/keys",
    summary: "Keys, without their secrets.",
    allow: operators,
    status: 200,
    response: s.pageOf(
      z.object({ keyId: z.string(), role: z.string(), vendorId: z.string().optional(), revoked: z.boolean() }),
    ),
  }),
  revokeKey: define({
    operation: "revokeKey",
    method: "DELETE",
    path: "/v1/keys/:keyId",
    summary: "Revoke a key.",
    allow: operators,
    params: z.strictObject({ keyId: s.executionId }),
    status: 200,
    response: z.object({ keyId: z.string() }),
    command: "revoke_key",
  }),
  listModuleTypes: define({
    operation: "listModuleTypes",
    method: "GET",
    path: "/v1/module-types",
    summary: "Module types with their active version.",
    allow: readers,
    status: 200,
    response: s.pageOf(
      z.object({
        type: z.string(),
        title: z.string(),
        activeVersion: z.int(),
        versions: z.int(),
        handler: z.boolean(),
      }),
    ),
  }),
  registerModuleVersion: define({
    operation: "registerModuleVersion",
    method: "POST",
    path: "/v1/module-types/:type/versions",
    summary: "Register a version; incompatible changes are refused with the list unless forced with a reason.",
    allow: operators,
    params: z.strictObject({ type: s.id }),
    body: z.strictObject({
      definition: z.record(z.string(), z.json()),
      forceReason: z.string().min(1).max(500).exactOptional(),
    }),
    status: 201,
    response: z.object({ type: z.string(), version: z.int() }),
    bodyLimit: 160 * 1024,
    command: "register_module_version",
  }),
  activateModuleVersion: define({
    operation: "activateModuleVersion",
    method: "POST",
    path: "/v1/module-types/:type/versions/:version/activate",
    summary: "New work uses this version; accepted work keeps its own.",
    allow: operators,
    params: versionParams,
    body: nothing,
    status: 200,
    response: z.object({ type: z.string(), version: z.int() }),
    command: "activate_module_version",
  }),
  status: define({
    operation: "status",
    method: "GET",
    path: "/v1/status",
    summary: "What waits, runs, is held or in doubt, and who works.",
    allow: ["ops", "service", "read-only"],
    status: 200,
    response: z.record(z.string(), z.unknown()),
  }),
} as const satisfies Endpoints;

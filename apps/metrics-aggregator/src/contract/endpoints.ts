// Every route of the aggregator. A route that is not here does not exist; a route without `allow` does not compile.
import {
  defineEndpoint as define,
  digits,
  executionId,
  id,
  pageOf,
  standingEndpoints,
  type Endpoints,
} from "@wedsync/adapter-http";
import { z } from "zod";
import * as s from "./shapes.js";

const readers = ["ops", "service", "vendor", "read-only"] as const;
const insiders = ["ops", "service", "read-only"] as const;
const operators = ["ops"] as const;
const modelName = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, "lower-case letters, digits and underscores");

export const endpoints = {
  getExecution: define({
    operation: "getExecution",
    method: "GET",
    path: "/v1/executions/:executionId",
    summary: "An execution as the read model has it; it lags by what `/v1/read-models` says.",
    allow: readers,
    params: z.strictObject({ executionId }),
    status: 200,
    response: s.executionView,
  }),
  executionCounts: define({
    operation: "executionCounts",
    method: "GET",
    path: "/v1/execution-counts",
    summary: "Executions by vendor, module type, day (UTC, on which they are planned to be due) and status.",
    allow: readers,
    query: s.countsQuery,
    status: 200,
    response: pageOf(s.countsView),
  }),
  listWeddings: define({
    operation: "listWeddings",
    method: "GET",
    path: "/v1/weddings",
    summary: "Weddings by date, with their executions by status and what is due next; no personal data.",
    allow: readers,
    query: s.weddingsQuery,
    status: 200,
    response: pageOf(s.weddingView),
  }),
  getWedding: define({
    operation: "getWedding",
    method: "GET",
    path: "/v1/vendors/:vendorId/weddings/:weddingId",
    summary: "One wedding of the overview.",
    allow: readers,
    params: z.strictObject({ vendorId: id, weddingId: id }),
    status: 200,
    response: s.weddingView,
  }),
  listReadModels: define({
    operation: "listReadModels",
    method: "GET",
    path: "/v1/read-models",
    summary: "Read models, their generations, how far each is behind the log and what it has parked.",
    allow: insiders,
    status: 200,
    response: z.object({ items: z.array(s.readModelView) }),
  }),
  rebuildReadModel: define({
    operation: "rebuildReadModel",
    method: "POST",
    path: "/v1/read-models/:name/rebuild",
    summary: "Build a new generation beside the present one; queries turn to it when it has caught up.",
    allow: operators,
    params: z.strictObject({ name: modelName }),
    body: z.strictObject({}).optional(),
    status: 202,
    response: s.begunView,
    command: "rebuild_read_model",
  }),
  switchReadModel: define({
    operation: "switchReadModel",
    method: "POST",
    path: "/v1/read-models/:name/generations/:generation/switch",
    summary:
      "Turn queries to a generation although it is not as far: after a restored log lost what the present one read.",
    allow: operators,
    params: z.strictObject({ name: modelName, generation: digits(1, 1_000_000) }),
    body: z.strictObject({ evenIfOlder: z.literal(true) }),
    status: 200,
    response: s.begunView,
    command: "switch_read_model",
  }),
  dropGeneration: define({
    operation: "dropGeneration",
    method: "DELETE",
    path: "/v1/read-models/:name/generations/:generation",
    summary: "Drop a generation that is not the present one; the way back to it is gone.",
    allow: operators,
    params: z.strictObject({ name: modelName, generation: digits(1, 1_000_000) }),
    status: 200,
    response: s.begunView,
    command: "drop_generation",
  }),
  ...standingEndpoints({
    ready: "Every read model has caught up once and is fed.",
    metrics: "Prometheus metrics, with the lag of every read model.",
  }),
} as const satisfies Endpoints;

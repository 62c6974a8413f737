// Every route of the orchestrator. A route that is not here does not exist; a route without `allow` does not compile.
import { standingEndpoints, type Endpoints } from "@wedsync/adapter-http";
import { executionEndpoints } from "./execution-endpoints.js";
import { operationEndpoints } from "./operation-endpoints.js";
import { scalingEndpoints } from "./scaling-endpoints.js";
import { vendorEndpoints } from "./vendor-endpoints.js";

export const endpoints = {
  ...vendorEndpoints,
  ...executionEndpoints,
  ...operationEndpoints,
  ...scalingEndpoints,
  ...standingEndpoints({ ready: "The process can do its roles." }),
} as const satisfies Endpoints;

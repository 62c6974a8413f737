// The API as documents: what /openapi.json, /docs and the reference pages are made of.
import { httpApiPage, openApiDocument } from "@wedsync/adapter-http";
import { release } from "../platform/release.js";
import { endpoints } from "./endpoints.js";

export const openApi = () => openApiDocument({ title: "WedSync metrics aggregator", version: release, endpoints });

export const apiPage = (): string =>
  httpApiPage({
    app: "the metrics aggregator",
    source: "apps/metrics-aggregator/src/contract/endpoints.ts",
    openapi: "metrics-openapi.json",
    endpoints,
  });

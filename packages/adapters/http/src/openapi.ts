// The OpenAPI 3.1 document, made of the endpoints: what is documented is what is checked.
import { z } from "zod";
import type { Endpoint, Endpoints } from "./endpoint.js";
import { problemShape } from "./shapes.js";

type Json = Readonly<Record<string, unknown>>;

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query" | "header"): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name: where === "header" ? "Idempotency-Key" : name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: property,
  }));
}

function operationOf(endpoint: Endpoint): Json {
  const problem = {
    description: "A problem (RFC 9457)",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  const isText = endpoint.text === true;
  return {
    operationId: endpoint.operation,
    summary: endpoint.summary,
    "x-roles": endpoint.allow,
    security: endpoint.allow === "open" ? [] : [{ bearer: [] }],
    parameters: [
      ...parametersOf(endpoint.params, "path"),
      ...parametersOf(endpoint.query, "query"),
      ...parametersOf(endpoint.headers, "header"),
    ],
    ...(endpoint.body === undefined || endpoint.body.safeParse(undefined).success
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: jsonSchema(endpoint.body, "input") } },
          },
        }),
    responses: {
      [endpoint.status]: {
        description: "Done",
        content: isText
          ? { "text/plain": { schema: { type: "string" } } }
          : { "application/json": { schema: jsonSchema(endpoint.response, "output") } },
      },
      "4XX": problem,
      "5XX": problem,
    },
  };
}

export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly endpoints: Endpoints;
}

/** The document of one app. */
export function openApiDocument({ title, version, endpoints }: ApiDescription): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of Object.values(endpoints)) {
    const path = endpoint.path.replaceAll(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: { title, version, license: { name: "MIT", identifier: "MIT" } },
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: jsonSchema(problemShape, "output") },
    },
  };
}

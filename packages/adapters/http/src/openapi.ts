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

/** The body; of a bulk one also its items, which are checked one by one. */
function bodySchema(body: z.ZodType, item: z.ZodType | undefined): Json {
  const schema = jsonSchema(body, "input");
  if (item === undefined) return schema;
  const properties = schema["properties"] as Readonly<Record<string, Json>>;
  return {
    ...schema,
    properties: { ...properties, items: { ...properties["items"], items: jsonSchema(item, "input") } },
  };
}

function operationOf(endpoint: Endpoint): Json {
  const problem = {
    description: "A problem (RFC 9457)",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  const content =
    endpoint.text === true
      ? { "text/plain": { schema: { type: "string" } } }
      : { "application/json": { schema: jsonSchema(endpoint.response, "output") } };
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
            content: { "application/json": { schema: bodySchema(endpoint.body, endpoint.item) } },
          },
        }),
    responses: {
      [endpoint.status]: { description: "Done", content },
      ...(endpoint.repeatedStatus === undefined
        ? {}
        : { [endpoint.repeatedStatus]: { description: "Done before; the same answer again", content } }),
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
  return withSharedSchemas({
    openapi: "3.1.0",
    info: { title, version, license: { name: "MIT", identifier: "MIT" } },
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: jsonSchema(problemShape, "output") },
    },
  });
}

/** Moves what schemas define for themselves to where a reference finds it: in a document `#` is the document and not the schema. */
function withSharedSchemas<Document extends { readonly components: { readonly schemas: Json } }>(
  given: Document,
): Json {
  const shared = new Map<string, unknown>();
  const document = JSON.parse(JSON.stringify(given), (key, value: unknown) => {
    if (key === "$ref") return String(value).replace("#/$defs/", "#/components/schemas/");
    if (key !== "$defs") return value;
    for (const [name, schema] of Object.entries(value as Json)) {
      if (JSON.stringify(shared.get(name) ?? schema) !== JSON.stringify(schema))
        throw new Error(`Two schemas of this API are called ${name}; give them an id.`);
      shared.set(name, schema);
    }
    return undefined;
  }) as Document;
  const schemas = { ...document.components.schemas, ...Object.fromEntries(shared) };
  return { ...document, components: { ...document.components, schemas } };
}

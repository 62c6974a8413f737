// The documents made of endpoints, and the smaller parts.
import { z } from "zod";
import { endpoints } from "../examples/notes.js";
import { mayTouch, metadataOf } from "./caller.js";
import { defineEndpoint } from "./endpoint.js";
import { httpApiPage } from "./http-api-page.js";
import { openApiDocument } from "./openapi.js";
import { issueProblem, maskedIssues } from "./issues.js";
import { bulkItem, tooDeep } from "./plain-json.js";
import { problem, problemBody } from "./problem.js";
import { digits, wholeNumber } from "./shapes.js";

describe("an API's documents", () => {
  it("API-1: the OpenAPI document holds path, roles, limits and problems of each route", () => {
    const document = openApiDocument({ title: "Notes", version: "1.2.3", endpoints });
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Notes", version: "1.2.3" },
      paths: {
        "/v1/vendors/{vendorId}/notes/{noteId}": {
          put: {
            operationId: "putNote",
            "x-roles": ["ops", "vendor"],
            security: [{ bearer: [] }],
            requestBody: { required: true },
            parameters: [
              { name: "vendorId", in: "path", required: true },
              { name: "noteId", in: "path", required: true },
            ],
          },
        },
        "/health/live": { get: { security: [] } },
      },
    });
  });

  it("API-1: a bulk route's document shows the shape of an item, and a repetition's status is in it", () => {
    const bulk = defineEndpoint({
      operation: "bulkNotes",
      method: "POST",
      path: "/v1/notes/bulk",
      summary: "Many notes.",
      allow: ["ops"],
      body: z.strictObject({ items: z.array(z.unknown()).max(9) }),
      item: z.strictObject({ text: z.string().max(5) }),
      status: 202,
      repeatedStatus: 200,
      response: z.object({ written: z.int() }),
    });
    const document = openApiDocument({ title: "Notes", version: "1.2.3", endpoints: { bulk } });
    const answer = { content: { "application/json": { schema: { required: ["written"] } } } };
    expect(document["paths"]).toMatchObject({
      "/v1/notes/bulk": {
        post: {
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  properties: {
                    items: { maxItems: 9, items: { properties: { text: { type: "string", maxLength: 5 } } } },
                  },
                },
              },
            },
          },
          responses: { "202": answer, "200": answer, "4XX": {}, "5XX": {} },
        },
      },
    });
  });

  it("API-1: what a shape defines for itself is found from the document's root", () => {
    const put = defineEndpoint({
      ...endpoints.putNote,
      body: z.strictObject({ data: z.record(z.string(), z.json()) }),
    });
    const document = openApiDocument({ title: "Notes", version: "1.2.3", endpoints: { put } });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, found = ""]) => found);
    expect(references.length).toBeGreaterThan(2);
    for (const reference of references)
      expect(
        reference.split("/").reduce<unknown>((node, name) => Reflect.get(Object(node), name), document),
      ).toBeInstanceOf(Object);
  });

  it("SEC-1: the page has a row for each route with who may call it", () => {
    const page = httpApiPage({ app: "notes", source: "examples/notes.ts", openapi: "notes.json", endpoints });
    expect(page).toContain(
      "| `PUT /v1/vendors/:vendorId/notes/:noteId` | Write a note. | - | yes | yes | - | - | 1 KiB |",
    );
    expect(page).toContain("| `GET /health/live` | The process answers. | yes | yes | yes | yes | yes |  |");
  });
});

describe("problems and callers", () => {
  it("RFC 9457: a problem has type, title, status, code and detail, and path and context when there are any", () => {
    expect(
      problemBody(problem(409, "taken", "It is taken.", { path: "/body/a", context: { count: 2 } }).problem),
    ).toStrictEqual({
      type: "urn:wedsync:problem:taken",
      title: "Conflict",
      status: 409,
      code: "taken",
      detail: "It is taken.",
      path: "/body/a",
      count: 2,
    });
  });

  it.each<readonly [z.ZodType, unknown, string]>([
    [z.strictObject({ a: z.int() }), { a: "canary" }, "/body/a"],
    [z.strictObject({ a: z.string().max(3) }), { a: "canary" }, "/body/a"],
    [z.strictObject({ a: z.string().min(9) }), { a: "canary" }, "/body/a"],
    [z.strictObject({ a: z.enum(["x"]) }), { a: "canary" }, "/body/a"],
    [z.strictObject({ a: z.email() }), { a: "canary" }, "/body/a"],
    [z.union([z.literal(1), z.strictObject({})]), { canary: 1 }, "/body"],
    [z.strictObject({}), { canary: 1 }, "/body"],
    [z.strictObject({ a: z.record(z.string(), z.json()) }), { a: { "canary <a@b.c>": Infinity } }, "/body/a/*"],
    [z.strictObject({ a: z.record(z.string().max(3), z.json()) }), { a: { canary: 1 } }, "/body/a/*"],
    [
      z.strictObject({ a: z.array(z.record(z.string(), z.strictObject({ b: z.int() }))) }),
      { a: [{}, { canary: { b: "" } }] },
      "/body/a/1/*/b",
    ],
  ])("SEC-2: an issue names the path and the rule and no value (%#)", (schema, value, path) => {
    const { error } = schema.safeParse(value);
    if (error === undefined) throw new Error("it was accepted");
    const { problem: found } = issueProblem({ issues: maskedIssues(schema, error) }, "body");
    expect(found).toMatchObject({ status: 400, code: "invalid_request", path });
    expect(JSON.stringify(found)).not.toContain("canary");
  });

  it.each<readonly [z.ZodType, unknown, string]>([
    [z.object(), [], "An object is required here."],
    [z.array(z.string()), {}, "An array is required here."],
    [z.int(), 1.5, "An integer is required here."],
    [z.string(), 1, "A string is required here."],
    [wholeNumber(-3650, 3650), 1e308, "At most 3650 allowed."],
    [wholeNumber(-3650, 3650), -1e308, "At least -3650 required."],
    [wholeNumber(-3650, 3650), 0.5, "An integer is required here."],
    [digits(1, 1_000), "0", "At least 1 required."],
    [digits(1, 1_000), "1001", "At most 1000 allowed."],
  ])("API-1: an issue is said in whole sentences with the bound that counts (%#)", (schema, value, detail) => {
    const { error } = schema.safeParse(value);
    if (error === undefined) throw new Error("it was accepted");
    expect(issueProblem(error, "body").problem.detail).toBe(detail);
  });

  it("SEC-2: a number in an address has decimal digits and nothing else", () => {
    const limit = digits(1, 1_000).default(100);
    expect([limit.parse("7"), limit.parse(undefined), limit.parse("0010")]).toStrictEqual([7, 100, 10]);
    for (const text of ["0x10", "1e2", " 5", "5 ", "", "1.5", "-1", "+1", "٣", ["5"], "9".repeat(30)])
      expect(limit.safeParse(text).success).toBe(false);
    expect(z.toJSONSchema(limit, { io: "input" })).toMatchObject({ type: "integer", minimum: 1, maximum: 1_000 });
  });

  it("SEC-2: an item of a bulk body is refused by itself, for its depth, its text or its shape", () => {
    const item = bulkItem(z.strictObject({ names: z.record(z.string(), z.string().max(9)) }));
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(item.parse({ names: { a: "b" } })).toStrictEqual({ names: { a: "b" } });
    for (const [value, code, path] of [
      [{ names: nested(17) }, "too_deep", "/items/3"],
      [{ names: { a: "canary\u0000" } }, "bad_text", "/items/3"],
      [{ names: { "canary\ud800": "x" } }, "bad_text", "/items/3"],
      [{ names: { canary: "0123456789" } }, "invalid_request", "/items/3/names/*"],
    ] as const) {
      const { error } = item.safeParse(value);
      if (error === undefined) throw new Error("it was accepted");
      const { problem: found } = issueProblem(error, "items/3", 422);
      expect(found).toMatchObject({ status: 422, code, path });
      expect(JSON.stringify(found)).not.toContain("canary");
    }
  });

  it("SEC-2: depth counts objects and lists alike, 16 are allowed", () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? 1 : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };
    expect([tooDeep(nested(16)), tooDeep(nested(17)), tooDeep(null), tooDeep("x")]).toStrictEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it("SEC-1: a vendor may touch itself only, and events carry who asked", () => {
    const vendor = { role: "vendor", actor: "key:k", vendor: "lens" } as const;
    expect([
      mayTouch(vendor, "lens"),
      mayTouch(vendor, "rose"),
      mayTouch({ role: "ops", actor: "key:o" }, "rose"),
    ]).toStrictEqual([true, false, true]);
    const context = { caller: vendor, correlationId: "c", traceparent: "t" };
    expect(metadataOf(context, { source: "/api", region: "local", now: 5 }, { vendor: "lens" })).toStrictEqual({
      source: "/api",
      time: 5,
      correlationId: "c",
      actor: "key:k",
      region: "local",
      traceparent: "t",
      vendor: "lens",
    });
  });
});

// The documents made of endpoints, and the smaller parts.
import { z } from "zod";
import { endpoints } from "../examples/notes.js";
import { mayTouch, metadataOf } from "./caller.js";
import { httpApiPage } from "./http-api-page.js";
import { openApiDocument } from "./openapi.js";
import { problem, problemBody } from "./problem.js";
import { issueProblem, tooDeep } from "./validation.js";

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
  ])("SEC-2: an issue names the path and the rule and no value (%#)", (schema, value, path) => {
    const { error } = schema.safeParse(value);
    if (error === undefined) throw new Error("it was accepted");
    const { problem: found } = issueProblem(error, "body");
    expect(found).toMatchObject({ status: 400, code: "invalid_request", path });
    expect(JSON.stringify(found)).not.toContain("canary");
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

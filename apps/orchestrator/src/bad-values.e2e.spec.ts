// What is wrong in a body that has the right shape: which part of it is named, and that nothing comes of it.
import { canary, refusalCheck } from "./testing/refusal-check.js";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, requestEmail, vendorBody, weddingBody } from "./testing/sample.js";

describe("bad values", () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
    await book(platform.api, "vendor-1", "wedding-1");
  });
  afterAll(async () => await platform.stop());
  const refused = refusalCheck(() => platform);

  it.each([
    "%",
    "%zz",
    "/v1/%E0%A4%A",
    "//v1///vendors",
    `/v1/${canary}`,
    "/v2/vendors/x",
    `/v1/vendors/x/${"y/".repeat(500)}`,
  ])("SEC-2: an address nobody serves, %s, is a 4xx without an echo", async (path) => {
    const answer = await platform.api.call("GET", path.startsWith("/") ? path : `/${path}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain(canary);
  });

  it.each<readonly [string, string, unknown, string]>([
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, timeZone: "Mars/Olympus" }, "/body/timeZone"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, type: canary }, "/body/type"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, replyTo: canary }, "/body/replyTo"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, extra: canary }, "/body"],
    ["PUT", "/v1/vendors/vendor-1/weddings/w-bad", weddingBody("2026-02-30"), "/body/date"],
    ["PUT", "/v1/vendors/vendor-1/weddings/w-bad", weddingBody("12/06/2027"), "/body/date"],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody("2027-06-12"), endDate: "2027-06-11" },
      "/body/endDate",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody("2027-06-12"), timeZone: "Nowhere/Land" },
      "/body/timeZone",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody(), couple: { names: canary, email: canary } },
      "/body/couple/email",
    ],
    ["PUT", "/v1/vendors/vendor-1/journeys/j-bad", { steps: [] }, "/body/steps"],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      { steps: [{ key: "a", moduleType: "email", at: { day: -1, time: "25:00" }, config: {} }] },
      "/body/steps/0/at/time",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody(), couple: { names: `${canary}\r\nBcc: x`, email: "a@example.test" } },
      "/body/couple/names",
    ],
    ["PUT", "/v1/vendors/vendor-1/weddings/w-bad", weddingBody("9999-12-31"), "/body/date"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, name: "  " }, "/body/name"],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      `{"steps":[{"key":"a","moduleType":"email","at":{"day":-1,"time":"09:00"},"config":{"${canary} <a@b.c>":1e400}}]}`,
      "/body/steps/0/config/*",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      { steps: [{ key: "a", moduleType: "telepathy", at: { day: -1, time: "09:00" }, config: {} }] },
      "/body/steps/0/moduleType",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      { steps: [{ key: "a", moduleType: "email", at: { day: -1, time: "09:00" }, config: { text: canary } }] },
      "/body/steps/0/config/subject",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      {
        steps: [
          { key: "a", moduleType: "email", at: { day: -1, time: "09:00" }, config: { subject: "x", text: "{{ a." } },
        ],
      },
      "/body/steps/0/config/text",
    ],
    ["POST", "/v1/vendors/vendor-1/weddings/nobody/cancel", {}, "/params/weddingId"],
    ["POST", "/v1/module-types/email/versions", { definition: { type: "email", title: 1 } }, "/body/definition/title"],
    ["POST", "/v1/module-types/email/versions/999/activate", {}, "/params/version"],
    ["POST", "/v1/hold", { scope: canary }, "/body/scope"],
    ["POST", "/v1/keys", { role: "vendor" }, "/body"],
    ["POST", "/v1/keys", { role: canary }, "/body/role"],
  ])("SEC-2 %s %s names the offending part", async (method, path, body, where) => {
    const answer = await refused(async () => await platform.api.call(method, path, body), [400, 404, 409, 422]);
    expect(answer.body["path"]).toBe(where);
  });

  it.each<readonly [string, Record<string, unknown>, number, string, string]>([
    ["an unknown wedding", { weddingId: "nobody" }, 404, "wedding_unknown", "/body/weddingId"],
    ["an unknown module", { moduleType: "telepathy" }, 404, "module_unknown", "/body/moduleType"],
    ["an instant in the past", { when: { at: "2020-01-01T00:00:00Z" } }, 422, "at_in_the_past", "/body/when/at"],
    [
      "an instant no answer can write",
      { when: { at: "9999-12-31T23:59:59-23:59" } },
      400,
      "invalid_request",
      "/body/when/at",
    ],
    ["an instant without a zone", { when: { at: "2030-01-01T00:00:00" } }, 400, "invalid_request", "/body/when/at"],
    ["a time that is none", { when: { day: -1, time: "9 o'clock" } }, 400, "invalid_request", "/body/when/time"],
    [
      "a template that cannot be rendered",
      { payload: { subject: "{{ couple.", text: canary } },
      422,
      "template_invalid",
      "/body/payload/subject",
    ],
    ["a payload without a subject", { payload: { text: canary } }, 422, "request_invalid", "/body/payload/subject"],
    [
      "a field nobody knows",
      { payload: { [canary]: 1, subject: "x", text: "x" } },
      422,
      "request_invalid",
      "/body/payload",
    ],
    [
      "header injection in the subject",
      { payload: { subject: `a\r\nBcc: ${canary}`, text: "x" } },
      422,
      "request_invalid",
      "/body/payload/subject",
    ],
    [
      "a recipient that is none",
      { payload: { to: canary, subject: "x", text: "x" } },
      422,
      "request_invalid",
      "/body/payload/to",
    ],
  ])("SCH-6 REG-2: an execution with %s is refused and nothing is queued", async (_what, more, status, code, path) => {
    const answer = await refused(
      async () => await requestEmail(platform.api, "vendor-1", "wedding-1", `bad-${code}`, more),
      [status],
    );
    expect(answer.body["code"]).toBe(code);
    expect(answer.body["path"]).toBe(path);
  });

  it("SCH-6: without an Idempotency-Key an execution is refused by that name", async () => {
    const body = { weddingId: "wedding-1", moduleType: "email", payload: { subject: "x", text: "x" } };
    for (const headers of [{}, { "idempotency-key": "" }, { "idempotency-key": "x".repeat(300) }])
      await refused(
        async () => await platform.api.call("POST", "/v1/vendors/vendor-1/executions", body, headers),
        [400],
        "idempotency_key_required",
      );
  });
});

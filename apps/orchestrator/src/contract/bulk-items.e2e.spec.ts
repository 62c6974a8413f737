// Bulk routes: a result or a problem for each item, whatever is wrong with its neighbours.
import { startTestPlatform, type RunningPlatform } from "../testing/running-platform.js";
import { book, emailPayload, weddingBody } from "../testing/sample.js";

interface Results {
  readonly results: readonly { readonly status?: string; readonly problem?: { code: string; path: string } }[];
}
const canary = "canary-7f3a";
const nested = (depth: number): unknown => (depth === 0 ? canary : [nested(depth - 1)]);

describe("bad items", () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
    await book(platform.api, "vendor-1", "wedding-1");
  });
  afterAll(async () => {
    await platform.stop();
  });

  const problemsOf = async (route: string, items: readonly unknown[]) => {
    const answer = await platform.api.call<Results>("POST", `/v1/vendors/vendor-1/${route}/bulk`, { items });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(canary);
    return answer.body.results.map(({ problem }) => problem && [problem.code, problem.path]);
  };

  it("SEC-2: a bad execution is refused alone, with the place it is at", async () => {
    const good = (idempotencyKey: string) => ({
      idempotencyKey,
      weddingId: "wedding-1",
      moduleType: "email",
      payload: emailPayload(),
    });
    expect(
      await problemsOf("executions", [
        good("a"),
        { ...good("b"), payload: { ...emailPayload(), text: `${canary}\u0000` } },
        { ...good("c"), payload: { [`${canary}\ud800`]: "x" } },
        { ...good("d"), payload: { variables: nested(40) } },
        { ...good("e"), payload: { [`${canary} <a@b.c>`]: 1 } },
        { ...good("f"), [canary]: 1 },
        nested(2_000),
        { ...good("g"), moduleType: "telepathy" },
        good("h"),
      ]),
    ).toStrictEqual([
      undefined,
      ["bad_text", "/items/1"],
      ["bad_text", "/items/2"],
      ["too_deep", "/items/3"],
      ["request_invalid", "/items/4/payload/subject"],
      ["invalid_request", "/items/5"],
      ["too_deep", "/items/6"],
      ["module_unknown", "/items/7/moduleType"],
      undefined,
    ]);
  });

  it("SEC-2: a bad wedding is refused alone, with the place it is at", async () => {
    const { couple } = weddingBody();
    const good = (weddingId: string) => ({ weddingId, ...weddingBody() });
    expect(
      await problemsOf("weddings", [
        good("w-1"),
        { ...good("w-2"), couple: { ...couple, names: `${canary}\u0000` } },
        { ...good("w-3"), couple: { ...couple, names: `${canary}\r\nBcc: x` } },
        { ...good("w-4"), couple: { ...couple, names: nested(40) } },
        { ...good("w-5"), weddingId: nested(2_000) },
        { ...good("w-6"), weddingId: { toString: 1 } },
        { ...good("w-7"), date: "9999-12-31" },
        good("w-8"),
      ]),
    ).toStrictEqual([
      undefined,
      ["invalid_request", "/items/1/couple/names"],
      ["invalid_request", "/items/2/couple/names"],
      ["invalid_request", "/items/3/couple/names"],
      ["invalid_request", "/items/4/weddingId"],
      ["invalid_request", "/items/5/weddingId"],
      ["invalid_request", "/items/6/date"],
      undefined,
    ]);
  });

  it("SEC-2: what stands beside the items is checked as a body is", async () => {
    for (const [body, code] of [
      [{ items: [{}], more: nested(40) }, "too_deep"],
      [{ items: [{}], more: "\u0000" }, "bad_text"],
      [{ items: [{}], more: 1 }, "invalid_request"],
      [{ items: {} }, "invalid_request"],
    ] as const) {
      const answer = await platform.api.call("POST", "/v1/vendors/vendor-1/weddings/bulk", body);
      expect(answer).toMatchObject({ status: 400, body: { code } });
    }
  });
});

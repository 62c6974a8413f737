// The edges of HTTP in front of the routes: encodings, methods, numbers in addresses, and how often somebody may ask.
import { connect } from "node:net";
import { type Answer, type ApiClient, createApiClient } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "../testing/running-platform.js";
import { vendorBody } from "../testing/sample.js";

describe("the edges of HTTP", () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(async () => {
    await platform.stop();
  });

  it("SEC-2: text in another encoding is refused and not stored with holes", async () => {
    const { key } = (await platform.api.call<{ key: string }>("POST", "/v1/keys", { role: "ops" })).body;
    const answer = await fetch(`${platform.url}/v1/vendors/vendor-latin1`, {
      method: "PUT",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ ...vendorBody, name: "M\u00fcller" }), "latin1"),
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "bad_text", path: "/body" }]);
    expect((await platform.api.call("GET", "/v1/vendors/vendor-latin1")).status).toBe(404);
  });

  it.each(["0x10", "1e2", "%20%205", "+5", "-5", "", "1.0", "\u0661"])(
    "SEC-2: a limit of %s is not a number in decimal digits",
    async (limit) => {
      const answer = await platform.api.call("GET", `/v1/executions?limit=${limit}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", path: "/query/limit" } });
    },
  );

  it("SEC-2: another method on a path there is: 405 with Allow; HEAD is answered as GET", async () => {
    const answer = await platform.api.call("DELETE", "/v1/vendors/vendor-1");
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("PUT, GET, HEAD");
    for (const path of ["/health/live", "/v1/module-types"])
      expect(await platform.api.call("HEAD", path)).toMatchObject({ status: 200, text: "" });
    expect((await createApiClient(platform.url).call("HEAD", "/v1/module-types")).status).toBe(401);
  });

  it("SEC-2: what is no HTTP is answered with a problem too", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(platform.url).port), "127.0.0.1", () =>
        socket.write("NONSENSE / HTTP/1.1\r\n\r\n"),
      );
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("end", () => resolve(text));
      socket.on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"bad_message"/);
  });
});

describe("rate limits", () => {
  let slow: RunningPlatform;
  beforeEach(async () => {
    slow = await startTestPlatform({ WEDSYNC_RATE_LIMIT: "5" });
  });
  afterEach(async () => {
    await slow.stop();
  });

  it("SEC-2: more requests than allowed are refused with Retry-After, also those that nobody may make", async () => {
    const eight = async (client: ApiClient, path: string) => {
      const answers: Answer[] = [];
      for (let round = 0; round < 8; round += 1) answers.push(await client.call("GET", path));
      const last = answers.at(-1);
      expect(last).toMatchObject({ status: 429, body: { code: "rate_limited" } });
      expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
      return answers.map(({ status }) => status);
    };
    const vendor = await slow.as("vendor", "vendor-1");
    expect(await eight(slow.api, "/v1/module-types")).toStrictEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(await eight(vendor, "/v1/status")).toStrictEqual([403, 403, 403, 403, 403, 429, 429, 429]);
    // A key is looked up until its address has been refused too often; then neither it nor another one is.
    const guess = createApiClient(slow.url, "wk_0123456789");
    expect(await eight(guess, "/v1/module-types")).toStrictEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    for (const key of ["wk_another", "a.b.c", undefined])
      expect((await createApiClient(slow.url, key).call("GET", "/v1/module-types")).status).toBe(429);
    expect((await slow.api.call("GET", "/v1/nothing")).status).toBe(429);
    expect((await slow.api.call("GET", "/health/live")).status).toBe(200);
  });

  it("SEC-2: addresses nobody serves are counted too, and whoever is known goes on", async () => {
    expect((await slow.api.call("GET", "/v1/module-types")).status).toBe(200);
    const statuses: number[] = [];
    for (let round = 0; round < 8; round += 1)
      statuses.push((await createApiClient(slow.url).call("GET", `/v1/nothing/${round}`)).status);
    expect(statuses).toStrictEqual([404, 404, 404, 404, 404, 429, 429, 429]);
    expect((await slow.api.call("GET", "/v1/module-types")).status).toBe(200);
  });
});

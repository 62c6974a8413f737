// What the aggregator answers, from events in the log to the last field.
import type { Endpoint } from "@wedsync/adapter-http";
import { createApiClient, until } from "@wedsync/test";
import { endpoints } from "./contract/endpoints.js";
import {
  jwtSecret,
  openTestLog,
  startTestAggregator,
  type RunningAggregator,
  type TestLog,
} from "./testing/running-aggregator.js";
import {
  dayMs,
  executionAppend,
  happened,
  streamOf,
  weddingAppend,
  workOf,
  yearStart,
} from "./testing/sample-events.js";

interface Counts {
  readonly items: readonly { vendorId: string; moduleType: string; day: string; counts: Record<string, number> }[];
  readonly nextCursor?: string;
}

describe("the query API", () => {
  let test: TestLog;
  let app: RunningAggregator;
  beforeAll(async () => {
    test = await openTestLog();
    app = await startTestAggregator(test);
    for (const vendor of ["lens", "rose"]) {
      await test.log.append(weddingAppend(vendor, "w-1", "2027-06-12"));
      await test.log.append(weddingAppend(vendor, "w-2", "2027-07-03"));
      for (let n = 0; n < 6; n += 1) {
        const work = workOf(vendor, "w-1", { dueAt: yearStart + (n % 2) * dayMs });
        const ends = [[], [happened.started(work)], [happened.started(work), happened.succeeded()]][n % 3] ?? [];
        await test.log.append(
          executionAppend(streamOf(vendor, String(n)), vendor, 0, [happened.requested(work), ...ends]),
        );
      }
    }
    await until(
      async () =>
        await app.api.call<{ items: { generations: { eventsBehind: number }[] }[] }>("GET", "/v1/read-models"),
      ({ body }) =>
        body.items.length === 2 &&
        body.items.every((model) => model.generations.every((one) => one.eventsBehind === 0)),
    );
  });
  afterAll(async () => {
    await app.stop();
    await test.close();
  });

  it("AGG-1: counts executions by vendor, module type, day and status", async () => {
    const { status, body } = await app.api.call<Counts>("GET", "/v1/execution-counts");
    expect(status).toBe(200);
    const row = (vendorId: string, day: string) => ({
      vendorId,
      moduleType: "email",
      day,
      counts: { scheduled: 1, running: 1, succeeded: 1 },
    });
    expect(body.items).toStrictEqual([
      row("lens", "2027-01-01"),
      row("lens", "2027-01-02"),
      row("rose", "2027-01-01"),
      row("rose", "2027-01-02"),
    ]);
  });

  it("AGG-1: pages follow each other without a gap or a repeat, with filters", async () => {
    const pages: unknown[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await app.api.call<Counts>("GET", `/v1/execution-counts?limit=1${cursor}`);
      pages.push(...body.items.map((item) => `${item.vendorId} ${item.day}`));
      if (body.nextCursor === undefined) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(pages).toStrictEqual(["lens 2027-01-01", "lens 2027-01-02", "rose 2027-01-01", "rose 2027-01-02"]);
    const filtered = await app.api.call<Counts>(
      "GET",
      "/v1/execution-counts?vendor=rose&moduleType=email&from=2027-01-02&to=2027-01-02",
    );
    expect(filtered.body.items).toMatchObject([{ vendorId: "rose", day: "2027-01-02" }]);
    expect((await app.api.call<Counts>("GET", "/v1/execution-counts?moduleType=sms")).body.items).toStrictEqual([]);
  });

  it("AGG-1: the wedding overview has dates, counts and what is due next, and nothing of the couple", async () => {
    const { body, text } = await app.api.call<{ items: unknown[]; nextCursor?: string }>("GET", "/v1/weddings?limit=3");
    expect(body.items).toHaveLength(3);
    const one = await app.api.call("GET", "/v1/vendors/lens/weddings/w-1");
    expect(one.body).toStrictEqual({
      weddingId: "w-1",
      vendorId: "lens",
      date: "2027-06-12",
      endDate: "2027-06-12",
      timeZone: "Europe/Berlin",
      market: "europe",
      status: "booked",
      counts: { scheduled: 2, running: 2, succeeded: 2 },
      nextDueAt: "2027-01-01T00:00:00.000Z",
    });
    expect(text).not.toContain("sealed");
    const rest = await app.api.call<{ items: unknown[] }>(
      "GET",
      `/v1/weddings?limit=3&cursor=${body.nextCursor ?? ""}`,
    );
    expect(rest.body.items).toHaveLength(1);
    expect((await app.api.call<{ items: unknown[] }>("GET", "/v1/weddings?from=2027-07-01")).body.items).toHaveLength(
      2,
    );
    expect((await app.api.call("GET", "/v1/vendors/lens/weddings/nobody")).body).toMatchObject({
      code: "wedding_unknown",
    });
  });

  it("AGG-1 SEC-1: a vendor's key and token see own rows only, whatever they ask for", async () => {
    const key = await app.as("vendor", "rose");
    const token = createApiClient(app.url, await vendorToken("rose"));
    for (const vendor of [key, token]) {
      const counts = await vendor.call<Counts>("GET", "/v1/execution-counts");
      expect(counts.body.items.map((item) => item.vendorId)).toStrictEqual(["rose", "rose"]);
      const list = await vendor.call<{ items: { vendorId: string }[] }>("GET", "/v1/weddings");
      expect(list.body.items.map((item) => item.vendorId)).toStrictEqual(["rose", "rose"]);
      expect((await vendor.call("GET", `/v1/executions/${streamOf("rose", "1")}`)).status).toBe(200);
      expect(await vendor.call("GET", `/v1/executions/${streamOf("lens", "1")}`)).toMatchObject({
        status: 404,
        body: { code: "execution_unknown" },
      });
      for (const path of [
        "/v1/execution-counts?vendor=lens",
        "/v1/weddings?vendor=lens",
        "/v1/vendors/lens/weddings/w-1",
      ])
        expect(await vendor.call("GET", path)).toMatchObject({ status: 403, body: { code: "other_vendor" } });
      const stolen = (await app.api.call<Counts>("GET", "/v1/execution-counts?limit=1")).body.nextCursor ?? "";
      const paged = await vendor.call<Counts>("GET", `/v1/execution-counts?cursor=${stolen}`);
      expect(paged.body.items.every((item) => item.vendorId === "rose")).toBe(true);
      expect((await vendor.call("GET", "/v1/read-models")).status).toBe(403);
      expect((await vendor.call("GET", "/metrics")).status).toBe(403);
    }
  });

  it.each(['rose","vendorId":"lens', "rose' or '1'='1", "lens\u0000", "%", "{}", 'rose"}}}'])(
    "AGG-1: a signed token whose vendor is %j shows nothing",
    async (vendor) => {
      const client = createApiClient(app.url, await vendorToken(vendor));
      for (const path of ["/v1/execution-counts", "/v1/weddings"]) {
        const { status, body } = await client.call<Counts>("GET", path);
        expect(status).toBeLessThan(500);
        expect(body.items ?? []).toStrictEqual([]);
      }
    },
  );

  it.each([
    "/v1/execution-counts?cursor=%00",
    "/v1/execution-counts?cursor=bm90aGluZw",
    `/v1/weddings?cursor=${Buffer.from('["2027-99-99","x"]').toString("base64url")}`,
    `/v1/weddings?cursor=${Buffer.from('["2027-02-30","00000000-0000-4000-8000-000000000000"]').toString("base64url")}`,
    "/v1/execution-counts?from=2027-02-30",
    "/v1/execution-counts?from=yesterday",
    "/v1/execution-counts?limit=0",
    "/v1/execution-counts?limit=1e9",
    "/v1/execution-counts?vendor=a%00b",
    "/v1/execution-counts?vendor=a&vendor=b",
    "/v1/execution-counts?unknown=1",
    "/v1/executions/nothing",
    "/v1/vendors/%20/weddings/x",
  ])("SEC-2: %s is refused with a problem", async (path) => {
    const answer = await app.api.call("GET", path);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", path: expect.any(String) } });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  it("SEC-1: every route but health needs a credential, and the right role", async () => {
    const stranger = createApiClient(app.url);
    for (const endpoint of Object.values(endpoints) as readonly Endpoint[]) {
      const path = endpoint.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => (name === "generation" ? "1" : "x"));
      const { status } = await stranger.call(endpoint.method, path);
      if (endpoint.allow === "open") expect([200, 503]).toContain(status);
      else expect(status).toBe(401);
      for (const role of ["vendor", "service", "read-only", "ops"] as const) {
        if (endpoint.allow === "open" || endpoint.allow.includes(role)) continue;
        const client = await app.as(role, role === "vendor" ? "rose" : undefined);
        expect(await client.call(endpoint.method, path)).toMatchObject({
          status: 403,
          body: { code: "role_not_allowed" },
        });
      }
    }
  });

  it("AGG-4: ready, and the lag is a metric of every generation", async () => {
    const ready = await until(
      async () => await app.api.call("GET", "/health/ready"),
      ({ status }) => status === 200,
    );
    expect(ready).toMatchObject({
      status: 200,
      body: { status: "ok", checks: { executions: "ok", weddings: "ok" } },
    });
    const labelsOf = (model: string): string => `{model="${model}",generation="1",status="active"}`;
    // What was refused before is still on its way into the log.
    const { text, head } = await until(
      async () => ({ head: String(await test.log.head()), text: (await app.api.call("GET", "/metrics")).text }),
      (found) =>
        ["executions", "weddings"].every((model) =>
          found.text.includes(`wedsync_projection_position${labelsOf(model)} ${found.head}\n`),
        ),
    );
    expect(Number(head)).toBeGreaterThan(0);
    for (const model of ["executions", "weddings"]) {
      const labels = labelsOf(model);
      expect(text).toContain(`wedsync_projection_lag_events${labels} 0`);
      expect(text).toContain(`wedsync_projection_parked_streams${labels} 0`);
    }
    expect((await app.api.call("GET", "/openapi.json")).body).toMatchObject({ openapi: "3.1.0" });
  });

  it("AGG-1 LOG-7: the aggregator wrote nothing to the log but whom it refused, with a code and no values", async () => {
    const foreign = await test.query<{ type: string; data: object }>(
      "select type, data from wedsync.events where meta->>'source' <> '/tests'",
    );
    expect(foreign.length).toBeGreaterThan(0);
    for (const { type, data } of foreign)
      expect({ type, keys: Object.keys(data).toSorted() }).toStrictEqual({
        type: "CommandRefused",
        keys: ["actor", "code", "command"],
      });
  });
});

async function vendorToken(vendorId: string): Promise<string> {
  const { SignJWT } = await import("jose");
  return await new SignJWT({ role: "authenticated", app_metadata: { wedsync: { role: "vendor", vendorId } } })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("person-1")
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(jwtSecret));
}

// Journeys: templates that are accepted step by step, stay as they were accepted, and follow their wedding.
import { until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, weddingBody } from "./testing/sample.js";

const step = (key: string, day: number, subject = key) => ({
  key,
  moduleType: "email",
  at: { day, time: "09:00" },
  config: { subject, text: "Dear {{ couple.names }}" },
});

interface Listed {
  readonly items: readonly {
    readonly executionId: string;
    readonly status: string;
    readonly reason?: string;
    readonly dueAt: string;
  }[];
}

describe("journeys", () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(async () => {
    await platform.stop();
  });
  const list = async (vendor: string, wedding: string) =>
    (await platform.api.call<Listed>("GET", `/v1/executions?vendor=${vendor}&wedding=${wedding}`)).body.items;
  const apply = async (wedding: string, journey: string) =>
    await platform.api.call<{ executions: object }>("POST", `/v1/vendors/v/weddings/${wedding}/journeys/${journey}`);

  it("SCH-13: applying accepts the steps that are still to come; those whose time had passed are skipped and say so", async () => {
    await book(platform.api, "v", "w1", { date: dayFromNow(20) });
    await platform.api.call("PUT", "/v1/vendors/v/journeys/j", {
      steps: [step("early", -90), step("late", -7), step("after", 3)],
    });
    expect(await apply("w1", "j")).toMatchObject({
      status: 200,
      body: { executions: { accepted: 3, skipped: 1, unchanged: 0 } },
    });
    const found = await until(
      async () => await list("v", "w1"),
      (items) => items.length === 3,
    );
    expect(found.map((item) => item.status).toSorted()).toStrictEqual(["scheduled", "scheduled", "skipped"]);
    expect(found.find((item) => item.status === "skipped")?.reason).toBe("due_before_acceptance");
  });

  it("an edited journey leaves accepted steps as they are and adds new ones", async () => {
    await book(platform.api, "v", "w2", { date: dayFromNow(30) });
    await platform.api.call("PUT", "/v1/vendors/v/journeys/k", { steps: [step("one", -7)] });
    expect((await apply("w2", "k")).body).toMatchObject({ executions: { accepted: 1 } });
    await platform.api.call("PUT", "/v1/vendors/v/journeys/k", { steps: [step("one", -3, "edited"), step("two", -1)] });
    expect((await apply("w2", "k")).body).toMatchObject({ executions: { accepted: 1, skipped: 0, unchanged: 1 } });
    const found = await until(
      async () => await list("v", "w2"),
      (items) => items.length === 2,
    );
    expect(found.map((item) => item.dueAt.slice(0, 10)).toSorted()).toStrictEqual([dayFromNow(23), dayFromNow(29)]);
  });

  it("ships a default journey of six e-mails for every vendor", async () => {
    await book(platform.api, "v", "w3", { date: dayFromNow(200) });
    const answer = await platform.api.call<{ steps: unknown[] }>("GET", "/v1/vendors/v/journeys/default");
    expect(answer.status).toBe(200);
    expect(answer.body.steps).toHaveLength(6);
    expect((await apply("w3", "default")).body).toMatchObject({ executions: { accepted: 6, skipped: 0 } });
  });

  it("bulk: a bad line is named and harms no neighbour; booking through a journey accepts its steps", async () => {
    const answer = await platform.api.call<{
      results: readonly { weddingId: string; status: string; problem?: { code: string; path?: string } }[];
    }>("POST", "/v1/vendors/v/weddings/bulk", {
      items: [
        { weddingId: "b1", ...weddingBody(dayFromNow(60)), journeyId: "default" },
        { weddingId: "b2", ...weddingBody("2026-02-30") },
        { weddingId: "b3", ...weddingBody(dayFromNow(60)), journeyId: "nobody-knows" },
        { weddingId: "b4", date: dayFromNow(60) },
        { weddingId: "b5", ...weddingBody(dayFromNow(60)), cancelled: true },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.results.map((result) => result.status)).toStrictEqual([
      "created",
      "refused",
      "refused",
      "refused",
      "cancelled",
    ]);
    expect(answer.body.results[1]?.problem).toMatchObject({
      code: expect.any(String),
      path: expect.stringContaining("date"),
    });
    expect(answer.body.results[3]?.problem?.path).toContain("couple");
    expect(answer.text).not.toContain("2026-02-30");
    expect((await platform.api.call("GET", "/v1/vendors/v/weddings/b2")).status).toBe(404);
  });

  it("SCH-4 INVARIANTS 53: moving a wedding moves all its waiting steps; cancelling it cancels them", async () => {
    await book(platform.api, "v", "w4", { date: dayFromNow(300) });
    await apply("w4", "default");
    await book(platform.api, "v", "w4", { date: dayFromNow(310) });
    await until(
      async () =>
        await platform.query<{ v: number }>("select schedule_version as v from wedsync.pending where wedding = 'w4'"),
      (rows) => rows.length === 6 && rows.every((row) => row.v === 2),
    );
    await platform.api.call("POST", "/v1/vendors/v/weddings/w4/cancel");
    const found = await until(
      async () => await list("v", "w4"),
      (items) => items.length === 6 && items.every((item) => item.status === "cancelled"),
    );
    expect(found).toHaveLength(6);
    expect(await platform.query("select from wedsync.pending where wedding = 'w4'")).toStrictEqual([]);
  });
});

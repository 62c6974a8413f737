import { createServer } from "node:net";
import { createClient } from "./client.js";
import { startStandIn, standInKey, type StandIn } from "./testing/stand-in.js";

const clientOf = (url: string, more: object = {}) =>
  createClient({
    url,
    key: standInKey,
    signal: new AbortController().signal,
    retries: 3,
    maxDelayMs: 5,
    timeoutMs: 5_000,
    random: () => 0.5,
    ...more,
  });

const errorOf = async (answer: Promise<{ ok: boolean; error?: unknown }>) => (await answer).error;

describe("one exchange with the API", () => {
  let server: StandIn;
  beforeEach(async () => {
    server = await startStandIn();
  });
  afterEach(() => server.close());

  it("API-1: repeats after 503 and after a broken connection, and gives the answer that came at last", async () => {
    server.faults.push({ status: 503 }, "reset");
    const answer = await clientOf(server.url).status();
    expect(answer).toMatchObject({ ok: true, value: { dueToday: 5 } });
    expect(server.requests).toHaveLength(3);
  });

  it("gives up after the stated number of repeats with the server's own code", async () => {
    server.faults.push(...Array.from({ length: 9 }, () => ({ status: 503 })));
    expect(await errorOf(clientOf(server.url).status())).toMatchObject({
      code: "overloaded",
      problemCode: "made_fault",
      status: 503,
    });
    expect(server.requests).toHaveLength(4);
  });

  it("waits at least as long as Retry-After asks before it tries again after 429", async () => {
    server.faults.push({ status: 429, retryAfter: "1" });
    const before = performance.now();
    expect(await clientOf(server.url).settle("e", "retry", "seen")).toMatchObject({ ok: true });
    expect(performance.now() - before).toBeGreaterThanOrEqual(990);
    expect(server.requests).toHaveLength(2);
  });

  it("SCH-7: does not send a settlement, a redrive or a new key twice when the answer was lost", async () => {
    const client = clientOf(server.url);
    for (const act of [
      () => client.settle("e", "retry", "seen"),
      () => client.redrive("e"),
      () => client.issueKey({ role: "ops" }),
    ]) {
      server.requests.length = 0;
      server.faults.push("reset");
      expect(await errorOf(act())).toMatchObject({ code: "connection_lost" });
      expect(server.requests).toHaveLength(1);
    }
  });

  it.each([
    [400, "refused"],
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "not_found"],
    [409, "refused"],
    [500, "server_failed"],
  ])("SEC-2: a %i becomes the error %s, at once, with the problem's code and path", async (status, code) => {
    server.faults.push({ status, body: { status, code: "p_code", detail: "what was wrong", path: "/items/3" } });
    const error = await errorOf(clientOf(server.url).status());
    expect(error).toMatchObject({ code, status, problemCode: "p_code" });
    if (status !== 401) expect((error as { message: string }).message).toContain("what was wrong (at /items/3)");
    expect(server.requests).toHaveLength(1);
  });

  it("SEC-1: follows no redirect: the key goes to the address it was meant for", async () => {
    server.faults.push({ status: 307, location: `${server.url}/v1/keys` });
    expect(await errorOf(clientOf(server.url).status())).toMatchObject({ code: "refused", status: 307 });
    expect(server.requests).toHaveLength(1);
  });

  it("says so when another program answers on that port", async () => {
    server.faults.push({ status: 200, body: { hello: "world" } });
    expect(await errorOf(clientOf(server.url).status())).toMatchObject({ code: "unexpected_answer" });
    server.faults.push({ status: 502, body: "<html>" });
    expect(await errorOf(clientOf(server.url).status())).toMatchObject({ code: "server_failed", status: 502 });
  });

  it("says that no server is there when the connection is refused", async () => {
    await server.close();
    expect(await errorOf(clientOf(server.url).status())).toMatchObject({ code: "server_unreachable" });
  });

  it("ends after the time-out when the server accepts and never answers", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => silent.once("listening", listening));
    const address = silent.address() as { port: number };
    const client = clientOf(`http://127.0.0.1:${address.port}`, { timeoutMs: 50, retries: 1 });
    expect(await errorOf(client.status())).toMatchObject({ code: "server_timeout" });
    silent.close();
  });

  it("stops at once when the operator stops it, also between two tries", async () => {
    const stop = new AbortController();
    server.faults.push({ status: 429, retryAfter: "60" });
    const answer = clientOf(server.url, { signal: stop.signal }).status();
    while (server.requests.length === 0) await new Promise((later) => setTimeout(later, 5));
    stop.abort();
    expect(await errorOf(answer)).toMatchObject({ code: "interrupted" });
  });

  it("escapes ids in paths, so that an id cannot name another route", async () => {
    await clientOf(server.url).cancel("../keys?x=1");
    expect(server.requests).toEqual(["POST /v1/executions/..%2Fkeys%3Fx%3D1/cancel"]);
  });
});

// The server commits and its answer is lost: the committer asks the log whether the append was its own, instead of guessing.
import { startCuttingProxy, type CuttingProxy } from "./testing/cutting-proxy.js";
import { fact, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("a lost reply", () => {
  let fixture: Fixture;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    fixture = await openFixture();
    proxy = await startCuttingProxy(fixture.database.appUrl);
  });
  afterAll(async () => {
    await fixture.close();
    await proxy.close();
  });

  it("SCENARIOS 3: is settled by reading back: acknowledged once, stored once, with its real positions", async () => {
    const log = fixture.open({ connectionString: proxy.url });
    await log.append(request(newStream(), 0, [fact("Noted")]));
    for (let round = 0; round < 10; round += 1) {
      const stream = newStream();
      proxy.cutNextAnswer();
      const result = await log.append(request(stream, 0, [fact("Noted", { amount: 1 }), fact("Noted", { amount: 2 })]));
      const stored = await fixture.query<{ position: string }>(
        "select position from wedsync.events where stream = $1 order by version",
        [stream],
      );
      expect(stored).toHaveLength(2);
      expect(result).toMatchObject({
        ok: true,
        firstPosition: BigInt(stored[0]?.position ?? 0),
        lastPosition: BigInt(stored[1]?.position ?? 0),
      });
    }
    expect(proxy.cuts).toBe(10);
  });

  it("SCENARIOS 3: another writer's event at that version stays a conflict", async () => {
    const log = fixture.open({ connectionString: proxy.url });
    const direct = fixture.open();
    const stream = newStream();
    await direct.append(request(stream, 0, [fact("Noted")]));
    proxy.cutNextAnswer();
    expect(await log.append(request(stream, 0, [fact("Noted")]))).toMatchObject({
      ok: false,
      code: "version_conflict",
      actualVersion: 1,
    });
    expect(await direct.readStream("fact", stream)).toHaveLength(1);
  });

  it("SCENARIOS 3: a connection that falls silent is left, and what was sent there is sent again and stored once", async () => {
    const log = fixture.open({ connectionString: proxy.url, patienceMs: 6_000, answerMs: 2_000 });
    const before = newStream();
    await log.append(request(before, 0, [fact("Noted")]));
    await log.head();
    proxy.silence();
    const streams = Array.from({ length: 5 }, newStream);
    const results = await Promise.all(
      streams.map(async (stream) => await log.append(request(stream, 0, [fact("Noted")]))),
    );
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
    await expect(log.readStream("fact", before)).rejects.toThrow("Query read timeout");
    expect(await log.readStream("fact", before)).toHaveLength(1);
    const stored = await fixture.query("select from wedsync.events where stream = any($1::uuid[])", [streams]);
    expect(stored).toHaveLength(5);
  });

  it("a database that stays away is a typed failure that says the outcome is unknown", async () => {
    const away = await startCuttingProxy(fixture.database.appUrl);
    await away.close();
    const log = fixture.open({ connectionString: away.url, patienceMs: 300 });
    await expect(log.append(request(newStream(), 0, [fact("Noted")]))).rejects.toMatchObject({
      name: "LogError",
      code: "log_unavailable",
    });
  });
});

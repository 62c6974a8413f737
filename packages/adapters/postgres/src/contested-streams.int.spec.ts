// Two committers, one database: who is first on a stream wins it, and whoever shared a batch with the loser is unharmed.
import { fact, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("two committers on contested streams", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("LOG-2 SCENARIOS 6: exactly one winner a stream, every neighbour stored", async () => {
    const [one, other] = [fixture.open(), fixture.open()];
    const contested = Array.from({ length: 200 }, newStream);
    const batch = (owner: string) =>
      contested.flatMap((stream, index) => [
        request(stream, 0, [fact("Noted", { text: owner }), fact("Noted", { text: `${owner} again` })]),
        request(newStream(), 0, [fact("Noted", { text: `neighbour of ${index}` })]),
      ]);
    const [fromOne, fromOther] = await Promise.all(
      [one, other].map(
        async (log, index) => await Promise.all(batch(`owner ${index}`).map(async (entry) => await log.append(entry))),
      ),
    );
    for (const index of contested.keys()) {
      const results = [fromOne?.[index * 2], fromOther?.[index * 2]];
      expect(results.filter((result) => result?.ok === true)).toHaveLength(1);
      expect(results.find((result) => result?.ok === false)).toMatchObject({
        code: "version_conflict",
        stream: contested[index],
        expectedVersion: 0,
        actualVersion: 2,
      });
      expect(fromOne?.[index * 2 + 1]?.ok).toBe(true);
      expect(fromOther?.[index * 2 + 1]?.ok).toBe(true);
    }
    const mixed = await fixture.query(
      `select stream from wedsync.events where stream = any($1) group by stream
       having count(*) <> 2 or min(data->>'text') || ' again' <> max(data->>'text')`,
      [contested],
    );
    expect(mixed).toStrictEqual([]);
  });

  it("LOG-2 INVARIANTS 5: a version ahead of its stream is refused, so no hole can arise", async () => {
    const stream = newStream();
    const log = fixture.open();
    expect(await log.append(request(stream, 3, [fact("Noted")]))).toMatchObject({
      code: "version_conflict",
      actualVersion: 0,
    });
    expect(await log.readStream("fact", stream)).toStrictEqual([]);
  });

  it("one request over two streams is all or nothing when the second is contested", async () => {
    const log = fixture.open();
    const [free, taken] = [newStream(), newStream()];
    await log.append(request(taken, 0, [fact("Noted")]));
    const both = request(free, 0, [fact("Noted")]);
    const result = await log.append({
      ...both,
      streams: [...both.streams, { category: "fact", stream: taken, expectedVersion: 0, events: [fact("Noted")] }],
    });
    expect(result).toMatchObject({ ok: false, code: "version_conflict", stream: taken });
    expect(await log.readStream("fact", free)).toStrictEqual([]);
  });

  it("LOG-2: a stream id that is none fails its caller at once, and its neighbours are stored", async () => {
    const log = fixture.open();
    const entries = [newStream(), "018f0000", newStream()].map((stream) => request(stream, 0, [fact("Noted")]));
    const results = await Promise.allSettled(entries.map(async (entry) => await log.append(entry)));
    expect(results).toMatchObject([
      { status: "fulfilled", value: { ok: true } },
      { status: "rejected", reason: { message: expect.stringContaining("UUID") } },
      { status: "fulfilled", value: { ok: true } },
    ]);
  });
});

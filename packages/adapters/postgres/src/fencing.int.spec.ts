// Who may write at all: the server that wrote the log, and the leader of the present epoch.
import { randomUUID } from "node:crypto";
import { until } from "@wedsync/test";
import { createLeadership } from "./leadership.js";
import { adoptLog } from "./server-checks.js";
import { fact, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("fences", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("INVARIANTS 6 S1: a leader that was paused past its term cannot write, its successor can", async () => {
    const log = fixture.open();
    const options = { pool: log.pool, schema: "wedsync", role: "dispatcher", termMs: 400 };
    const [first, second] = [
      createLeadership({ ...options, holder: randomUUID() }),
      createLeadership({ ...options, holder: randomUUID() }),
    ];
    const token = await new Promise<{ role: string; epoch: number }>((resolve) =>
      first.start({ onGained: resolve, onLost: () => undefined }),
    );
    const entry = (leader: { role: string; epoch: number }) => request(newStream(), 0, [fact("Noted")], { leader });
    expect(await log.append(entry(token))).toMatchObject({ ok: true });
    // Giving up is the short way to what a pause does: the lease goes to the next candidate with a higher epoch.
    await first.stop();
    const next = await new Promise<{ role: string; epoch: number }>((resolve) =>
      second.start({ onGained: resolve, onLost: () => undefined }),
    );
    expect(next.epoch).toBe(token.epoch + 1);
    expect(await log.append(entry(token))).toStrictEqual({
      ok: false,
      code: "leader_fenced",
      role: "dispatcher",
      epoch: token.epoch,
      currentEpoch: next.epoch,
    });
    expect(await log.append(entry(next))).toMatchObject({ ok: true });
    await second.stop();
  });

  it("a second candidate does not lead while the first renews its lease", async () => {
    const log = fixture.open();
    const options = { pool: log.pool, schema: "wedsync", role: "other", termMs: 200 };
    const [first, second] = [
      createLeadership({ ...options, holder: randomUUID() }),
      createLeadership({ ...options, holder: randomUUID() }),
    ];
    await new Promise<void>((resolve) => first.start({ onGained: () => resolve(), onLost: () => undefined }));
    second.start({ onGained: () => undefined, onLost: () => undefined });
    for (let waited = 0; waited < 10; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const [one, other] = [first.current(), second.current()];
      expect(one !== undefined && other !== undefined).toBe(false);
    }
    await Promise.all([first.stop(), second.stop()]);
  });

  it("INVARIANTS 6, 36: a renewal that takes too long makes a leader unsure, and sure again when it was in time for the others", async () => {
    const log = fixture.open();
    const leadership = createLeadership({
      pool: log.pool,
      schema: "wedsync",
      role: "slow",
      holder: randomUUID(),
      termMs: 3_000,
    });
    let lost = 0;
    await new Promise<void>((resolve) => leadership.start({ onGained: () => resolve(), onLost: () => (lost += 1) }));
    const inTheWay = await log.pool.connect();
    await inTheWay.query("begin");
    await inTheWay.query("select from wedsync.leader where role = 'slow' for update");
    const current = async () => await Promise.resolve(leadership.current());
    await until(current, (token) => token === undefined);
    await inTheWay.query("rollback");
    inTheWay.release();
    expect(await until(current, (token) => token !== undefined)).toMatchObject({ role: "slow", epoch: 1 });
    expect(lost).toBe(0);
    await leadership.stop();
  });

  it("ARCHITECTURE 5: a restored server is refused until an operator adopts it, and then the epoch is higher", async () => {
    const log = fixture.open();
    const before = await log.append(request(newStream(), 0, [fact("Noted")]));
    expect(before.ok).toBe(true);
    await fixture.query("update wedsync.log_head set timeline = '000000FF'");
    const refused = await log.append(request(newStream(), 0, [fact("Noted")]));
    expect(refused).toMatchObject({ ok: false, code: "log_fenced" });
    const epoch = await adoptLog({ connectionString: fixture.database.ownerUrl });
    expect(epoch).toBe(2);
    const stream = newStream();
    expect(await log.append(request(stream, 0, [fact("Noted")]))).toMatchObject({ ok: true });
    expect((await log.readStream("fact", stream))[0]?.epoch).toBe(2);
  });
});

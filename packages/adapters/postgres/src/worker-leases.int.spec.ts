// A worker's lease against the observer that takes it away: one of the two wins, and both know which.
import { randomUUID } from "node:crypto";
import { openFixture, type Fixture } from "./testing/fixture.js";
import { createWorkerLeases, type WorkerLeases } from "./worker-leases.js";

describe("a worker's lease", () => {
  let fixture: Fixture;
  let leases: WorkerLeases;
  beforeAll(async () => {
    fixture = await openFixture();
    leases = createWorkerLeases({ pool: fixture.open().pool, schema: "wedsync" });
  });
  afterAll(async () => {
    await fixture.close();
  });

  const registered = async () => {
    const incarnation = randomUUID();
    await leases.register({ incarnation, slots: 4, handlers: ["email"], remote: true });
    const row = (await leases.list()).find((found) => found.incarnation === incarnation);
    if (row === undefined) throw new Error("A registered worker is not listed.");
    return row;
  };

  it("INVARIANTS 18: is not taken from a worker that has beaten since it was looked at", async () => {
    const seen = await registered();
    expect(await leases.beat(seen.incarnation)).toBe(true);
    expect(await leases.expire(seen)).toBe(false);
    expect(await leases.beat(seen.incarnation)).toBe(true);
  });

  it("INVARIANTS 18: once taken, tells the worker at its next beat, and is not taken twice", async () => {
    const seen = await registered();
    expect(await leases.expire(seen)).toBe(true);
    expect(await leases.beat(seen.incarnation)).toBe(false);
    expect(await leases.expire(seen)).toBe(false);
  });
});

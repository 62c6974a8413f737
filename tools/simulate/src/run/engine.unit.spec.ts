import { staticCapacity } from "./controllers.js";
import { runSeason } from "./engine.js";
import { SlotPool } from "./slot-pool.js";
import { demandOf, type WorkOfTest } from "./testing/demand-of.js";
import { finish } from "./testing/finish.js";

const hour = 3_600_000;
const run = (works: readonly WorkOfTest[], slots: number, days = 2) =>
  finish(runSeason(demandOf(works), staticCapacity(slots), { from: 0, to: days * 24 * hour, bootMs: 0 }));

describe("the engine", () => {
  it("keeps the reserve for critical work", () => {
    const busy = Array.from({ length: 5 }, () => ({ due: 0, serviceMs: 10_000 }));
    const result = run([...busy, { due: 1, serviceMs: 1_000, tier: "critical" as const }], 5);
    expect(result.waits.critical.maxMs).toBe(0);
    expect(result.waits.normal).toMatchObject({ started: 5, p50Ms: 0, maxMs: 10_000 });
  });

  it("counts starts after the deadline as missed and drops what has expired", () => {
    const long = { due: 0, serviceMs: 5 * hour };
    expect(run([long, { due: 1, serviceMs: 1 }], 1).waits.normal).toMatchObject({ started: 2, missed: 1 });
    const result = run(
      [
        { due: 0, serviceMs: 30 * hour },
        { due: 1, serviceMs: 1 },
        { due: 29 * hour, serviceMs: 1 },
      ],
      1,
    );
    expect(result).toMatchObject({ started: 2, expired: 1 });
  });

  it("takes waiting work away when its wedding is cancelled, and leaves running work alone", () => {
    const works = [
      { due: 0, serviceMs: 60_000, cancelledAt: 10 },
      { due: 1, serviceMs: 1_000, cancelledAt: 10 },
      { due: 2, serviceMs: 1_000 },
    ];
    expect(run(works, 1)).toMatchObject({ started: 2, withdrawn: 1, expired: 0 });
  });
});

describe("slots", () => {
  it("are paid when they are asked for and work when they have booted", () => {
    const pool = new SlotPool(2, 0, 1_000);
    pool.resize(5, 100);
    expect([pool.paid, pool.ready, pool.nextReadyAt]).toEqual([5, 2, 1_100]);
    pool.advance(1_100);
    expect([pool.paid, pool.ready, pool.nextReadyAt]).toEqual([5, 5, Number.POSITIVE_INFINITY]);
  });

  it("finish what they run before they leave, idle ones leave first", () => {
    const pool = new SlotPool(4, 0, 1_000);
    for (let slot = 0; slot < 3; slot += 1) pool.start();
    pool.resize(1, 10);
    expect([pool.paid, pool.running, pool.ready, pool.free]).toEqual([3, 3, 1, 0]);
    pool.finish(20);
    pool.finish(30);
    pool.finish(40);
    expect([pool.paid, pool.running, pool.free]).toEqual([1, 0, 1]);
    expect(pool.changes).toEqual([
      { at: 0, slots: 4 },
      { at: 10, slots: 3 },
      { at: 20, slots: 2 },
      { at: 30, slots: 1 },
    ]);
  });

  it("that were to leave are kept before new ones boot, and booting ones are given back first", () => {
    const pool = new SlotPool(3, 0, 1_000);
    for (let slot = 0; slot < 3; slot += 1) pool.start();
    pool.resize(1, 10);
    pool.resize(4, 20);
    expect([pool.paid, pool.ready, pool.nextReadyAt]).toEqual([4, 3, 1_020]);
    pool.resize(3, 30);
    expect([pool.paid, pool.ready, pool.nextReadyAt]).toEqual([3, 3, Number.POSITIVE_INFINITY]);
  });
});

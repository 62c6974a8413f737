// REL-5: memory that has drifted from the table is found by a comparison and mended by it.
import { defaultDispatchPolicy, type PendingItem } from "@wedsync/scheduler";
import { pendingRow } from "@wedsync/scheduler";
import { DueWork } from "./due-work.js";

const item = (number: number): PendingItem => ({
  execution: `00000000-0000-5000-8000-${String(number).padStart(12, "0")}`,
  version: 1,
  held: false,
  work: {
    vendor: "lens",
    wedding: "w1",
    weddingStream: "00000000-0000-5000-8000-000000000000",
    moduleType: "email",
    definitionVersion: 1,
    market: "united-kingdom",
    zone: "Europe/London",
    scheduleVersion: 1,
    window: { highFrom: 9e12, criticalFrom: 9e12, criticalUntil: 9e12 },
    defaultTier: "normal",
    dueAt: 0,
    deadline: number,
    expiresAt: 9e12,
    onLate: "run",
    effect: "keyed",
    attempts: 0,
    lost: 0,
  },
});

/** A table that changes without an event, as no table should. */
function world() {
  const rows = [item(1), item(2), item(3)];
  const holds: string[] = [];
  const reader = { snapshot: async () => ({ head: 0n, items: rows.map(pendingRow), guards: holds }) };
  return { rows, holds, dueWork: new DueWork(reader, 0n, defaultDispatchPolicy) };
}
const tick = { now: 1, credits: 10, criticalCredits: 0 };

it("REL-5: a row that memory lacks, one that it has too much and a hold it does not know are found and mended", async () => {
  const { rows, holds, dueWork } = world();
  await dueWork.load(0);
  await dueWork.compare(1);
  expect(dueWork.takeDrift()).toBe(0);
  rows.splice(0, 1, item(4));
  holds.push("hold:vendor:other");
  expect(dueWork.needsComparison(1)).toBe(false);
  expect(dueWork.needsComparison(10_000)).toBe(true);
  await dueWork.compare(10_000);
  expect(dueWork.takeDrift()).toBe(3);
  const { record, chosen } = dueWork.tick(tick);
  expect(chosen.map(({ item: each }) => each.work.deadline)).toEqual([2, 3, 4]);
  expect(record).toMatchObject({ tick: 1, load: { now: 10_000 } });
});

it("REL-5: what was chosen and is on its way is no drift", async () => {
  const { dueWork } = world();
  await dueWork.load(0);
  expect(dueWork.tick(tick).chosen.length).toBe(3);
  await dueWork.compare(10_000);
  expect(dueWork.takeDrift()).toBe(0);
  expect(dueWork.tick({ ...tick, now: 2 }).chosen).toEqual([]);
});

it("RPL-4: no tick is made for work behind the horizon, nor after an unanswered tick before the next load", async () => {
  const { dueWork } = world();
  expect(dueWork.isReady(0)).toBe(false);
  await dueWork.load(0);
  expect([dueWork.isReady(600_000), dueWork.isReady(600_001)]).toEqual([true, false]);
  dueWork.restart();
  expect([dueWork.isReady(1), dueWork.needsLoad(1)]).toEqual([false, true]);
  await dueWork.load(1);
  expect(dueWork.tick(tick).record).toMatchObject({ series: 2, tick: 1, givenBack: [] });
});

it("P-1: more in memory than is bearable is taken from the table anew, so that memory stays bounded", async () => {
  const { rows } = world();
  const reader = { snapshot: async () => ({ head: 0n, items: rows.map(pendingRow), guards: [] }) };
  const limits = { horizonMs: 600_000, perTier: 10, most: 2 };
  const dueWork = new DueWork(reader, 0n, defaultDispatchPolicy, limits);
  await dueWork.load(0);
  expect([dueWork.size, dueWork.needsLoad(0)]).toEqual([3, true]);
  // What a snapshot with its cap brings: the rest stays in the table.
  rows.splice(1);
  await dueWork.load(0);
  expect([dueWork.size, dueWork.needsLoad(0)]).toEqual([1, false]);
});

it("RPL-5: a record holds a thousand given back at most; the others wait for the next, and each is chosen again", async () => {
  const { rows, dueWork } = world();
  rows.splice(0, rows.length, ...Array.from({ length: 1_500 }, (_, at) => item(at)));
  await dueWork.load(0);
  const all = { now: 1, credits: 2_000, criticalCredits: 0 };
  const first = dueWork.tick(all);
  expect(first.chosen).toHaveLength(1_500);
  for (const { item: chosen } of first.chosen) dueWork.giveBack(chosen);
  const again = [dueWork.tick(all), dueWork.tick(all), dueWork.tick(all)];
  expect(again.map(({ chosen, record }) => [chosen.length, record?.givenBack.length])).toEqual([
    [1_000, 1_000],
    [500, 500],
    [0, undefined],
  ]);
});

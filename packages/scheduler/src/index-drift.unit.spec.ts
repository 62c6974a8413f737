// REL-5: what the events of a stream say of its rows, and how a row differs from that.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, executionEvents, weddingEvents } from "@wedsync/contracts/scheduler";
import type { RecordedEvent, Row } from "@wedsync/event-log";
import { driftOf, keysOfStream, rowsOfStream } from "./index-drift.js";
import { indexCategory, schedulerInline } from "./scheduler-inline.js";

const definitions = [...executionEvents, ...weddingEvents, ...dispatchEvents];
const codec = createCodec(definitions);
const stream = "0198f3a0-0000-7000-8000-00000000000a";
const event = (category: string, type: string, version: number, changes: object = {}): RecordedEvent => {
  const example = definitions.find((definition) => definition.type === type)?.example;
  return {
    ...codec.encode({ type, data: { ...(example as object), ...changes } } as never),
    id: `${type}-${version}`,
    category,
    stream,
    streamVersion: version,
    position: BigInt(version),
    epoch: 1,
    recordedAt: 0,
    meta: { source: "/test", time: 5, correlationId: "c", actor: "system:test", region: "local", vendor: "v" },
  };
};
const rows = (category: string, ...events: readonly RecordedEvent[]): Readonly<Record<string, Row | undefined>> =>
  Object.fromEntries([...rowsOfStream(category, stream, events).values()].map(({ at, row }) => [at.table, row]));

describe("the rows of a stream", () => {
  it("REL-5: an accepted execution is pending, a started one an open attempt, a finished one nothing", () => {
    const requested = event("execution", "ExecutionRequested", 1);
    const started = event("execution", "ExecutionStarted", 2);
    expect(rows("execution", requested)).toMatchObject({
      pending: { execution: stream, version: 1, held: false },
      open_attempt: undefined,
    });
    expect(rows("execution", requested, started)).toMatchObject({
      pending: undefined,
      open_attempt: { execution: stream },
    });
    expect(rows("execution", requested, started, event("execution", "ExecutionSucceeded", 3))).toEqual({
      pending: undefined,
      open_attempt: undefined,
      attention: undefined,
    });
  });

  it("REL-5: a wedding has its guard, a hold what its events name, anything else nothing", () => {
    const guard = `wedding:${stream}`;
    expect(rows("wedding", event("wedding", "WeddingBooked", 1))).toEqual({ guard: { key: guard, value: "1" } });
    expect(rows("wedding")).toEqual({ guard: undefined });
    expect(rows("hold", event("hold", "ScopePaused", 1, { scope: "platform", cause: "requested" }))).toEqual({
      guard: { key: "hold:platform", value: "requested" },
    });
    expect(keysOfStream("journey", stream)).toEqual([]);
  });
});

it("REL-5: tells how a row differs, whatever form a driver gives to numbers", () => {
  const row = { key: "a", at: 5, is: true, none: null };
  expect(driftOf({ ...row, at: "5" }, row)).toBeUndefined();
  expect(driftOf(undefined, undefined)).toBeUndefined();
  expect(driftOf(undefined, row)).toBe("missing");
  expect(driftOf(row, undefined)).toBe("extra");
  expect(driftOf({ ...row, is: false }, row)).toBe("changed");
  expect(driftOf({ ...row, none: "x" }, row)).toBe("changed");
});

it("REL-5: the event that restores a row makes it so, on every rebuild again", () => {
  const row = { key: "wedding:x", value: "3" };
  const restored = (given: Row | null) =>
    schedulerInline.fold(
      event(indexCategory, "IndexRowRestored", 1, { table: "guard", key: "wedding:x", drift: "changed", row: given }),
    );
  expect(restored(row)).toEqual([{ op: "put", table: "guard", row }]);
  expect(restored(null)).toEqual([{ op: "delete", table: "guard", key: "wedding:x" }]);
  expect(schedulerInline.fold(event(indexCategory, "ClockJumped", 1))).toEqual([]);
});

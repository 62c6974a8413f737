import * as fc from "fast-check";
import { toCloudEvent } from "./cloud-event.js";
import type { RecordedEvent } from "./envelope.js";

const full: RecordedEvent = {
  id: "0199c3a0-0000-7000-8000-000000000001",
  type: "TableOpened",
  schemaVersion: 3,
  data: { seats: 2 },
  subject: "seat-1",
  category: "table",
  stream: "7c0e4f0e-6f8b-4f5f-9d52-0a6a3d0c8b11",
  streamVersion: 4,
  position: 9_007_199_254_740_993n,
  epoch: 2,
  leaderEpoch: 7,
  recordedAt: 2_000,
  meta: {
    source: "/example",
    time: 1_000,
    correlationId: "c-1",
    causationId: "e-1",
    actor: "user:1",
    onBehalfOf: "user:2",
    vendor: "v-1",
    market: "m-1",
    region: "eu",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  },
};
const optional = { causationId: "", onBehalfOf: "", vendor: "", market: "", traceparent: "" };
const iso = (epochMs: number) => `at ${epochMs}`;

it("LOG-1 LOG-7: every part of the envelope has its CloudEvents name, and no position is rounded", () => {
  expect(toCloudEvent(full, iso)).toStrictEqual({
    specversion: "1.0",
    id: full.id,
    source: "/example",
    type: "TableOpened",
    subject: "seat-1",
    time: "at 1000",
    datacontenttype: "application/json",
    schemaversion: 3,
    category: "table",
    stream: `table-${full.stream}`,
    streamversion: 4,
    position: "9007199254740993",
    epoch: 2,
    leaderepoch: 7,
    recordedtime: "at 2000",
    correlationid: "c-1",
    causationid: "e-1",
    vendor: "v-1",
    market: "m-1",
    region: "eu",
    actor: "user:1",
    onbehalfof: "user:2",
    traceparent: full.meta.traceparent,
    data: { seats: 2 },
  });
});

it("LOG-1: what an event does not have is absent on the wire, and its subject is its stream", () => {
  const { leaderEpoch: _leaderEpoch, subject: _subject, ...event } = full;
  const meta = Object.fromEntries(Object.entries(full.meta).filter(([name]) => !(name in optional)));
  const wire = toCloudEvent({ ...event, meta: meta as unknown as RecordedEvent["meta"] }, iso);
  expect(wire.subject).toBe(`table-${full.stream}`);
  const absent = ["leaderepoch", "causationid", "vendor", "market", "onbehalfof", "traceparent"];
  expect(Object.keys(wire).filter((name) => absent.includes(name))).toEqual([]);
  expect(Object.keys(toCloudEvent(full, iso)).filter((name) => !(name in wire))).toEqual(absent);
});

it("LOG-1: attribute names are lower-case letters and digits, and values survive JSON", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
      fc.nat(),
      fc.option(fc.nat()),
      (position, time, leader) => {
        const wire = toCloudEvent(
          {
            ...full,
            position,
            meta: { ...full.meta, time },
            ...(leader === null ? {} : { leaderEpoch: leader }),
          },
          iso,
        );
        for (const name of Object.keys(wire)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
        expect(JSON.parse(JSON.stringify(wire))).toStrictEqual(wire);
        expect(BigInt(wire.position)).toBe(position);
      },
    ),
  );
});

import { readdirSync, readFileSync } from "node:fs";
import { createMemoryLog, type InlineEvent, type JsonObject, type Row } from "@wedsync/event-log";
import * as fc from "fast-check";
import { executionCodec } from "./claim.js";
import { createPendingIndex } from "./pending-index.js";
import { pendingRow, rowToPendingItem } from "./pending-item.js";
import { schedulerInline } from "./scheduler-inline.js";
import { live, step, work } from "./testing/execution-histories.js";
import { byExecution, item, request } from "./testing/batches.js";
import { uuidOf } from "./testing/work.js";

const golden = new URL("../../contracts/golden/", import.meta.url);
/** Every payload that any release may have written: type, version, data. */
const payloads = readdirSync(golden, { withFileTypes: true }).flatMap((context) =>
  readdirSync(new URL(`${context.name}/`, golden)).map((file) => {
    const [type = "", version = ""] = file.split(".");
    const data = JSON.parse(readFileSync(new URL(`${context.name}/${file}`, golden), "utf8")) as JsonObject;
    return { type, schemaVersion: Number(version.slice(1)), data };
  }),
);
const categories = ["execution", "wedding", "journey", "hold", "dispatch", "module", "other"];
const meta = { source: "/test", time: 1, correlationId: "c-1", actor: "system:test", region: "eu" };
const recorded = (event: Pick<InlineEvent, "type" | "schemaVersion" | "category" | "data">): InlineEvent => ({
  ...event,
  id: uuidOf(7),
  stream: uuidOf(1),
  streamVersion: 1,
  meta,
});
const tables = new Map(schedulerInline.tables.map((table) => [table.name, table]));

/** The fold neither throws nor writes what its own table could not take. */
function foldsTotally(event: InlineEvent): number {
  const operations = schedulerInline.fold(event);
  for (const operation of operations) {
    const table = tables.get(operation.table);
    expect(table).toBeDefined();
    if (operation.op === "put") expect(Object.keys(operation.row)).toEqual(Object.keys(table?.columns ?? {}));
  }
  return operations.length;
}

describe("the inline fold", () => {
  it("S10: takes every payload of every event version of every context, in every category", () => {
    expect(payloads.length).toBeGreaterThan(30);
    let written = 0;
    for (const payload of payloads)
      for (const category of categories) written += foldsTotally(recorded({ ...payload, category }));
    expect(written).toBeGreaterThan(20);
  });

  it("S10: an event that is unknown, newer than this build, or not what it says it is, changes nothing", () => {
    const odd = fc.record({
      type: fc.oneof(fc.constantFrom(...payloads.map(({ type }) => type)), fc.string()),
      schemaVersion: fc.oneof(fc.integer(), fc.constant(Number.NaN)),
      category: fc.constantFrom(...categories),
      data: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()) as fc.Arbitrary<JsonObject>,
    });
    fc.assert(
      fc.property(odd, (event) => {
        expect(foldsTotally(recorded(event))).toBe(0);
      }),
      { numRuns: 1_000 },
    );
    for (const { type, data } of payloads)
      for (const category of categories)
        expect(foldsTotally(recorded({ type, data, category, schemaVersion: 99 }))).toBe(0);
  });

  it("an entry survives its row, also when a driver gives int8 as text", () => {
    fc.assert(
      fc.property(item, fc.boolean(), (each, held) => {
        const entry = { ...each, held };
        const row = pendingRow(entry);
        const texts = Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, typeof value === "number" ? String(value) : value]),
        );
        expect([rowToPendingItem(row), rowToPendingItem(texts)]).toEqual([entry, entry]);
      }),
    );
  });
});

describe("the pending index and its table", () => {
  const lives = fc.array(fc.tuple(work, fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 3 })), {
    maxLength: 6,
  });
  const sorted = (rows: Iterable<Row>): readonly Row[] =>
    [...rows].toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

  it("INVARIANTS 37: the tables folded again from the log equal the live ones", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (histories) => {
        const log = createMemoryLog({ clock: { now: () => 1 }, inline: schedulerInline });
        for (const [index, [first, steps, size]] of histories.entries()) {
          const { events } = live(first, steps);
          for (let from = 0; from < events.length; from += size) {
            const added = events.slice(from, from + size).map((event, place) => ({
              id: uuidOf(10_000 * index + from + place),
              ...executionCodec.encode(event),
            }));
            const result = await log.append({
              class: "normal",
              meta,
              streams: [{ category: "execution", stream: uuidOf(index), expectedVersion: from, events: added }],
            });
            expect(result.ok).toBe(true);
          }
        }
        const again = new Map(schedulerInline.tables.map(({ name }) => [name, new Map<string, Row>()]));
        for (const event of await log.read({ after: 0n, limit: 1_000 })) {
          for (const operation of schedulerInline.fold(event)) {
            const rows = again.get(operation.table);
            if (operation.op === "delete") rows?.delete(operation.key);
            else rows?.set(String(operation.row[tables.get(operation.table)?.key ?? ""]), operation.row);
          }
        }
        for (const [name, rows] of again) expect(sorted(rows.values())).toEqual(sorted(log.rows(name)));
      }),
      { numRuns: 200 },
    );
  });

  it("INVARIANTS 37: an index that followed every change chooses what one filled from the table chooses", () => {
    const change = fc.oneof(
      { weight: 3, arbitrary: fc.record({ put: fc.constant(true), item }) },
      { weight: 1, arbitrary: fc.record({ put: fc.constant(false), item }) },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 0, max: 200 }), (changes, now) => {
        const followed = createPendingIndex();
        const table = byExecution([]);
        for (const { put, item: each } of changes) {
          if (put) {
            followed.put(each);
            table.set(each.execution, each);
          } else {
            followed.remove(each.execution);
            table.delete(each.execution);
          }
        }
        const filled = createPendingIndex();
        for (const each of table.values()) filled.put(rowToPendingItem(pendingRow(each)));
        const ask = request({ now, credits: 15, criticalCredits: 3 });
        const chosen = (index: typeof filled) => index.nextBatch(ask);
        expect(chosen(followed)).toEqual(chosen(filled));
      }),
      { numRuns: 300 },
    );
  });
});

import * as fc from "fast-check";
import {
  combineInline,
  guardTable,
  lastPerRow,
  type InlineEvent,
  type InlineProjection,
  type InlineTable,
  type RowOperation,
} from "./inline-projection.js";
import { factInline, factMeta, noteTable } from "./testing/facts.js";

const table: InlineTable = { name: "pending", key: "id", columns: { id: "text", due: "int8" } };
const event: InlineEvent = {
  id: "e-1",
  type: "GuardSet",
  schemaVersion: 1,
  category: "fact",
  stream: "s-1",
  streamVersion: 1,
  data: { key: "k", value: "v" },
  meta: factMeta,
};

it("projections side by side have all tables, each once, and always the guard table", () => {
  const pending: InlineProjection = {
    tables: [table],
    fold: (given) => [{ op: "delete", table: "pending", key: given.stream }],
  };
  const combined = combineInline([pending, factInline]);
  expect(combined.tables).toEqual([guardTable, table, noteTable]);
  expect(combined.fold(event)).toEqual([
    { op: "delete", table: "pending", key: "s-1" },
    { op: "put", table: "guard", row: { key: "k", value: "v" } },
  ]);
  expect(combineInline([]).tables).toEqual([guardTable]);
  expect(combineInline([]).fold(event)).toEqual([]);
});

it("two projections that own a table of one name: the later description counts", () => {
  const wider: InlineTable = { ...table, columns: { ...table.columns, more: "bool" } };
  const projections = [table, wider].map((each) => ({ tables: [each], fold: () => [] }));
  expect(combineInline(projections).tables).toEqual([guardTable, wider]);
});

it("INVARIANTS 37: executing the last operation of each row is executing all of them", () => {
  const operation: fc.Arbitrary<RowOperation> = fc.oneof(
    fc.record({
      op: fc.constant("put" as const),
      table: fc.constant("pending"),
      row: fc.record({ id: fc.constantFrom("a", "b", "1"), due: fc.nat() }),
    }),
    fc.record({
      op: fc.constant("put" as const),
      table: fc.constant("guard"),
      row: fc.record({ key: fc.constantFrom("a", "b"), value: fc.constantFrom("x", "y") }),
    }),
    fc.record({
      op: fc.constant("delete" as const),
      table: fc.constantFrom("pending", "guard"),
      key: fc.constantFrom("a", "b", "1"),
    }),
  );
  const keys: Readonly<Record<string, string>> = { pending: "id", guard: "key" };
  const execute = (operations: readonly RowOperation[]) => {
    const rows = new Map<string, RowOperation>();
    for (const each of operations) {
      const key = each.op === "delete" ? each.key : each.row[keys[each.table] ?? ""];
      if (each.op === "delete") rows.delete(`${each.table} ${key}`);
      else rows.set(`${each.table} ${key}`, each);
    }
    return new Map([...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  };
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
      const last = lastPerRow([guardTable, table], operations);
      expect(execute(last)).toStrictEqual(execute(operations));
      const rows = last.map(
        (each) => `${each.table} ${each.op === "delete" ? each.key : each.row[keys[each.table] ?? ""]}`,
      );
      expect(new Set(rows).size).toBe(rows.length);
    }),
  );
});

it("an operation on a table nobody described is kept for the store to judge", () => {
  const stray: RowOperation = { op: "put", table: "unknown", row: { id: "a" } };
  expect(lastPerRow([table], [stray])).toEqual([stray]);
});

// A commit group as the parameters of the append function, and its answer as one result a caller.
import type { AppendRefusal, AppendResult, InlineTable, RowOperation } from "@wedsync/event-log";
import type { AppendOperation } from "./append-operation.js";
import { appendParameters } from "./append-function.js";
import { encodeArray, int4Array, int8Array, textArray, uuidArray } from "./binary-array.js";

export interface AppendRow {
  readonly first_position: string | null;
  readonly recorded_ms: string | null;
  readonly log_epoch: number;
  readonly fenced: string | null;
  readonly r_caller: readonly number[] | null;
  readonly r_code: readonly string[] | null;
  readonly r_key: readonly string[] | null;
  readonly r_expected: readonly (string | null)[] | null;
  readonly r_actual: readonly (string | null)[] | null;
}

export function appendSql(schema: string, tables: readonly InlineTable[]): string {
  const parameters = appendParameters(tables).map((_, index) => `$${index + 1}`);
  return `select * from ${schema}.append_v1(${parameters.join(",")})`;
}

class EventColumns {
  readonly caller: number[] = [];
  readonly stream: string[] = [];
  readonly version: number[] = [];
  readonly category: string[] = [];
  readonly type: string[] = [];
  readonly schema: number[] = [];
  readonly id: string[] = [];
  readonly vendor: (string | null)[] = [];
  readonly subject: (string | null)[] = [];
  readonly leader: (number | null)[] = [];
  readonly meta: string[] = [];
  readonly data: string[] = [];

  add(operation: AppendOperation, caller: number): void {
    const { request } = operation;
    let text = 0;
    for (const { category, stream, expectedVersion, events } of request.streams) {
      for (const [index, event] of events.entries()) {
        this.caller.push(caller);
        this.stream.push(stream);
        this.version.push(expectedVersion + index + 1);
        this.category.push(category);
        this.type.push(event.type);
        this.schema.push(event.schemaVersion);
        this.id.push(event.id);
        this.vendor.push(request.meta.vendor ?? null);
        this.subject.push(event.subject ?? null);
        this.leader.push(request.leader?.epoch ?? null);
        this.meta.push(operation.metaText);
        this.data.push(operation.texts[text] ?? "{}");
        text += 1;
      }
    }
  }

  encode(): readonly Buffer[] {
    return [
      int4Array(this.caller),
      uuidArray(this.stream),
      int4Array(this.version),
      textArray(this.category),
      textArray(this.type),
      int4Array(this.schema),
      uuidArray(this.id),
      textArray(this.vendor),
      textArray(this.subject),
      int8Array(this.leader),
      textArray(this.meta),
      textArray(this.data),
    ];
  }
}

/** Binary parameters of one call, in the order of `appendParameters`. */
export function appendValues(
  operations: readonly AppendOperation[],
  tables: readonly InlineTable[],
): readonly Buffer[] {
  const leaders: { caller: number; role: string; epoch: number }[] = [];
  const streams: { caller: number; stream: string; expected: number }[] = [];
  const guards: { caller: number; key: string; value: string | null }[] = [];
  const events = new EventColumns();
  const rows = new Map<string, { puts: [number, RowOperation & { op: "put" }][]; deletes: [number, string][] }>(
    tables.map((table) => [table.name, { puts: [], deletes: [] }]),
  );
  for (const [caller, operation] of operations.entries()) {
    const { request } = operation;
    if (request.leader !== undefined) leaders.push({ caller, ...request.leader });
    for (const { stream, expectedVersion } of request.streams)
      streams.push({ caller, stream, expected: expectedVersion });
    for (const guard of request.guards ?? []) guards.push({ caller, ...guard });
    for (const row of operation.rows) {
      const target = rows.get(row.table);
      if (row.op === "put") target?.puts.push([caller, row]);
      else target?.deletes.push([caller, row.key]);
    }
    events.add(operation, caller);
  }
  return [
    int4Array(leaders.map((entry) => entry.caller)),
    textArray(leaders.map((entry) => entry.role)),
    int8Array(leaders.map((entry) => entry.epoch)),
    int4Array(streams.map((entry) => entry.caller)),
    uuidArray(streams.map((entry) => entry.stream)),
    int4Array(streams.map((entry) => entry.expected)),
    int4Array(guards.map((entry) => entry.caller)),
    textArray(guards.map((entry) => entry.key)),
    textArray(guards.map((entry) => entry.value)),
    ...events.encode(),
    ...tables.flatMap((table) => {
      const { puts, deletes } = rows.get(table.name) ?? { puts: [], deletes: [] };
      return [
        int4Array(puts.map(([caller]) => caller)),
        ...Object.entries(table.columns).map(([column, type]) =>
          encodeArray[type](puts.map(([, operation]) => operation.row[column] ?? null)),
        ),
        int4Array(deletes.map(([caller]) => caller)),
        encodeArray[table.columns[table.key] ?? "text"](deletes.map(([, key]) => key)),
      ];
    }),
  ];
}

/** One result for each operation of the group. */
export function appendResults(operations: readonly AppendOperation[], row: AppendRow): readonly AppendResult[] {
  if (row.fenced !== null) {
    const refusal: AppendRefusal = {
      ok: false,
      code: "log_fenced",
      message:
        "The log runs on another server or timeline than the one that wrote it (restored backup or promoted replica). " +
        "Compare it with its copies, then accept it with `npx pnpm@12 wedsync log adopt --yes`.",
    };
    return operations.map(() => refusal);
  }
  const refused = new Map<number, AppendRefusal>();
  for (const [index, caller] of (row.r_caller ?? []).entries()) {
    refused.set(caller, refusalOf(row, index, operations[caller]));
  }
  let position = BigInt(row.first_position ?? "0");
  const recordedAt = Number(row.recorded_ms);
  return operations.map((operation, caller) => {
    const refusal = refused.get(caller);
    if (refusal !== undefined) return refusal;
    const firstPosition = position;
    position += BigInt(operation.eventCount);
    return { ok: true, firstPosition, lastPosition: position - 1n, recordedAt };
  });
}

function refusalOf(row: AppendRow, index: number, operation: AppendOperation | undefined): AppendRefusal {
  const key = row.r_key?.[index] ?? "";
  const expected = row.r_expected?.[index] ?? null;
  const actual = row.r_actual?.[index] ?? null;
  switch (row.r_code?.[index]) {
    case "leader_fenced":
      return {
        ok: false,
        code: "leader_fenced",
        role: key,
        epoch: operation?.request.leader?.epoch ?? Number(expected),
        currentEpoch: Number(actual),
      };
    case "guard_refused":
      return { ok: false, code: "guard_refused", key, expected, actual };
    default:
      return {
        ok: false,
        code: "version_conflict",
        stream: key,
        expectedVersion: Number(expected),
        actualVersion: Number(actual),
      };
  }
}

// A complete event log in memory: for tests, examples and teams that start without a database. It passes the same
// conformance suite as the Postgres log, inline projections and guards included.
import type { AppendRefusal, AppendResult } from "./append-result.js";
import type { RecordedEvent } from "./envelope.js";
import { guardTable, lastPerRow, type InlineProjection, type Row, type RowOperation } from "./inline-projection.js";
import type { AppendRequest, Clock, EventLog, ReadOptions, TailOptions } from "./log.js";
import { validateAppend } from "./validate-append.js";

export interface MemoryLogOptions {
  readonly clock: Clock;
  readonly inline?: InlineProjection;
}

export interface MemoryLog extends EventLog {
  /** Rows of an inline table, in no particular order. */
  rows(table: string): readonly Row[];
  /** Makes `epoch` the current leader epoch of a role; older tokens are refused from now on. */
  setLeader(role: string, epoch: number): void;
}

export function createMemoryLog(options: MemoryLogOptions): MemoryLog {
  const events: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const tables = new Map<string, Map<string, Row>>([[guardTable.name, new Map()]]);
  const leaders = new Map<string, number>();
  const waiting = new Set<() => void>();
  const inlineTables = [
    guardTable,
    ...(options.inline?.tables ?? []).filter((table) => table.name !== guardTable.name),
  ];
  for (const table of inlineTables) tables.set(table.name, new Map());
  let lastRecordedAt = 0;

  const refusalOf = (request: AppendRequest): AppendRefusal | undefined => {
    if (request.leader !== undefined) {
      const { role, epoch } = request.leader;
      const currentEpoch = leaders.get(role);
      if (currentEpoch !== epoch) {
        return { ok: false, code: "leader_fenced", role, epoch, currentEpoch: currentEpoch ?? 0 };
      }
    }
    for (const { stream, expectedVersion } of request.streams) {
      const actualVersion = streams.get(stream)?.length ?? 0;
      if (actualVersion !== expectedVersion) {
        return { ok: false, code: "version_conflict", stream, expectedVersion, actualVersion };
      }
    }
    for (const guard of request.guards ?? []) {
      const found = tables.get(guardTable.name)?.get(guard.key)?.["value"];
      const actual = typeof found === "string" ? found : null;
      if (actual !== guard.value) {
        return { ok: false, code: "guard_refused", key: guard.key, expected: guard.value, actual };
      }
    }
    return undefined;
  };

  const execute = (operations: readonly RowOperation[]): void => {
    for (const operation of lastPerRow(inlineTables, operations)) {
      const table = inlineTables.find((candidate) => candidate.name === operation.table);
      const rows = tables.get(operation.table);
      if (table === undefined || rows === undefined) continue;
      if (operation.op === "delete") rows.delete(operation.key);
      else rows.set(String(operation.row[table.key]), operation.row);
    }
  };

  const store = (request: AppendRequest, texts: readonly string[]): AppendResult => {
    const firstPosition = BigInt(events.length + 1);
    lastRecordedAt = Math.max(lastRecordedAt, options.clock.now());
    const operations: RowOperation[] = [];
    // A copy, as the data is: what the author changes later must not reach the log.
    const meta = structuredClone(request.meta);
    let text = 0;
    for (const { category, stream, expectedVersion, events: added } of request.streams) {
      const history = streams.get(stream) ?? [];
      streams.set(stream, history);
      for (const [index, event] of added.entries()) {
        const recorded: RecordedEvent = {
          ...event,
          data: JSON.parse(texts[text] ?? "{}"),
          category,
          stream,
          streamVersion: expectedVersion + index + 1,
          position: BigInt(events.length + 1),
          epoch: 1,
          ...(request.leader === undefined ? {} : { leaderEpoch: request.leader.epoch }),
          recordedAt: lastRecordedAt,
          meta,
        };
        text += 1;
        events.push(recorded);
        history.push(recorded);
        operations.push(...(options.inline?.fold(recorded) ?? []));
      }
    }
    execute(operations);
    for (const wake of waiting) wake();
    return { ok: true, firstPosition, lastPosition: BigInt(events.length), recordedAt: lastRecordedAt };
  };

  const appendOne = (request: AppendRequest): AppendResult => {
    const valid = validateAppend(request);
    if (!valid.ok) return valid;
    return refusalOf(request) ?? store(request, valid.texts);
  };

  const slice = ({ after, limit }: ReadOptions): readonly RecordedEvent[] =>
    events.slice(Number(after), Number(after) + limit);

  const more = (after: bigint, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted || BigInt(events.length) > after) return resolve();
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });

  return {
    append: async (request) => appendOne(request),
    appendTogether: async (requests) => requests.map(appendOne),
    read: async (readOptions) => slice(readOptions),
    readStream: async (category, stream, fromVersion = 1) =>
      (streams.get(stream) ?? []).filter((event) => event.category === category && event.streamVersion >= fromVersion),
    head: async () => BigInt(events.length),
    tail: async function* ({ after, batch = 500, signal }: TailOptions) {
      let last = after;
      while (!signal.aborted) {
        const found = slice({ after: last, limit: batch });
        const end = found.at(-1);
        if (end === undefined) await more(last, signal);
        else {
          last = end.position;
          yield found;
        }
      }
    },
    rows: (table) => [...(tables.get(table)?.values() ?? [])],
    setLeader: (role, epoch) => void leaders.set(role, epoch),
  };
}

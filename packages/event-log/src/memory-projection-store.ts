// A complete projection store in memory: for tests, examples and teams that start without a database. It passes the same
// conformance suite as the Postgres store. Commits run one after another; a transaction's writes are seen when it commits.
import type { JsonObject } from "./envelope.js";
import type { Checkpoint, ParkedStream, ProjectionStore } from "./projection.js";

/** Rows by table and key, as one batch sees them: what was committed, and its own writes over it. */
export interface MemoryTransaction {
  get(table: string, key: string): JsonObject | undefined;
  put(table: string, key: string, row: JsonObject): void;
  delete(table: string, key: string): void;
}

export interface MemoryProjectionStore extends ProjectionStore<MemoryTransaction> {
  /** A committed row. */
  get(table: string, key: string): JsonObject | undefined;
  /** Committed rows of a table by key, in the order of their keys' code units. */
  rows(table: string): ReadonlyMap<string, JsonObject>;
}

type Tables = Map<string, Map<string, JsonObject>>;

interface Standing {
  readonly checkpoint: Checkpoint;
  readonly parked: ReadonlyMap<string, ParkedStream>;
}

const unknown: Standing = { checkpoint: { epoch: 0, position: 0n, generation: 1 }, parked: new Map() };

/** An empty store. A commit's work must not commit to the same store: it would wait for itself. */
export function createMemoryProjectionStore(): MemoryProjectionStore {
  const tables: Tables = new Map();
  const standings = new Map<string, Standing>();
  let previous: Promise<unknown> = Promise.resolve();

  const get = (table: string, key: string): JsonObject | undefined => tables.get(table)?.get(key);

  const commit = async (
    ...[name, expected, next, parked, work]: Parameters<ProjectionStore<MemoryTransaction>["commit"]>
  ): Promise<"committed" | "lost"> => {
    const standing = standings.get(name) ?? unknown;
    if (!isSame(standing.checkpoint, expected)) return "lost";
    const writes: { readonly table: string; readonly key: string; readonly row: JsonObject | undefined }[] = [];
    const write = (table: string, key: string, row: JsonObject | undefined): void =>
      void writes.push({ table, key, row });
    await work({
      get: (table, key) => {
        const own = writes.findLast((entry) => entry.table === table && entry.key === key);
        return own === undefined ? get(table, key) : own.row;
      },
      put: (table, key, row) => write(table, key, structuredClone(row)),
      delete: (table, key) => write(table, key, undefined),
    });
    for (const { table, key, row } of writes) {
      const rows = tables.get(table) ?? new Map<string, JsonObject>();
      tables.set(table, rows);
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
    }
    const added = parked.filter((entry) => !standing.parked.has(entry.stream));
    standings.set(name, {
      checkpoint: next,
      parked: new Map([...standing.parked, ...added.map((entry) => [entry.stream, entry] as const)]),
    });
    return "committed";
  };

  return {
    load: async (name) => {
      const { checkpoint, parked } = standings.get(name) ?? unknown;
      return { checkpoint, parked: [...parked.values()].toSorted(byPosition) };
    },
    commit: async (...call) => {
      const mine = previous.then(async () => await commit(...call));
      previous = mine.catch(() => undefined);
      return await mine;
    },
    get,
    rows: (table) => new Map([...(tables.get(table) ?? [])].toSorted(([one], [other]) => (one < other ? -1 : 1))),
  };
}

function isSame(one: Checkpoint, other: Checkpoint): boolean {
  return one.epoch === other.epoch && one.position === other.position && one.generation === other.generation;
}

function byPosition(one: ParkedStream, other: ParkedStream): number {
  return one.position < other.position ? -1 : 1;
}

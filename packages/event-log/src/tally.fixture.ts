// A read model for the specs of the runner: the sum and the number of amounts by stream. `Bad` events are poison.
import type { NewEvent } from "./envelope.js";
import { createMemoryLog, type MemoryLog } from "./memory-log.js";
import type { MemoryProjectionStore, MemoryTransaction } from "./memory-projection-store.js";
import type { Projection } from "./projection.js";
import { factCategory, factMeta } from "./testing/facts.js";

export interface Amount {
  readonly stream: string;
  readonly amount: number;
}

export const tallyTable = "tally";

export const tally: Projection<Amount, MemoryTransaction> = {
  name: "tally",
  types: new Set(["Added", "Bad", "Empty"]),
  knownVersions: { Added: 1, Bad: 1, Empty: 1 },
  onPoison: "park",
  fold: ({ type, stream, data }) => {
    if (type === "Bad") throw new RangeError(`the amount of ${stream} is bad`);
    return type === "Empty" ? undefined : { stream, amount: Number(data["amount"]) };
  },
  write: async (changes, rows) => {
    for (const { stream, amount } of changes) {
      const row = rows.get(tallyTable, stream);
      rows.put(tallyTable, stream, { sum: Number(row?.["sum"] ?? 0) + amount, count: Number(row?.["count"] ?? 0) + 1 });
    }
  },
};

/** The sums by stream, for comparison. */
export const sums = (store: MemoryProjectionStore): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...store.rows(tallyTable)].map(([stream, row]) => [stream, row["sum"]]));

/** A log, and a way to put single events on streams. */
export function createTallyLog(): {
  readonly log: MemoryLog;
  readonly add: (stream: string, type: string, amount?: number, schemaVersion?: number) => Promise<void>;
} {
  const log = createMemoryLog({ clock: { now: () => 0 } });
  const add = async (stream: string, type: string, amount = 1, schemaVersion = 1): Promise<void> => {
    const expectedVersion = (await log.readStream(factCategory, stream)).length;
    const event: NewEvent = { id: `${stream}-${expectedVersion}`, type, schemaVersion, data: { amount } };
    const streams = [{ category: factCategory, stream, expectedVersion, events: [event] }];
    await log.append({ class: "normal", meta: factMeta, streams });
  };
  return { log, add };
}

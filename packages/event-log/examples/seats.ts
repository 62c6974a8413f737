// Commands on a stream, and a read model fed from the log. Replace the two `createMemory…` by an adapter's and nothing else changes.
import {
  catchUp,
  createMemoryLog,
  createMemoryProjectionStore,
  handleCommand,
  type MemoryTransaction,
  type Projection,
} from "@wedsync/event-log";
import { seatCodec, seatDecider, type SeatCommand } from "./seats-decider.js";

const log = createMemoryLog({ clock: { now: () => 1_760_000_000_000 } });
let ids = 0;
const newId = () => `0199c3a0-0000-7000-8000-${String((ids += 1)).padStart(12, "0")}`;

const send = async (command: SeatCommand): Promise<string> => {
  const outcome = await handleCommand(seatDecider, command, {
    log,
    codec: seatCodec,
    category: "table",
    stream: "7c0e4f0e-6f8b-4f5f-9d52-0a6a3d0c8b11",
    class: "normal",
    meta: { source: "/example", time: 1_760_000_000_000, correlationId: "c-1", actor: "user:1", region: "eu" },
    newId,
  });
  if (outcome.ok) return outcome.events.map((event) => event.type).join(" ") || "nothing to do";
  return outcome.kind === "refused" ? `refused: ${outcome.refusal.code}` : outcome.kind;
};

/** How many sit at each table: `fold` says what an event means, `write` stores a batch of that. */
const occupancy: Projection<{ readonly table: string; readonly by: number }, MemoryTransaction> = {
  name: "occupancy",
  types: new Set(["SeatTaken", "SeatLeft"]),
  knownVersions: { SeatTaken: 1, SeatLeft: 1 },
  onPoison: "park",
  fold: (event) => ({ table: event.stream, by: event.type === "SeatTaken" ? 1 : -1 }),
  write: async (changes, rows) => {
    for (const { table, by } of changes) {
      rows.put("occupancy", table, { taken: Number(rows.get("occupancy", table)?.["taken"] ?? 0) + by });
    }
  },
};

const answers = [
  await send({ type: "open", seats: 1 }),
  await send({ type: "take", guest: "g-1" }),
  await send({ type: "take", guest: "g-1" }),
  await send({ type: "take", guest: "g-2" }),
];
const store = createMemoryProjectionStore();
const state = await catchUp({ reader: log, store, projection: occupancy });

export const lines = [
  ...answers,
  `${state.status} at ${state.position}: ${JSON.stringify([...store.rows("occupancy").values()])}`,
];

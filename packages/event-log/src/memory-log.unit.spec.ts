// The memory log is held to the port by the suite that every log runs; nothing is tested here that is not in the port.
import { randomUUID } from "node:crypto";
import { createMemoryLog } from "./memory-log.js";
import { describeEventLog, factInline } from "./testing/index.js";

let now = 0;

describeEventLog(
  { describe, it, expect },
  {
    name: "the memory log",
    create: async () => {
      now = 1_760_000_000_000;
      return { log: createMemoryLog({ clock: { now: () => now }, inline: factInline }) };
    },
    newId: randomUUID,
    openAnother: async (log) => ({ log }),
    rows: async (log, table) => log.rows(table),
    setLeader: async (log, role, epoch) => log.setLeader(role, epoch),
    setClock: async (_log, time) => {
      now = time;
    },
  },
);

it("a memory log without an inline projection still keeps guards, empty", async () => {
  const log = createMemoryLog({ clock: { now: () => 0 } });
  expect(log.rows("guard")).toEqual([]);
  expect(log.rows("unknown")).toEqual([]);
});

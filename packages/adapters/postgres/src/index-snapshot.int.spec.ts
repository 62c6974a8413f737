// A replay takes the same part of the pending index as the table's query does, or it could not recompute a decision.
import {
  indexSnapshot,
  pendingRow,
  pendingTable,
  rowToPendingItem,
  schedulerInline,
  type PendingItem,
} from "@wedsync/scheduler";
import { createTestDatabase, type TestDatabase } from "@wedsync/test";
import * as fc from "fast-check";
import { Pool } from "pg";
import { createIndexReader } from "./index-reader.js";
import { migrate } from "./migrate.js";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase({
    key: "scheduler",
    migrate: async (connectionString) => await migrate({ connectionString, inline: schedulerInline }),
  });
  pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
  pool.on("error", () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const small = fc.integer({ min: 0, max: 30 });
const items = fc.uniqueArray(
  fc
    .record({
      execution: fc.uuid(),
      held: fc.constantFrom(false, false, false, true),
      dueAt: small,
      deadline: fc.integer({ min: 0, max: 4 }),
      high: small,
      critical: small,
      until: small,
      defaultTier: fc.constantFrom("critical" as const, "high" as const, "normal" as const, "low" as const),
    })
    .map(({ execution, held, dueAt, deadline, high, critical, until, defaultTier }): PendingItem => ({
      execution,
      version: 1,
      held,
      work: {
        vendor: "v",
        wedding: "w",
        weddingStream: execution,
        moduleType: "email",
        definitionVersion: 1,
        market: "m",
        zone: "UTC",
        scheduleVersion: 1,
        window: { highFrom: high, criticalFrom: high + critical, criticalUntil: high + critical + until },
        defaultTier,
        dueAt,
        deadline,
        expiresAt: 1_000,
        onLate: "run",
        effect: "keyed",
        attempts: 0,
        lost: 0,
      },
    })),
  { selector: (item) => item.execution, maxLength: 60 },
);

it("SCH-2 INVARIANTS 52: the table and the replay take the same work of each tier, the earliest first", async () => {
  const reader = createIndexReader({ pool, schema: "wedsync" });
  await fc.assert(
    fc.asyncProperty(items, small, small, fc.integer({ min: 1, max: 8 }), async (all, now, dueBefore, perTier) => {
      await pool.query("delete from wedsync.pending");
      await pool.query(
        `insert into wedsync.pending (${Object.keys(pendingTable.columns).join(", ")})
         select ${Object.keys(pendingTable.columns).join(", ")} from json_populate_recordset(null::wedsync.pending, $1)`,
        [JSON.stringify(all.map(pendingRow))],
      );
      const taken = await reader.snapshot({ now, dueBefore, perTier, guards: "hold:" });
      const names = (found: readonly PendingItem[]) => found.map((item) => item.execution).toSorted();
      expect(names(taken.items.map(rowToPendingItem))).toEqual(names(indexSnapshot(all, { now, dueBefore, perTier })));
    }),
    { numRuns: 60 },
  );
});

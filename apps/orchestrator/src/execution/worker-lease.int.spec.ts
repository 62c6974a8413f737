// The end of a worker's lease on the real table: what is under way when it ends takes no lease anew.
import { createWorkerLeases, type WorkerLeases } from "@wedsync/adapter-postgres";
import { createLogger } from "@wedsync/adapter-process";
import { createTestDatabase, until, type TestDatabase } from "@wedsync/test";
import { Client, Pool } from "pg";
import { migrateDatabase } from "../migration.js";
import { ids } from "../platform/ids.js";
import { WorkerLease } from "./worker-lease.js";

const termMs = 100;

describe("the lease of a worker that stops", () => {
  let database: TestDatabase;
  let pool: Pool;
  let owner: Client;
  let leases: WorkerLeases;
  beforeAll(async () => {
    database = await createTestDatabase({ key: "orchestrator", migrate: migrateDatabase });
    pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
    pool.on("error", () => undefined);
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    leases = createWorkerLeases({ pool, schema: "wedsync" });
  });
  afterAll(async () => {
    await owner.end();
    await pool.end();
    await database.drop();
  });

  const taken = async (): Promise<WorkerLease> => {
    const lease = new WorkerLease({
      leases,
      newIncarnation: ids.event,
      slots: 4,
      handlers: ["email"],
      remote: true,
      termMs,
      logger: createLogger("silent"),
    });
    await lease.start();
    return lease;
  };
  const beatsThatWait = async (): Promise<number> => {
    // Not as the one in the transaction: there the answer would be the first one for ever.
    const { rowCount } = await pool.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update wedsync.worker%'",
    );
    return rowCount ?? 0;
  };

  it.each([
    ["is gone", "delete from wedsync.worker"],
    ["is there", "select 1"],
  ])("INVARIANTS 19: no lease is left when a beat was under way whose row %s", async (_what, statement) => {
    const lease = await taken();
    await owner.query("begin");
    await owner.query("select from wedsync.worker for update");
    await until(beatsThatWait, (count) => count > 0);
    const stopped = lease.stop();
    await owner.query(statement);
    await owner.query("commit");
    await stopped;
    expect(lease.held()).toBe(false);
    expect(await leases.list()).toStrictEqual([]);
    // A beat that came all the same would take a lease anew.
    await new Promise((resolve) => setTimeout(resolve, 2 * termMs));
    expect(await leases.list()).toStrictEqual([]);
  });
});

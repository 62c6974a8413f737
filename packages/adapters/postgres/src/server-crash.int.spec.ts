// Postgres is killed while it commits: what was acknowledged is there, the rest is settled, and the log goes on.
import { startOwnCluster, until } from "@wedsync/test";
import { Client } from "pg";
import { migrate } from "./migrate.js";
import { openPostgresLog } from "./postgres-log.js";
import { fact, factInline, newStream, request } from "./testing/fact-events.js";

describe("a crash of the database", () => {
  it("LOG-2 INVARIANTS 1, 9: loses nothing that was acknowledged and doubles nothing that was sent again", async () => {
    const cluster = await startOwnCluster();
    try {
      const connectionString = cluster.server.url();
      await migrate({ connectionString, inline: factInline });
      const log = openPostgresLog({ connectionString, inline: factInline });
      const acknowledged: string[] = [];
      const stop = new AbortController();
      const writers = Array.from({ length: 20 }, async () => {
        while (!stop.signal.aborted) {
          const stream = newStream();
          const result = await log.append(request(stream, 0, [fact("Noted"), fact("Noted")]));
          if (result.ok) acknowledged.push(stream);
        }
      });
      const reached = async (count: number) =>
        await until(
          () => Promise.resolve(acknowledged.length),
          (found) => found >= count,
        );
      await reached(300);
      process.kill(cluster.server.pid, "SIGKILL");
      const atKill = acknowledged.length;
      await cluster.restart();
      await reached(atKill + 300);
      stop.abort();
      await Promise.all(writers);
      await log.close();

      const client = new Client({ connectionString });
      await client.connect();
      const lost = await client.query(
        "select a.stream from unnest($1::uuid[]) as a(stream) left join wedsync.events e on e.stream = a.stream and e.version = 2 where e.position is null",
        [acknowledged],
      );
      expect(lost.rows).toStrictEqual([]);
      const odd = await client.query(
        `select 1 from wedsync.events having count(*) <> max(position) or min(position) <> 1
         union all select 1 from wedsync.events group by stream having count(*) <> 2`,
      );
      expect(odd.rows).toStrictEqual([]);
      await client.end();
    } finally {
      await cluster.stop();
    }
  });
});

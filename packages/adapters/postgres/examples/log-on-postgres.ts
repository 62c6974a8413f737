// A log in a schema of its own: migrate as the owner, log in as the application, append and read.
import { randomUUID } from "node:crypto";
import { assertServer, createLogin, migrate, openPostgresLog } from "@wedsync/adapter-postgres";
import type { InlineProjection } from "@wedsync/event-log";

/** One row a table of the restaurant: what the next append may rely on. */
const inline: InlineProjection = {
  tables: [{ name: "open_table", key: "stream", columns: { stream: "uuid", seats: "int4" } }],
  fold: ({ type, stream, data }) =>
    type === "TableOpened"
      ? [{ op: "put", table: "open_table", row: { stream, seats: Number(data["seats"]) } }]
      : [{ op: "delete", table: "open_table", key: stream }],
};

export async function run(ownerUrl: string, schema: string, user: string): Promise<readonly string[]> {
  await migrate({ connectionString: ownerUrl, schema, inline });
  const password = randomUUID();
  await createLogin({ connectionString: ownerUrl, user, password, role: `${schema}_app` });
  const url = new URL(ownerUrl);
  [url.username, url.password] = [user, password];
  await assertServer({ connectionString: url.href, schema });
  const log = openPostgresLog({ connectionString: url.href, schema, inline });
  try {
    const stream = randomUUID();
    const open = async () =>
      await log.append({
        class: "normal",
        meta: { source: "/example", time: 1_760_000_000_000, correlationId: "c-1", actor: "user:1", region: "eu" },
        streams: [
          {
            category: "table",
            stream,
            expectedVersion: 0,
            events: [{ id: randomUUID(), type: "TableOpened", schemaVersion: 1, data: { seats: 2 } }],
          },
        ],
      });
    const [first, second] = [await open(), await open()];
    const [event] = await log.read({ after: 0n, limit: 10 });
    const rows = await log.pool.query(`select seats from ${schema}.open_table`);
    const change = await log.pool.query(`update ${schema}.events set data = '{}'`).then(
      () => "done",
      () => "not allowed",
    );
    return [
      `first: ${first.ok ? `position ${first.firstPosition}` : first.code}`,
      `second: ${second.ok ? `position ${second.firstPosition}` : second.code}`,
      `read: ${event?.type} ${JSON.stringify(event?.data)}`,
      `row of the same transaction: ${JSON.stringify(rows.rows)}`,
      `the application changes history: ${change}`,
    ];
  } finally {
    await log.close();
  }
}

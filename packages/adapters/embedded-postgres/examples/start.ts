// A Postgres in a folder: started, used, stopped, and started again with everything still there.
import { startServer } from "@wedsync/adapter-embedded-postgres";
import { Client } from "pg";

async function ask(url: string, text: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.map((row) => row["answer"]);
  } finally {
    await client.end();
  }
}

export async function run(dataDir: string): Promise<readonly string[]> {
  const first = await startServer({ dataDir });
  await ask(first.url(), "create table guest (name text)");
  await ask(first.url(), "insert into guest values ('a'), ('b')");
  await first.stop();
  const second = await startServer({ dataDir });
  const guests = await ask(second.url(), "select count(*)::int as answer from guest");
  const fsync = await ask(second.url(), "select current_setting('fsync') as answer");
  await second.stop();
  return [`guests: ${guests.join()}`, `fsync: ${fsync.join()}`, `the same port: ${first.port === second.port}`];
}

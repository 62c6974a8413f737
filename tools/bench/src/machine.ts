// What the figures were measured on.
import { cpus, release, totalmem, type } from "node:os";
import { Client } from "pg";
import type { Workshop } from "./workshop.js";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly redis: string;
}

const settings = [
  "fsync",
  "synchronous_commit",
  "full_page_writes",
  "wal_sync_method",
  "shared_buffers",
  "max_wal_size",
];

export async function describeMachine(workshop: Workshop): Promise<Machine> {
  const client = new Client({ connectionString: (await workshop.postgres()).url() });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; value: string }>(
      "select name, current_setting(name) as value from pg_settings where name = any($1) or name = 'server_version'",
      [settings],
    );
    const values = new Map(rows.map(({ name, value }) => [name, value]));
    const redis = await workshop.redis().then(
      (server) => server.version,
      () => "none",
    );
    return {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
      node: process.version,
      postgres: values.get("server_version") ?? "unknown",
      settings: Object.fromEntries(settings.map((name) => [name, values.get(name) ?? "unknown"])),
      redis,
    };
  } finally {
    await client.end();
  }
}

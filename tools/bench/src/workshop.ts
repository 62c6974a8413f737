// The services and folders of one run: started when first asked for, shared by all measurements, gone at the end.
import { randomBytes } from "node:crypto";
import { execFile } from "node:child_process";
import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer, type EmbeddedServer } from "@wedsync/adapter-embedded-postgres";
import { createLogin } from "@wedsync/adapter-postgres";
import { Client } from "pg";
import { startRedis, type RedisServer } from "./redis.js";

const run = promisify(execFile);
const login = "wedsync_bench";
const template = "bench_template";

export interface Database {
  /** As its owner. */
  readonly ownerUrl: string;
  /** As the least-privileged application. */
  readonly appUrl: string;
  drop(): Promise<void>;
}

export class Workshop {
  readonly folder: string;
  readonly masterKey = randomBytes(32).toString("base64");
  #postgres: Promise<EmbeddedServer> | undefined;
  #redis: Promise<RedisServer> | undefined;
  #template: Promise<string> | undefined;
  #databases = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workshop> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "wedsync-bench-")));
    // Postgres runs as another user when we are root.
    await chmod(folder, 0o755);
    return new Workshop(folder);
  }

  /** The one Postgres of this run: a cluster of its own, durable as the product's. */
  postgres(): Promise<EmbeddedServer> {
    this.#postgres ??= startServer({ dataDir: join(this.folder, "postgres") });
    return this.#postgres;
  }

  /** @throws when there is no redis-server on the PATH */
  redis(): Promise<RedisServer> {
    this.#redis ??= startRedis(join(this.folder, "redis"));
    return this.#redis;
  }

  /** An empty database. Written pages are flushed first, so that nobody pays for what was written before. */
  async emptyDatabase(): Promise<Database> {
    return await this.#database("template0");
  }

  /** A database with the platform's schema. */
  async platformDatabase(): Promise<Database> {
    this.#template ??= this.#makeTemplate();
    const password = await this.#template;
    const made = await this.#database(template);
    const appUrl = new URL(made.ownerUrl);
    appUrl.username = login;
    appUrl.password = password;
    return { ...made, appUrl: appUrl.href };
  }

  async close(): Promise<void> {
    const [redis, postgres] = await Promise.allSettled([this.#redis, this.#postgres]);
    if (redis.status === "fulfilled") await redis.value?.stop();
    if (postgres.status === "fulfilled") await postgres.value?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #database(from: string): Promise<Database> {
    const server = await this.postgres();
    this.#databases += 1;
    const name = `bench_${this.#databases}`;
    await this.#admin(async (client) => {
      await client.query(`create database ${name} template ${from}`);
      await client.query("checkpoint");
    });
    const ownerUrl = server.url(name);
    return {
      ownerUrl,
      appUrl: ownerUrl,
      drop: async () =>
        await this.#admin(async (client) => void (await client.query(`drop database ${name} with (force)`))),
    };
  }

  async #makeTemplate(): Promise<string> {
    const server = await this.postgres();
    await this.#admin(async (client) => void (await client.query(`create database ${template}`)));
    const connectionString = server.url(template);
    const migration = fileURLToPath(import.meta.resolve("@wedsync/orchestrator/migrate"));
    await run(process.execPath, [migration], { env: { ...process.env, DATABASE_URL: connectionString } });
    const password = randomBytes(16).toString("hex");
    await createLogin({ connectionString, user: login, password, role: "wedsync_app" });
    return password;
  }

  async #admin(work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ connectionString: (await this.postgres()).url() });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  }
}

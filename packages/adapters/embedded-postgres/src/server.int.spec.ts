import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { run } from "../examples/start.js";
import { isEmbeddedPostgresError, removeServer, startServer } from "./index.js";

const script = fileURLToPath(new URL("testing/start-and-wait.mjs", import.meta.url));
const isRoot = process.getuid?.() === 0;

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("a server in a folder", () => {
  let folder: string;
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "embedded-"));
    await chmod(folder, 0o755);
    dataDir = join(folder, "data");
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
    }
    await removeServer(dataDir).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  /** Another process that starts the server and keeps it. */
  const startElsewhere = async (): Promise<{ child: ChildProcess; pid: number; port: number }> => {
    const child = fork(script, [dataDir], { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
    children.push(child);
    const [message] = (await once(child, "message")) as [{ pid: number; port: number }];
    return { child, ...message };
  };

  it("LIB-1: the README's example keeps its data and its port over a restart, and is durable", async () => {
    expect(await run(dataDir)).toEqual(["guests: 2", "fsync: on", "the same port: true"]);
  });

  it("stops: no process, no answer, and the folder is free for the next start", async () => {
    const server = await startServer({ dataDir, settings: { fsync: "off", work_mem: "5MB" } });
    const settings = "select current_setting('fsync') as fsync, current_setting('work_mem') as work_mem";
    // Durability is not a setting.
    expect(await query(server.url(), settings)).toEqual([{ fsync: "on", work_mem: "5MB" }]);
    expect(server.adopted).toBe(false);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    await expect(query(server.url(), "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    const again = await startServer({ dataDir });
    expect(again.adopted).toBe(false);
    await again.stop();
  });

  it("only its password opens it, and the password is readable for its owner alone", async () => {
    const server = await startServer({ dataDir });
    const url = new URL(server.url());
    url.password = "guessed";
    await expect(query(url.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600);
    expect(await readFile(`${dataDir}.password`, "utf8")).toBe(server.password);
    await server.stop();
  });

  it("S30: after its starter was killed, the next start adopts the running server with all that was committed", async () => {
    const { child, pid, port } = await startElsewhere();
    const password = await readFile(`${dataDir}.password`, "utf8");
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    await query(url, "create table kept as select 17 as number");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(pid)).toBe(true);
    const server = await startServer({ dataDir });
    expect({ adopted: server.adopted, pid: server.pid, port: server.port }).toEqual({ adopted: true, pid, port });
    expect(await query(server.url(), "select number from kept")).toEqual([{ number: 17 }]);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("S30: when the server was killed as well, the next start recovers it", async () => {
    const { child, pid, port } = await startElsewhere();
    const password = await readFile(`${dataDir}.password`, "utf8");
    await query(
      `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      "create table kept as select 17 as number",
    );
    process.kill(pid, "SIGKILL");
    child.kill("SIGKILL");
    await once(child, "exit");
    const server = await startServer({ dataDir });
    expect(server.adopted).toBe(false);
    expect(await query(server.url(), "select number from kept")).toEqual([{ number: 17 }]);
    await server.stop();
  });

  it("S30: a session that outlived its killed server does not keep the next one from starting", async () => {
    const first = await startServer({ dataDir });
    const client = new Client({ connectionString: first.url() });
    client.on("error", () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    // Stopped, it cannot notice that its server is gone, as a session that waits for a dead neighbour's lock cannot.
    process.kill(rows[0]?.pid ?? 0, "SIGSTOP");
    process.kill(first.pid, "SIGKILL");
    while (isAlive(first.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    // The starter's own part of stopping: the folder is free again.
    await first.stop();
    const notes: string[] = [];
    const next = await startServer({ dataDir, onNote: (line) => void notes.push(line) });
    expect(await query(next.url(), "select 1 as one")).toStrictEqual([{ one: 1 }]);
    expect(notes.join("")).toContain("sessions of a Postgres that had been killed");
    await next.stop();
    await client.end().catch(() => undefined);
  });

  it("OPS-1: a folder with files of somebody else is refused and left as it is; half of a killed first start is no obstacle", async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, "thesis.txt"), "mine");
    await expect(startServer({ dataDir })).rejects.toMatchObject({ code: "folder_not_empty" });
    expect(await readFile(join(dataDir, "thesis.txt"), "utf8")).toBe("mine");
    await rm(dataDir, { recursive: true });
    await mkdir(`${dataDir}.new`);
    await writeFile(join(`${dataDir}.new`, "PG_VERSION"), "18\n");
    const server = await startServer({ dataDir });
    expect(await query(server.url(), "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await stat(`${dataDir}.new`).catch(() => undefined)).toBeUndefined();
  });

  it("OPS-1: a second start on one folder says who has it, and leaves the first alone", async () => {
    const { child, pid } = await startElsewhere();
    const refusal = await startServer({ dataDir }).catch((error: unknown) => error);
    expect(isEmbeddedPostgresError(refusal) && refusal.code).toBe("folder_in_use");
    expect(String(refusal)).toContain(`process ${child.pid}`);
    await expect(removeServer(dataDir)).rejects.toMatchObject({ code: "folder_in_use" });
    expect(isAlive(pid)).toBe(true);
  });

  it("a port that is taken is no obstacle: another one is used", async () => {
    const first = await startServer({ dataDir });
    const other = await startServer({ dataDir: join(folder, "other"), port: first.port });
    expect(other.port).not.toBe(first.port);
    expect(await query(other.url(), "select 1 as one")).toEqual([{ one: 1 }]);
    await other.stop();
    await first.stop();
    await removeServer(join(folder, "other"));
  });

  it("a folder that the server's user cannot enter is no obstacle; where the data went instead is said", async () => {
    const closed = join(folder, "private");
    await mkdir(closed, { mode: 0o700 });
    dataDir = join(closed, "data");
    const notes: string[] = [];
    const server = await startServer({ dataDir, onNote: (line) => notes.push(line) });
    await query(server.url(), "create table kept as select 17 as number");
    await server.stop();
    // Root cannot run Postgres, so only then is the server somebody else.
    expect(notes.filter((note) => note.includes("cannot enter a folder above the data folder")).length).toBe(
      isRoot ? 1 : 0,
    );
    const again = await startServer({ dataDir });
    expect(await query(again.url(), "select number from kept")).toEqual([{ number: 17 }]);
    await again.stop();
    await removeServer(dataDir);
    const fresh = await startServer({ dataDir });
    await expect(query(fresh.url(), "select number from kept")).rejects.toMatchObject({ code: "42P01" });
    await fresh.stop();
  });

  it("what cannot work is said in one line with a code", async () => {
    const codeOf = async (promise: Promise<unknown>) =>
      await promise.catch((error: unknown) => (isEmbeddedPostgresError(error) ? error.code : error));
    await writeFile(join(folder, "file"), "");
    expect(await codeOf(startServer({ dataDir: join(folder, "file", "data") }))).toBe("folder_not_writable");
    expect(await codeOf(startServer({ dataDir, binaries: join(folder, "nowhere") }))).toBe("init_failed");
    expect(await codeOf(startServer({ dataDir, settings: { no_such_setting: "1" } }))).toBe("start_failed");
    const server = await startServer({ dataDir });
    expect(await query(server.url(), "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  });
});

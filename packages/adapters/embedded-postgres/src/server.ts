// A Postgres server in a data folder: initialised once, started or adopted, stopped by its pid. The server is a session of
// its own: killing our process group leaves it running, and the next start adopts it instead of failing.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findBinaries } from "./binaries.js";
import { embeddedError } from "./errors.js";
import { endOrphans } from "./orphans.js";
import { takeFolder } from "./owner-lock.js";
import { choosePort } from "./ports.js";
import { answers, hasPostmaster, runningServer, stopServer, urlOf } from "./postmaster.js";
import { runProgram } from "./run-program.js";
import { clusterOf, place, serverUser, type ServerUser } from "./server-user.js";

export interface StartOptions {
  /** Folder of the cluster; made when missing. */
  readonly dataDir: string;
  /** Preferred port; the one of the last start when free, else any free one. */
  readonly port?: number;
  /** Root of another Postgres installation (bin/, lib/, share/). */
  readonly binaries?: string;
  /** Settings on top of the defaults; durability cannot be switched off here. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines worth telling an operator. */
  readonly onNote?: (line: string) => void;
}

export interface EmbeddedServer {
  readonly port: number;
  readonly pid: number;
  /** True when a server left over from a killed start was taken over. */
  readonly adopted: boolean;
  readonly superuser: "postgres";
  readonly password: string;
  /** Connection string of the superuser for a database, `postgres` when absent. */
  url(database?: string): string;
  /** Stops the server and lets go of the folder. */
  stop(): Promise<void>;
}

const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" } as const;
const defaults = {
  max_connections: "200",
  shared_buffers: "128MB",
  max_wal_size: "2GB",
  log_min_messages: "warning",
} as const;

/** Starts (or adopts) the server of a data folder and waits until it answers. */
export async function startServer(options: StartOptions): Promise<EmbeddedServer> {
  const lock = await takeFolder(options.dataDir);
  try {
    await assertEmptyOrCluster(await clusterOf(options.dataDir));
    const user = await serverUser();
    const { binaries, cluster, note } = await place(await findBinaries(options.binaries), options.dataDir, user);
    if (note !== undefined) options.onNote?.(note);
    const password = await secretOf(`${options.dataDir}.password`);
    if (!(await exists(join(cluster, "PG_VERSION")))) await initialise(binaries, cluster, password, user);
    const left = await runningServer(cluster, password);
    if (left === undefined && !(await hasPostmaster(cluster))) {
      const ended = await endOrphans(cluster);
      if (ended > 0) options.onNote?.(`Ended ${ended} sessions of a Postgres that had been killed.`);
    }
    const running = left ?? (await launch(binaries, cluster, password, user, options));
    return {
      ...running,
      adopted: left !== undefined,
      superuser: "postgres",
      password,
      url: (database = "postgres") => urlOf(running.port, password, database),
      stop: async () => {
        await stopServer(cluster, running.pid);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A folder that holds files of somebody else is neither made ours nor cleared when something fails. */
async function assertEmptyOrCluster(cluster: string): Promise<void> {
  const entries = await readdir(cluster).catch((): readonly string[] => []);
  if (entries.length === 0 || entries.includes("PG_VERSION")) return;
  throw embeddedError(
    "folder_not_empty",
    `The folder ${cluster} holds files and is no Postgres data folder; choose another one.`,
  );
}

/** Makes the cluster beside its place and puts it there when it is whole: a start that is killed meanwhile leaves no half. */
async function initialise(
  binaries: string,
  cluster: string,
  password: string,
  user: ServerUser | undefined,
): Promise<void> {
  const passwordFile = `${cluster}.init`;
  const made = `${cluster}.new`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { recursive: true, mode: 0o700 });
  if (user !== undefined) for (const path of [passwordFile, made]) await chown(path, user.uid, user.gid);
  const result = await runProgram(
    join(binaries, "bin", "initdb"),
    [
      `--pgdata=${made}`,
      "--encoding=UTF8",
      "--locale=C",
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
    ],
    user,
  );
  await rm(passwordFile, { force: true });
  if (result.code !== 0) {
    await rm(made, { recursive: true, force: true });
    throw embeddedError(
      "init_failed",
      `Postgres could not make its data folder ${cluster}: ${lastLine(result.output)}`,
    );
  }
  await rename(made, cluster);
}

async function launch(
  binaries: string,
  cluster: string,
  password: string,
  user: ServerUser | undefined,
  options: StartOptions,
): Promise<{ readonly port: number; readonly pid: number }> {
  const port = await choosePort(
    options.port ?? Number((await readFile(`${options.dataDir}.port`, "utf8").catch(() => "0")).trim()),
  );
  await writeFile(`${options.dataDir}.port`, String(port));
  const settings = {
    ...defaults,
    ...options.settings,
    ...durable,
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
  };
  const output = await open(`${options.dataDir}.log`, "a", 0o600);
  const child = spawn(
    join(binaries, "bin", "postgres"),
    ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
      cwd: "/",
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    },
  );
  let exited: string | undefined;
  child.once("error", (error) => (exited = error.message));
  child.once("exit", (code) => (exited = `exit ${String(code)}`));
  child.unref();
  await output.close();
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (exited !== undefined) break;
    if (await answers(port, password)) return { port, pid: child.pid ?? 0 };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const log = await readFile(`${options.dataDir}.log`, "utf8").catch(() => "");
  throw embeddedError(
    "start_failed",
    `Postgres did not start (${exited ?? "no answer in a minute"}): ${lastLine(log)}`,
  );
}

/** Deletes the database of a data folder; a server left over from a killed start is stopped first. @throws `folder_in_use` */
export async function removeServer(dataDir: string): Promise<void> {
  const lock = await takeFolder(dataDir);
  try {
    const cluster = await clusterOf(dataDir);
    await stopServer(cluster, 0);
    for (const path of [
      cluster,
      `${cluster}.new`,
      `${cluster}.init`,
      `${dataDir}.password`,
      `${dataDir}.port`,
      `${dataDir}.log`,
    ])
      await rm(path, { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}

async function secretOf(file: string): Promise<string> {
  const found = (await readFile(file, "utf8").catch(() => "")).trim();
  if (found !== "") return found;
  const made = randomBytes(24).toString("hex");
  await writeFile(file, made, { mode: 0o600 }).catch((error: unknown) => {
    throw embeddedError("folder_not_writable", `The file ${file} cannot be written; choose another folder.`, error);
  });
  return made;
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

async function exists(path: string): Promise<boolean> {
  return await readFile(path).then(
    () => true,
    () => false,
  );
}

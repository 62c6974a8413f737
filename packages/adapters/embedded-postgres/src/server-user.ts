// Postgres refuses to run as root. Then it runs as the system user `postgres`, who may be unable to enter a private home:
// in that case programs and data live in a folder of its own under /var/lib.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, chown, cp, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { embeddedError } from "./errors.js";

const run = promisify(execFile);
const sharedRoot = "/var/lib/wedsync";

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** The user the server runs as; undefined when the present one will do. @throws `server_user_missing` */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = (await lookup()) ?? (await create());
  if (found === undefined) {
    throw embeddedError(
      "server_user_missing",
      "Postgres does not run as root, and a user `postgres` could not be made; run this as another user.",
    );
  }
  return found;
}

async function lookup(): Promise<ServerUser | undefined> {
  const line = (await readFile("/etc/passwd", "utf8").catch(() => ""))
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function create(): Promise<ServerUser | undefined> {
  await run("groupadd", ["--system", "postgres"]).catch(() => undefined);
  await run("useradd", ["--system", "--no-create-home", "-g", "postgres", "postgres"]).catch(() => undefined);
  return await lookup();
}

/** Can a user that owns nothing of it enter this folder from the root on? */
export async function isReachable(path: string): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && (found.mode & 0o001) === 0 && found.isDirectory()) return false;
    if (folder === "/") return true;
  }
}

/** Where the cluster of a data folder is, wherever `place` put it. */
export async function clusterOf(dataDir: string): Promise<string> {
  if (process.getuid?.() !== 0 || (await isReachable(dirname(resolve(dataDir))))) return dataDir;
  return join(sharedRoot, createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 16));
}

export interface Placement {
  readonly binaries: string;
  readonly cluster: string;
  /** One line for the operator when things were put elsewhere. */
  readonly note?: string;
}

/** Where programs and data are for this user: as asked when it can reach them, else below /var/lib/wedsync. */
export async function place(binaries: string, dataDir: string, user: ServerUser | undefined): Promise<Placement> {
  if (user === undefined) return { binaries, cluster: dataDir };
  const cluster = await clusterOf(dataDir);
  const reachable = { binaries: await isReachable(binaries), data: cluster === dataDir };
  const programs = reachable.binaries ? binaries : await copyBinaries(binaries);
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await chown(cluster, user.uid, user.gid);
  if (reachable.data && reachable.binaries) return { binaries: programs, cluster };
  return {
    binaries: programs,
    cluster,
    note: `Postgres runs as user postgres, who cannot enter a folder above ${reachable.data ? "the programs" : "the data folder"}; ${
      reachable.data ? "the programs were copied to" : "the database is kept in"
    } ${reachable.data ? programs : cluster}.`,
  };
}

async function copyBinaries(from: string): Promise<string> {
  const id = createHash("sha256").update(from).digest("hex").slice(0, 16);
  const target = join(sharedRoot, `postgres-${id}`);
  const complete = join(target, "bin", "postgres");
  if (
    await access(complete).then(
      () => true,
      () => false,
    )
  )
    return target;
  const partial = `${target}.${process.pid}`;
  await mkdir(sharedRoot, { recursive: true, mode: 0o755 });
  await cp(from, partial, { recursive: true, dereference: true });
  // Another start may have been faster; its copy is as good.
  await rename(partial, target).catch(async () => await rm(partial, { recursive: true, force: true }));
  return target;
}

// A Redis of this run alone, as its queue library asks for it: an append-only file, flushed once a second.
import { execFile, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface RedisServer {
  readonly port: number;
  readonly version: string;
  stop(): Promise<void>;
}

/** @throws when `redis-server` is not on the PATH or does not answer */
export async function startRedis(folder: string): Promise<RedisServer> {
  const { stdout } = await run("redis-server", ["--version"]).catch(() => {
    throw new Error("redis-server is not on the PATH; install it (Debian: apt-get install redis-server)");
  });
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const settings = { port, bind: "127.0.0.1", dir: folder, appendonly: "yes", appendfsync: "everysec", save: "" };
  const child = spawn(
    "redis-server",
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: "ignore", detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  };
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (await answers(port)) return { port, version: /v=(\S+)/.exec(stdout)?.[1] ?? "unknown", stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error("redis-server did not answer within ten seconds");
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" }, () => socket.write("PING\r\n"));
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

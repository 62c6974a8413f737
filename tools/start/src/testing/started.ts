// `start` as a stranger runs it: a process group of its own, its ready line, its children.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const startProgram = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const cliProgram = fileURLToPath(new URL("../../../cli/dist/main.js", import.meta.url));

/** Those that run now: what a failed test left running is stopped with its file, and is not one more failure each. */
const running = new Set<{ readonly child: ChildProcess; readonly ended: Promise<number | null> }>();
afterAll(async () => {
  for (const { child, ended } of running) {
    child.kill("SIGINT");
    await ended;
  }
});

export interface Started {
  readonly pid: number;
  readonly api: string;
  readonly metrics: string;
  readonly inbox: string;
  readonly key: string;
  /** Scopes that were held when it was ready. */
  readonly holds: readonly string[];
  readonly stderr: () => string;
  /** Process id of a child by its name. */
  child(name: "orchestrator" | "metrics-aggregator" | "inbox"): Promise<number>;
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Ends it as Ctrl-C does; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Resolves when the process is gone, however it ended. */
  ended: Promise<number | null>;
}

interface Ready {
  readonly api: string;
  readonly metrics: string;
  readonly inbox: string;
  readonly keyFile: string;
  readonly holds: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(dataDir: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [startProgram, "--data-dir", dataDir, "--json", ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "", ...env },
  });
}

function collect(child: ChildProcess): { stdout: () => string; stderr: () => string } {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => (texts[name] += chunk));
  return { stdout: () => texts.stdout, stderr: () => texts.stderr };
}

/** Runs `start` that is expected to end by itself. */
export async function startFails(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = launch(dataDir, args, env);
  const { stdout, stderr } = collect(child);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Starts and waits until it is ready. */
export async function start(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = launch(dataDir, args, env);
  const { stdout, stderr } = collect(child);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const entry = { child, ended };
  running.add(entry);
  void ended.then(() => running.delete(entry));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.stdout?.on("data", () => {
      if (stdout().includes("\n")) resolve(JSON.parse(stdout()) as Ready);
    });
    void ended.then((code) => reject(new Error(`start ended with ${String(code)}: ${stderr()}`)));
  });
  const key = (await readFile(ready.keyFile, "utf8")).trim();
  const pid = child.pid ?? 0;
  return {
    pid,
    api: ready.api,
    metrics: ready.metrics,
    inbox: ready.inbox,
    key,
    holds: ready.holds,
    stderr,
    ended,
    child: async (name) => {
      for (const { pid: found, parent, command } of await processes())
        if (parent === pid && command.includes(name === "inbox" ? "/inbox/main.js" : `${name}/dist/main.js`))
          return found;
      throw new Error(`start has no child ${name}`);
    },
    call: async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
      const answer = await fetch(`${ready.api}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text) as Body;
    },
    stop: async () => {
      child.kill("SIGINT");
      return await ended;
    },
  };
}

async function processes() {
  const { stdout } = await run("ps", ["-eo", "pid=,ppid=,args="], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** One call of the operator's command line against a running platform. */
export async function wedsync<Document>(
  platform: { readonly api: string; readonly metrics: string; readonly key: string },
  args: readonly string[],
): Promise<{ readonly code: number; readonly json: Document; readonly stderr: string }> {
  const env = {
    ...process.env,
    NODE_OPTIONS: "",
    WEDSYNC_URL: platform.api,
    WEDSYNC_METRICS_URL: platform.metrics,
    WEDSYNC_API_KEY: platform.key,
  };
  try {
    const { stdout, stderr } = await run(process.execPath, [cliProgram, ...args, "--json"], {
      env,
      maxBuffer: 256 * 1024 * 1024,
    });
    return { code: 0, json: JSON.parse(stdout) as Document, stderr };
  } catch (thrown) {
    // By shape: `instanceof Error` fails across the realms of a test runner.
    const error = thrown as { readonly code?: unknown; readonly stdout?: unknown; readonly stderr?: unknown };
    if (typeof error.stdout !== "string") throw thrown;
    const text = error.stdout;
    return {
      code: Number(error.code),
      json: (text === "" ? {} : JSON.parse(text)) as Document,
      stderr: String(error.stderr),
    };
  }
}

// Children of `start`: started, restarted when they fail, stopped in order. Each is a process group member, so that
// killing the group kills all; a child whose supervisor is gone ends by itself (its IPC channel closes).
import { fork, type ChildProcess } from "node:child_process";

export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Environment of later processes, made of the first one's ready message: a port that was picked stays. */
  readonly envAgain?: (ready: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>;
  /** What its first IPC message must hold; that message means ready. */
  readonly readyWithinMs: number;
}

export interface Child {
  /** The ready message of the present process. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly pid: number;
}

const restartDelaysMs = [200, 500, 1_000, 2_000, 5_000] as const;

export class Supervisor {
  readonly #children = new Map<string, ChildProcess>();
  readonly #onLine: (name: string, line: string) => void;
  #stopping = false;

  constructor(onLine: (name: string, line: string) => void) {
    this.#onLine = onLine;
  }

  /** Starts a child and waits until it reports ready. */
  async start(spec: ChildSpec): Promise<Child> {
    return await this.#launch(spec, 0);
  }

  /** Stops all children, the last started first. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    for (const [, child] of [...this.#children].toReversed()) await stopOne(child, graceMs);
  }

  #launch(spec: ChildSpec, failures: number): Promise<Child> {
    return new Promise((resolve, reject) => {
      const child = fork(spec.script, [...(spec.args ?? [])], {
        env: { ...process.env, ...spec.env },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        execArgv: ["--enable-source-maps"],
      });
      this.#children.set(spec.name, child);
      let isReady = false;
      let again = spec;
      let lastLine = "";
      const startedAt = performance.now();
      const timer = setTimeout(() => child.kill("SIGKILL"), spec.readyWithinMs);
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding("utf8");
        let rest = "";
        stream?.on("data", (chunk: string) => {
          const lines = (rest + chunk).split("\n");
          rest = lines.pop() ?? "";
          for (const line of lines) {
            lastLine = line;
            this.#onLine(spec.name, line);
          }
        });
      }
      child.once("message", (message) => {
        isReady = true;
        clearTimeout(timer);
        const ready = message as Readonly<Record<string, unknown>>;
        again = { ...spec, env: { ...spec.env, ...spec.envAgain?.(ready) } };
        resolve({ ready, pid: child.pid ?? 0 });
      });
      child.once("exit", (code, signal) => {
        clearTimeout(timer);
        if (this.#stopping) return;
        if (!isReady && failures === 0) {
          reject(
            new Error(`${spec.name} did not start (${signal ?? `exit ${String(code)}`}): ${lastLine.slice(0, 500)}`),
          );
          return;
        }
        // A child that ran for a while starts again at once; one that keeps failing is tried ever more slowly.
        const next = performance.now() - startedAt > 10_000 ? 0 : failures;
        const delay = restartDelaysMs[Math.min(next, restartDelaysMs.length - 1)] ?? 5_000;
        this.#onLine(
          "start",
          `${spec.name} ended (${signal ?? `exit ${String(code)}`}); starting it again in ${delay} ms`,
        );
        setTimeout(() => {
          if (!this.#stopping) void this.#launch(again, next + 1);
        }, delay);
      });
    });
  }
}

function stopOne(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

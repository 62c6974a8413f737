// One process of an app, as an operator runs it.
import { fork, type ChildProcess } from "node:child_process";

export interface AppProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything it wrote to standard error. */
  readonly log: () => string;
  /** Asks it to stop as an operator does; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/**
 * Starts it with these variables and no others.
 * @param program the built main module
 * @throws Error with its exit code and what it said when it does not come up
 */
export async function startApp(program: string, environment: Readonly<Record<string, string>>): Promise<AppProcess> {
  const child = fork(program, [], {
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once("message", (message) => resolve(message as { port: number }));
    void ended.then((code) => reject(new Error(`ended with ${String(code)}: ${text}`)));
  });
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    log: () => text,
    stop: async () => {
      child.kill("SIGTERM");
      return await ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

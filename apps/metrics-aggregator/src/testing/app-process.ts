// The aggregator as an operator runs it: a process of its own.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface AppProcess {
  readonly url: string;
  /** Asks it to stop as an operator does; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** Starts it. @throws Error with its exit code and what it said when it does not come up */
export async function startProcess(environment: Readonly<Record<string, string>>): Promise<AppProcess> {
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
    url: `http://127.0.0.1:${port}`,
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

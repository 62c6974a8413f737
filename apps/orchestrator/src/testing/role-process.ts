// One process of the orchestrator with some of the roles, as an operator runs it.
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface RoleProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything it wrote to standard error. */
  readonly log: () => string;
  /** Asks it to stop as an operator does; resolves to the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export async function startRole(environment: Readonly<Record<string, string>>): Promise<RoleProcess> {
  const child = fork(program, [], {
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
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

// Work measured in a process of its own: one request by IPC, one report, the end. What it does to memory, to compiled code
// and to the event loop ends with it.
import { fork, type ChildProcess } from "node:child_process";

export interface JobOptions {
  readonly signal: AbortSignal;
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Runs a program that answers one message with `{ok, value}` or `{ok: false, message}`. @throws with its message */
export async function runJob<Report>(program: string, request: object, options: JobOptions): Promise<Report> {
  const { signal, execArgv = [], env = {} } = options;
  signal.throwIfAborted();
  const child = fork(program, [], {
    execArgv: [...execArgv],
    env: { ...process.env, NODE_ENV: "production", ...env },
    // A group of its own: Ctrl-C reaches the tool, which ends its jobs itself.
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-4_000)));
  const end = (): void => void endProcess(child);
  signal.addEventListener("abort", end, { once: true });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      child.once("message", (message) => resolve(message as Answer));
      child.once("error", reject);
      child.once("exit", (code, by) => {
        const lines = errors.trim().split("\n").slice(-3).join(" | ");
        reject(new Error(`the measuring process ended (${by ?? `exit ${String(code)}`}): ${lines}`));
      });
      child.send(request);
    });
    if (!answer.ok) throw new Error(answer.message);
    return answer.value as Report;
  } finally {
    signal.removeEventListener("abort", end);
    await endProcess(child);
  }
}

/** Asks a process to end, and makes it end when it does not within five seconds. */
export async function endProcess(child: ChildProcess, patienceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (child.connected) child.disconnect();
  else child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await ended;
  clearTimeout(timer);
}

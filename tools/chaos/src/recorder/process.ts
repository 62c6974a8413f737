// Starts the recorder outside the run's process group.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RecorderOptions } from "./recorder.js";

export interface RecorderProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function forkRecorder(options: RecorderOptions): Promise<RecorderProcess> {
  const { file, seed, secret, minDelayMs, maxDelayMs } = options;
  const args = [file, String(seed), secret, String(minDelayMs), String(maxDelayMs)];
  const child = fork(fileURLToPath(new URL("main.js", import.meta.url)), args, {
    detached: true,
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once("message", (message) => resolve(message as { url: string }));
    void ended.then(() => reject(new Error("The recorder ended before it listened.")));
  });
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}

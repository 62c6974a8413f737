// P-14: from the command to "ready", on a new folder and on one that is there; with --full the test suite as well.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { BenchCase, CaseContext } from "../case.js";
import { compare } from "../compare.js";
import { programs } from "../programs.js";
import type { Measurement } from "../result.js";
import type { Figures } from "../rounds.js";

/** Starts the platform, waits for its line, stops it. Resolves to the seconds until the line. */
async function startOnce({ signal }: CaseContext, dataDir: string): Promise<number> {
  signal.throwIfAborted();
  const args = ["--data-dir", dataDir, "--port", "0", "--empty", "--json"];
  const began = performance.now();
  const child = spawn(process.execPath, [programs.start, ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-2_000)));
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.stdout.once("data", () => resolve((performance.now() - began) / 1_000));
      void ended.then((code) =>
        reject(new Error(`start ended with ${String(code)}: ${errors.trim().split("\n").at(-1) ?? ""}`)),
      );
    });
  } finally {
    signal.removeEventListener("abort", stop);
    child.kill("SIGTERM");
    await ended;
  }
}

/** Seconds of the whole test suite. */
async function testSuite({ signal }: CaseContext): Promise<number> {
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [programs.test], { detached: true, stdio: "ignore" });
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  signal.removeEventListener("abort", stop);
  if (code !== 0) throw new Error(`the test suite ended with ${String(code)}`);
  return (performance.now() - began) / 1_000;
}

const measured = async (run: () => Promise<number>): Promise<Figures> =>
  await run().then(
    (value): Figures => ({ ok: true, values: [value] }),
    (error: unknown): Figures => ({ ok: false, reason: error instanceof Error ? error.message : String(error) }),
  );

export const startCase: BenchCase = {
  id: "P-14",
  title: "Start",
  method:
    "From the start of the process (everything built) to the line that says it is ready; the whole platform with its own Postgres.",
  run: async (context) => {
    const { size, rounds, workshop } = context;
    const again = Math.min(rounds, 3);
    context.steps(1 + again + (size === "full" ? 1 : 0));
    const dataDir = join(workshop.folder, "start");
    const first = await measured(() => startOnce(context, dataDir));
    context.step("first start");
    const values: number[] = [];
    for (let round = 0; round < again; round += 1) {
      values.push(await startOnce(context, dataDir));
      context.step("second start");
    }
    const row = (variant: string, figures: Figures, limit: number): Measurement =>
      compare({ id: "P-14", variant, unit: "s", figures, target: { kind: "value-below", limit } });
    const rows = [row("first start", first, 90), row("second start", { ok: true, values }, 5)];
    if (size !== "full") return rows;
    const suite = await measured(() => testSuite(context));
    context.step("test suite");
    return [...rows, row("test suite", suite, 600)];
  },
};

// The command as a person runs it, with tiny counts: its form, its verdicts, its exit codes, and that nothing is left. Never
// a time.
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { makeFolder } from "@wedsync/test";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function bench(
  args: readonly string[],
  folder: string,
  onOutput?: (text: string, stop: () => void) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, NODE_OPTIONS: "", TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onOutput?.(stderr, () => child.kill("SIGINT"));
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

describe("bench", () => {
  it("P-4: prints one JSON document with machine and rows in the promised form, and leaves no folder", async () => {
    const folder = await makeFolder("bench");
    const { code, stdout } = await bench(["--quick", "--only", "P-4", "--json"], folder);
    expect(code).toBe(0);
    const { machine, results } = JSON.parse(stdout) as {
      machine: Record<string, unknown>;
      results: Record<string, unknown>[];
    };
    expect(machine).toMatchObject({
      cores: expect.any(Number),
      node: process.version,
      postgres: expect.stringMatching(/^18/),
      settings: { fsync: "on", synchronous_commit: "on", full_page_writes: "on" },
    });
    expect(results).toHaveLength(10);
    for (const result of results) {
      expect(result).toMatchObject({
        id: "P-4",
        variant: expect.stringMatching(/^\d+ callers?, event/),
        value: expect.any(Number),
        unit: "events/s",
        baseline: { name: expect.stringContaining("bare INSERT"), value: expect.any(Number) },
        ratio: expect.any(Number),
        target: expect.stringMatching(/^>= [\d.]+x$/),
        ok: expect.any(Boolean),
      });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it("ends with 130 on Ctrl-C and leaves no folder", async () => {
    const folder = await makeFolder("bench");
    let isStopped = false;
    const { code } = await bench(["--quick", "--only", "P-4"], folder, (text, stop) => {
      if (isStopped || !text.includes("P-4 1/")) return;
      isStopped = true;
      stop();
    });
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses unknown ids and contradicting sizes as wrong usage, and has help", async () => {
    const folder = await makeFolder("bench");
    expect(await bench(["--only", "P-99"], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining("P-99") });
    expect((await bench(["--quick", "--full"], folder)).code).toBe(2);
    expect(await bench(["--help"], folder)).toMatchObject({ code: 0, stdout: expect.stringContaining("--quick") });
  });
});

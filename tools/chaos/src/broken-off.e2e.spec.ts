// Runs that do not come to their end: stopped by a person, or broken off.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { makeFolder, until } from "@wedsync/test";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
}

/** A run whose folder is made in this one, and which nothing else writes to. */
function start(folder: string): Run {
  const env = { ...process.env, NODE_OPTIONS: "", TMPDIR: folder };
  const child = spawn(process.execPath, [program, "--executions", "60", "--seed", "5", "--calm"], { env });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, said: () => stderr, printed: () => stdout, ended };
}

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly line: string;
}

async function processes(): Promise<readonly Running[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout.split("\n").flatMap((text) => {
    const [, pid, parent, line = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(text) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), line }];
  });
}

const childrenOf = async ({ child }: Run): Promise<readonly Running[]> =>
  (await processes()).filter(({ parent }) => parent === child.pid);

describe("a chaos run that does not come to its end", () => {
  it.each([["starting the platform"], ["Asking for"]])(
    "Ctrl-C after '%s' exits with 130 and leaves nothing",
    async (line) => {
      const folder = await makeFolder("chaos-stop");
      const run = start(folder);
      await until(
        async () => await Promise.resolve(run.said()),
        (text) => text.includes(line),
      );
      const mine = new Set((await childrenOf(run)).map(({ pid }) => pid));
      expect(mine.size).toBeGreaterThan(0);
      run.child.kill("SIGINT");
      expect({ code: await run.ended, printed: run.printed() }).toStrictEqual({ code: 130, printed: "" });
      const left = (await processes()).filter((one) => mine.has(one.pid) || one.line.includes(folder));
      expect(left).toStrictEqual([]);
      expect((await readdir(folder)).filter((name) => name.startsWith("wedsync-chaos-"))).toStrictEqual([]);
    },
  );

  it("one that breaks off says why, and keeps its folder and names it", async () => {
    const folder = await makeFolder("chaos-break");
    const run = start(folder);
    const { said } = run;
    const [platform] = await until(
      async () => (await childrenOf(run)).filter(({ line }) => line.includes("orchestrator/dist/main")),
      (found) => found.length > 0,
    );
    // One that does not start, at a time when nothing hurts it yet.
    process.kill(platform?.pid ?? 0, "SIGKILL");
    expect({ code: await run.ended, printed: run.printed() }).toStrictEqual({ code: 1, printed: "" });
    expect(said()).toMatch(/does not start: SIGKILL before it was ready/);
    const [, kept = ""] = /as far as it came: (.+)/.exec(said()) ?? [];
    expect(kept.startsWith(folder)).toBe(true);
    await access(join(kept, "server.log"));
    await access(join(kept, "worker-1.log"));
  });
});

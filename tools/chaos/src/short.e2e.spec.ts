// A short run of the tool, as a user starts it: once with a seed that never changes, once with one that nobody has seen.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "@wedsync/test";
import { check } from "./check/check.js";
import { falsifications } from "./check/testing/falsifications.js";
import { loadEvidence } from "./evidence/save.js";
import type { Report } from "./report.js";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function chaos(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, NODE_OPTIONS: "" } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

const violated = (report: Pick<Report, "invariants">): readonly number[] =>
  report.invariants.filter((one) => one.state === "violated").map((one) => one.id);
const brief = (report: Report) =>
  report.invariants
    .filter((one) => one.state === "violated")
    .map(({ id, violations, examples }) => ({ id, violations, examples }));

describe("chaos", () => {
  it("INVARIANTS 1-23, 25-31, 33-39, 51-53: hold in a run with faults, and each planted corruption is noticed (50)", async () => {
    const kept = join(await makeFolder("chaos"), "run");
    const { stdout, stderr } = await chaos("--executions", "2000", "--seed", "4711", "--keep", kept, "--json");
    const report = JSON.parse(stdout) as Report;
    const note = { seed: report.seed, violated: brief(report) };
    expect(note).toStrictEqual({ seed: 4711, violated: [] });
    expect(report).toMatchObject({ lost: 0, doubled: 0, unlisted: 0, ok: true });
    expect(report.accepted).toBeGreaterThan(1_700);
    expect(report.faults.length).toBeGreaterThan(3);
    expect(report.invariants.find(({ id }) => id === 39)).toMatchObject({ state: "holds" });
    expect(stderr).toContain("seed 4711");

    const evidence = await loadEvidence(kept);
    const verdict = check(evidence);
    expect(violated(verdict)).toStrictEqual([]);
    const falsified = new Set(falsifications.flatMap(({ expected }) => expected));
    expect(verdict.invariants.filter(({ id, state }) => state === "holds" && !falsified.has(id))).toStrictEqual([]);
    for (const { what, expected, falsify } of falsifications) {
      const red = violated(check(falsify(evidence)));
      expect({ what, noticed: expected.filter((id) => red.includes(id)) }).toStrictEqual({ what, noticed: expected });
    }
  });

  it("INVARIANTS 1-23, 25-31, 33-39, 51-53: hold under a seed that nobody has seen before", async () => {
    const seed = randomInt(2 ** 31 - 1);
    const { stdout } = await chaos("--executions", "2000", "--seed", String(seed), "--json");
    const report = JSON.parse(stdout) as Report;
    expect({ seed: report.seed, violated: brief(report) }).toStrictEqual({ seed, violated: [] });
  });

  it.each([
    ["no-version-check", "600", [2, 15, 16]],
    ["no-guards", "300", [31]],
  ] as const)("INVARIANT 50: a database with %s fails the run", async (sabotage, executions, suspects) => {
    const { code, stdout, stderr } = await chaos(
      "--executions",
      executions,
      "--seed",
      "7",
      "--sabotage",
      sabotage,
      "--json",
    );
    // A run that broke off says why, and has no report.
    expect({ code, broke: stdout === "" ? stderr : "" }).toStrictEqual({ code: 1, broke: "" });
    const report = JSON.parse(stdout) as Report;
    expect(violated(report).filter((id) => suspects.some((suspect) => suspect === id))).not.toStrictEqual([]);
  });

  it("exits with 2 for wrong usage and with 0 for help", async () => {
    expect((await chaos("--executions", "none")).code).toBe(2);
    expect((await chaos("--backend", "paper")).code).toBe(2);
    const help = await chaos("--help");
    expect([help.code, help.stdout.includes("--sabotage")]).toStrictEqual([0, true]);
  });
});

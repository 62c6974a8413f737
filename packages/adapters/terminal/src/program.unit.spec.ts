import { Writable } from "node:stream";
import { newProgram, runProgram } from "./program.js";
import { startProgress } from "./progress.js";

const sink = () => {
  const pieces: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      pieces.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => pieces.join("") };
};

const runTool = async (...argv: readonly string[]) => {
  const [stdout, stderr] = [sink(), sink()];
  const streams = { stdout: stdout.stream, stderr: stderr.stream };
  const code = await runProgram(
    (done) => {
      const program = newProgram("tool", "does one thing", streams);
      program.command("no").action(() => done(1));
      program.command("yes").action(() => undefined);
      program.command("break").action(() => Promise.reject(new RangeError("a mistake of ours")));
      return program;
    },
    argv,
    streams,
  );
  return { code, stdout: stdout.text(), stderr: stderr.text() };
};

describe("a command line", () => {
  it("ends with what its command says, with 0 for help and with 2 for wrong usage", async () => {
    expect(await runTool("yes")).toStrictEqual({ code: 0, stdout: "", stderr: "" });
    expect((await runTool("no")).code).toBe(1);
    const help = await runTool("--help");
    expect([help.code, help.stdout.includes("does one thing"), help.stderr]).toStrictEqual([0, true, ""]);
    const wrong = await runTool("perhaps");
    expect([wrong.code, wrong.stdout]).toStrictEqual([2, ""]);
    expect(wrong.stderr).toContain("unknown command 'perhaps'");
  });

  it("tells wrong usage as a document where JSON was asked for; a mistake of ours is not wrong usage", async () => {
    const wrong = await runTool("perhaps", "--json");
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: "usage" } });
    await expect(runTool("break")).rejects.toThrow("a mistake of ours");
  });
});

describe("progress", () => {
  it("is a line now and then where no person watches, with the count where it differs from the way", () => {
    let now = 0;
    const stderr = sink();
    const progress = startProgress("importing", "rows", { stderr: stderr.stream, now: () => now });
    progress.update(10, 100, 3);
    now = 5_000;
    progress.update(20, 100, 7);
    now = 9_999;
    progress.update(30, 100, 9);
    now = 10_000;
    progress.update(50, 100);
    progress.stop();
    expect(stderr.text()).toBe("importing: 20 %, 7 rows\nimporting: 50 %, 50 rows\n");
  });

  it("is a bar at a terminal, and leaves the cursor as it was", () => {
    const stderr = sink();
    const terminal = Object.assign(stderr.stream, {
      isTTY: true,
      columns: 80,
      cursorTo: () => true,
      clearLine: () => true,
    });
    const progress = startProgress("importing", "rows", { stderr: terminal, now: () => 0 });
    progress.update(50, 100, 7);
    progress.stop();
    expect(stderr.text()).toContain("50 % · 7 rows");
    expect(stderr.text().endsWith("\n")).toBe(true);
    expect(stderr.text().lastIndexOf("\u001B[?25h")).toBeGreaterThan(stderr.text().lastIndexOf("\u001B[?25l"));
  });
});

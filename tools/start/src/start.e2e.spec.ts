// `start` as a newcomer meets it: the first time, the second time, and every way in which it cannot work.
import { execFile } from "node:child_process";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeFolder, until } from "@wedsync/test";
import { start, startFails, wedsync, type Started } from "./testing/started.js";

const run = promisify(execFile);

interface Status {
  readonly executions: Readonly<Record<string, number>>;
  readonly holds: readonly unknown[];
  readonly readModelLag: number;
}

/** Nothing is due or on its way, and what has ended is counted: that is done in the read model, which may lag. */
const atRest = ({ executions, readModelLag }: Status): boolean =>
  (executions["waiting"] ?? 0) === 0 &&
  (executions["running"] ?? 0) === 0 &&
  (executions["succeeded"] ?? 0) > 0 &&
  readModelLag === 0;
const total = (executions: Readonly<Record<string, number>>): number =>
  Object.values(executions).reduce((sum, count) => sum + count, 0);

describe("start", () => {
  it("OPS-1: loads the sample season, shows its mail, keeps the data, and refuses a second start on the folder", async () => {
    const dataDir = join(await makeFolder("start"), "data");
    let platform: Started = await start(dataDir, ["--port", "0"]);
    const status = async () => await platform.call<Status>("GET", "/v1/status");
    const first = await until(status, atRest);
    expect(first.holds).toStrictEqual([]);
    expect(first.executions["scheduled"]).toBeGreaterThan(0);
    const page = await (await fetch(platform.inbox)).text();
    expect(page).toContain("@example.test");

    // The key file is the operator's alone, and the printed line works when pasted.
    expect((await stat(join(dataDir, "ops-api-key"))).mode & 0o777).toBe(0o600);
    const pasted = await run("sh", [
      "-c",
      `curl -s -H "Authorization: Bearer $(cat '${dataDir}/ops-api-key')" ${platform.api}/v1/status`,
    ]);
    expect(JSON.parse(pasted.stdout)).toHaveProperty("executions");

    const second = await startFails(dataDir, ["--port", "0"]);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/in use by process \d+/);
    const reset = await startFails(dataDir, ["--port", "0", "--reset", "--yes"]);
    expect(reset.code).toBe(1);
    expect(reset.stderr).toMatch(/in use by process \d+/);
    expect(await status()).toHaveProperty("executions");

    expect(await platform.stop()).toBe(0);
    platform = await start(dataDir, ["--port", "0"], { SMTP_URL: "smtp://127.0.0.1:1" });
    expect(platform.stderr()).toContain("SMTP_URL is not used");
    // Nothing is lost or done twice; only what has become due since may have gone on.
    const { executions: kept } = await until(status, atRest);
    expect(total(kept)).toBe(total(first.executions));
    expect(kept["succeeded"]).toBeGreaterThanOrEqual(first.executions["succeeded"] ?? 0);

    // The command line finds a running platform by its data folder alone.
    const cli = await wedsync<Status>(platform, ["status"]);
    expect({ code: cli.code, total: total(cli.json.executions) }).toStrictEqual({ code: 0, total: total(kept) });
    expect(await platform.stop()).toBe(0);

    platform = await start(dataDir, ["--port", "0", "--reset", "--yes", "--empty"]);
    expect((await status()).executions["succeeded"] ?? 0).toBe(0);
    expect(await platform.stop()).toBe(0);
  });

  it("OPS-1 S30: after a kill -9 of everything but the database, the next start takes it over", async () => {
    const dataDir = join(await makeFolder("start"), "data");
    const first = await start(dataDir, ["--port", "0", "--empty"]);
    process.kill(-first.pid, "SIGKILL");
    await first.ended;
    const second = await start(dataDir, ["--port", "0", "--empty"]);
    expect(second.stderr()).toContain("left running by a killed start was taken over");
    expect(await second.stop()).toBe(0);
  });

  it("a taken port, a folder that is a file, a folder of somebody else: one line each, exit 1", async () => {
    const folder = await makeFolder("start");
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      const busy = await startFails(join(folder, "data"), ["--port", String(port), "--empty"]);
      expect(busy.code).toBe(1);
      expect(busy.stderr).toContain(`Port ${port} is taken by another program; choose others with --port N.`);
    } finally {
      taken.close();
    }
    await writeFile(join(folder, "file"), "");
    const file = await startFails(join(folder, "file", "data"));
    expect(file).toMatchObject({ code: 1, stderr: expect.stringContaining("choose another with --data-dir") });
    await mkdir(join(folder, "photos"));
    await writeFile(join(folder, "photos", "one.jpg"), "x");
    const foreign = await startFails(join(folder, "photos"), ["--reset", "--yes"]);
    expect(foreign).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is not a WedSync data folder; nothing was deleted"),
    });
    expect(await readFile(join(folder, "photos", "one.jpg"), "utf8")).toBe("x");
  });

  it.each([[["--port", "many"]], [["--port", "70000"]], [["--nonsense"]], [["--data-dir"]]])(
    "wrong usage %j is exit 2",
    async (args) => {
      const ended = await startFails(join(await makeFolder("start"), "data"), args);
      expect(ended.code).toBe(2);
      expect(ended.stdout).toBe("");
      expect(ended.stderr).toMatch(/^error: /);
    },
  );

  it("--help says what it does and exits 0", async () => {
    const ended = await startFails(join(await makeFolder("start"), "data"), ["--help"]);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("--data-dir") });
  });
});

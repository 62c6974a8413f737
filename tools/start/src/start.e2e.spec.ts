// `start` as a newcomer meets it: the first time, the second time, and every way in which it cannot work.
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
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

  it("OPS-1: takes no folder with files of somebody else, and a reset leaves what was put into its own", async () => {
    const folder = await makeFolder("start");
    await mkdir(join(folder, "photos"));
    await writeFile(join(folder, "photos", "one.jpg"), "x");
    for (const args of [[], ["--reset", "--yes"], []]) {
      const refused = await startFails(join(folder, "photos"), args);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("not a WedSync data folder") });
      expect(refused.stderr.trimEnd().split("\n")).toHaveLength(1);
    }
    expect(await readdir(join(folder, "photos"))).toStrictEqual(["one.jpg"]);

    const dataDir = join(folder, "data");
    const first = await start(dataDir, ["--port", "0", "--empty"]);
    const secret = first.key;
    expect(await first.stop()).toBe(0);
    await writeFile(join(dataDir, "contract.pdf"), "signed");
    const again = await start(dataDir, ["--port", "0", "--empty", "--reset", "--yes"]);
    expect(again.stderr()).toContain(`Not deleted, as start did not make it: ${join(dataDir, "contract.pdf")}`);
    expect(again.key).not.toBe(secret);
    expect(await readFile(join(dataDir, "contract.pdf"), "utf8")).toBe("signed");
    expect(await again.stop()).toBe(0);
  });

  it("OPS-1: after a long outage, names the scopes that are held, and one command releases them", async () => {
    const dataDir = join(await makeFolder("start"), "data");
    const before = await start(dataDir, ["--port", "0", "--empty"]);
    expect(before.holds).toStrictEqual([]);
    expect(await before.stop()).toBe(0);
    const platform = await start(dataDir, ["--port", "0", "--empty"], { WEDSYNC_OUTAGE_HOLD_AFTER: "1ms" });
    expect(platform.holds.toSorted()).toStrictEqual(["tier:low", "tier:normal"]);
    const released = await wedsync(platform, ["release", ...platform.holds]);
    expect(released.code).toBe(0);
    const { holds } = await platform.call<Status>("GET", "/v1/status");
    expect(holds).toStrictEqual([]);
    expect(await wedsync(platform, ["release", "platform"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("was not held"),
    });
    expect(await platform.stop()).toBe(0);
  });

  it("OPS-1: a folder that cannot be made fails at once", async () => {
    const ended = await startFails("/proc/wedsync/data");
    expect(ended).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("choose another with") });
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it.each(["abc", "0x10", "65511"])("WEDSYNC_PORT=%s is exit 2, and the line names the variable", async (port) => {
    const ended = await startFails(join(await makeFolder("start"), "data"), [], { WEDSYNC_PORT: port });
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^error: WEDSYNC_PORT is not a port\. [^\n]*Example: 4600\n$/);
  });

  const notPorts = ["many", "70000", "65520", "0x10", "1e3", "-1", "", " ", "80.5", "0080"];
  it.each([...notPorts.map((port) => [["--port", port]]), [["--nonsense"]], [["--data-dir"]]])(
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

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCaptured } from "./testing/run-captured.js";
import { startStandIn, standInKey, type StandIn } from "./testing/stand-in.js";

const leaves = [
  ["import", "weddings"],
  ["status"],
  ["executions"],
  ["execution"],
  ["doubts"],
  ["cancel"],
  ["redrive"],
  ["settle"],
  ["hold"],
  ["release"],
  ["keys", "issue"],
  ["keys", "list"],
  ["keys", "revoke"],
  ["read-models", "list"],
  ["read-models", "rebuild"],
  ["read-models", "drop"],
  ["log", "adopt"],
  ["scaling"],
  ["scaling", "manifests"],
];

describe("the command line", () => {
  let server: StandIn;
  let folder = "";
  beforeEach(async () => {
    server = await startStandIn();
    folder = await mkdtemp(join(tmpdir(), "wedsync-cli-"));
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it.each(leaves)("explains itself: %s %s --help", async (...words) => {
    const help = await runCaptured(undefined, [...words.filter((word) => word !== undefined), "--help"]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain("Usage: wedsync");
    expect(help.stdout).toContain("--json");
  });

  it.each([
    [[]],
    [["bogus"]],
    [["status", "--bogus"]],
    [["settle", "e-1", "--outcome", "maybe", "--evidence", "x"]],
    [["settle", "e-1", "--outcome", "retry", "--evidence", " "]],
    [["executions", "--limit", "0"]],
    [["redrive"]],
    [["redrive", "e-1", "--vendor", "v"]],
    [["keys", "issue", "--role", "vendor"]],
    [["keys", "issue", "--role", "ops", "--vendor", "v"]],
    [["log", "adopt"]],
    [["status", "--url", "ftp://x"]],
  ])("ends with 2 on wrong usage and sends nothing: %j", async (argv) => {
    const wrong = await runCaptured(server.url, argv);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).not.toBe("");
    expect(wrong.stdout).toBe("");
    expect(server.requests).toEqual([]);
    expect((await runCaptured(server.url, [...argv, "--json"])).json()).toMatchObject({ error: { code: "usage" } });
  });

  it("ends with 1 and one clear line when no server is there, in JSON too", async () => {
    await server.close();
    const plain = await runCaptured(server.url, ["status"]);
    expect(plain).toMatchObject({ code: 1, stdout: "" });
    expect(plain.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(plain.stderr).toContain("npx pnpm@12 start");
    const json = await runCaptured(server.url, ["status", "--json"]);
    expect(json.json()).toMatchObject({ error: { code: "server_unreachable" } });
  });

  it("SEC-1: takes the key of --key, else the environment, else the data folder, and names the ways when there is none", async () => {
    await writeFile(join(folder, "ops-api-key"), `${standInKey}\n`);
    const ofFolder = await runCaptured(undefined, ["status", "--url", server.url, "--data-dir", folder]);
    expect(ofFolder.code).toBe(0);
    const wrong = await runCaptured(server.url, ["status", "--key", "wrong"]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("--key");
    expect(wrong.stderr).not.toContain("wrong");
    const none = await runCaptured(undefined, ["status", "--url", server.url, "--data-dir", join(folder, "no")]);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("WEDSYNC_API_KEY");
  });

  it("prints one JSON document on standard output for every command with --json", async () => {
    const lines = [
      ["status"],
      ["executions", "--vendor", "v", "--status", "dead"],
      ["execution", "e-1"],
      ["doubts"],
      ["cancel", "e-1"],
      ["redrive", "e-1"],
      ["settle", "e-1", "--outcome", "delivered", "--evidence", "mail log"],
      ["hold", "vendor:v"],
      ["release", "vendor:v"],
      ["keys", "issue", "--role", "ops"],
      ["keys", "list"],
      ["keys", "revoke", "k-1"],
    ];
    for (const line of lines) {
      const done = await runCaptured(server.url, [...line, "--json"]);
      expect(done.code).toBe(0);
      expect(Object.keys(done.json()).length).toBeGreaterThan(0);
      expect((await runCaptured(server.url, line)).stdout).not.toBe("");
    }
  });

  it("settles with the outcome and the evidence that were given", async () => {
    await runCaptured(server.url, ["settle", "e-1", "--outcome", "not-delivered", "--evidence", "bounced"]);
    expect(server.requests).toEqual(["POST /v1/executions/e-1/settle"]);
    expect(server.bodies).toEqual([{ outcome: "not-delivered", evidence: "bounced" }]);
  });

  it("redrives all that match, page after page, and ends with 1 when some are refused", async () => {
    const redriven = await runCaptured(server.url, ["redrive", "--vendor", "v", "--json"]);
    expect(redriven.code).toBe(1);
    expect(redriven.json()).toMatchObject({
      redriven: ["e-1"],
      refused: [{ executionId: "e-2", code: "not_dead" }],
    });
    expect(server.requests[0]).toBe("GET /v1/executions?vendor=v&status=dead&limit=200");
  });

  it("SEC-2: shows control characters of stored text as question marks", async () => {
    const list = await runCaptured(server.url, ["executions"]);
    expect(list.stdout).toContain("w?[2J");
    expect(list.stdout).not.toContain("\u001b");
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCaptured } from "./testing/run-captured.js";
import { startStandIn, standInKey, type StandIn } from "./testing/stand-in.js";

const execution = "0b1f7f7e-0000-5000-8000-000000000001";
const refused = "0b1f7f7e-0000-5000-8000-000000000002";
const issued = "0b1f7f7e-0000-4000-8000-000000000003";

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
  ["log", "rebuild"],
  ["season", "show"],
  ["season", "set"],
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
    [["settle", execution, "--outcome", "maybe", "--evidence", "x"]],
    [["settle", execution, "--outcome", "retry", "--evidence", " "]],
    [["executions", "--limit", "0"]],
    [["executions", "--limit", "0x10"]],
    [["import", "weddings", "FILE", "--vendor", "v", "--time-zone", "Europe/London", "--shift-days", "1e2"]],
    [["redrive"]],
    [["redrive", execution, "--vendor", "v"]],
    [["keys", "issue", "--role", "vendor"]],
    [["keys", "issue", "--role", "ops", "--vendor", "v"]],
    [["log", "adopt"]],
    [["status", "--url", "ftp://x"]],
    [["cancel", "nope"]],
    [["cancel", ""]],
    [["execution", "nope"]],
    [["redrive", "nope"]],
    [["redrive", "--vendor", "a/b"]],
    [["redrive", "--status", "succeeded"]],
    [["settle", "nope", "--outcome", "retry", "--evidence", "x"]],
    [["settle", execution, "--outcome", "retry", "--evidence", "x".repeat(2_001)]],
    [["hold"]],
    [["hold", "x"]],
    [["hold", ""]],
    [["hold", "tier:urgent"]],
    [["hold", "vendor:rose", "wedding:rose"]],
    [["hold", execution]],
    [["release", "vendor:"]],
    [["release", "platform", "nope"]],
    [["executions", "--status", "foo"]],
    [["executions", "--vendor", "a/b"]],
    [["executions", "--cursor", "2"]],
    [["doubts", "--vendor", ""]],
    [["keys", "issue", "--role", "vendor", "--vendor", "a/b"]],
    [["keys", "revoke", "nope"]],
    [["read-models", "rebuild", "No Such"]],
    [["season", "set", "a b", "FILE"]],
    [["season", "set", "europe"]],
    [["season", "set", "europe", "/no/such/file"]],
    [["season", "set", "europe", "FILE"]],
    [["import", "weddings", "FILE", "--vendor", "a/b", "--time-zone", "Europe/London"]],
    [["import", "weddings", "FILE", "--vendor", "v", "--time-zone", "Europe/London", "--journey", "a b"]],
    [["import", "weddings", "FILE", "--vendor", "v", "--time-zone", "Europe/London", "--market", "United Kingdom"]],
    [["import", "weddings", "FILE", "--vendor", "v", "--time-zone", "Europe/London", "--vendor-name", " "]],
  ])("SEC-2: ends with 2 on wrong usage and sends nothing: %j", async (argv) => {
    // A good file: what is wrong is the command line alone.
    const file = join(folder, "bookings.csv");
    await writeFile(file, "date\n2026-12-05\n");
    const line = argv.map((word) => (word === "FILE" ? file : word));
    const wrong = await runCaptured(server.url, line);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).not.toBe("");
    expect(wrong.stderr).not.toContain("/params/");
    expect(wrong.stdout).toBe("");
    expect(server.requests).toEqual([]);
    expect((await runCaptured(server.url, [...line, "--json"])).json()).toMatchObject({ error: { code: "usage" } });
  });

  it("SEA-1: shows the season policy, tries a profile and puts it in force", async () => {
    const file = join(folder, "profile.json");
    await writeFile(file, JSON.stringify({ name: "alps" }));
    const shown = await runCaptured(server.url, ["season", "show"]);
    expect(shown.stdout).toMatch(/^policy default, version 3\n.*europe +Europe\/Berlin +0\.2 +8 +2029-12-31/s);
    const tried = await runCaptured(server.url, ["season", "set", "alps", file, "--check"]);
    expect(tried).toMatchObject({ code: 0 });
    expect(tried.stdout).toContain("alps: would be changed; demand of the coming 30 days differs in: alps");
    const set = await runCaptured(server.url, ["season", "set", "alps", file, "--json"]);
    expect(set.json()).toMatchObject({ version: 4, changed: true, touched: ["alps"] });
    expect(server.requests.slice(-2)).toEqual([
      "PUT /v1/season-policy/markets/alps?dryRun=true",
      "PUT /v1/season-policy/markets/alps",
    ]);
    expect(server.bodies.at(-1)).toEqual({ name: "alps" });
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
      ["execution", execution],
      ["doubts"],
      ["cancel", execution],
      ["redrive", execution],
      ["settle", execution, "--outcome", "delivered", "--evidence", "mail log"],
      ["hold", "vendor:v"],
      ["release", "vendor:rose"],
      ["keys", "issue", "--role", "ops"],
      ["keys", "list"],
      ["keys", "revoke", issued],
    ];
    for (const line of lines) {
      const done = await runCaptured(server.url, [...line, "--json"]);
      expect(done.code).toBe(0);
      expect(Object.keys(done.json()).length).toBeGreaterThan(0);
      expect((await runCaptured(server.url, line)).stdout).not.toBe("");
    }
  });

  it("SEC-2: says what an argument looks like when it is none, in one line", async () => {
    const lineOf = async (...argv: string[]) => (await runCaptured(server.url, argv)).stderr.trimEnd();
    expect(await lineOf("cancel", "nope")).toMatch(/^error: [^\n]*'nope'[^\n]*An execution id is a UUID[^\n]*$/);
    expect(await lineOf("hold", "tier:x")).toMatch(/^error: [^\n]*A scope is platform, vendor:V,[^\n]*$/);
    expect(await lineOf("executions", "--status", "foo")).toMatch(
      /^error: [^\n]*Allowed choices are scheduled,[^\n]*$/,
    );
    expect(await lineOf("executions", "--vendor", "a/b")).toMatch(/^error: [^\n]*An id is 1 to 128[^\n]*$/);
  });

  it("SCH-10: releases several scopes, each with its own result, and says of one that it was not held", async () => {
    const done = await runCaptured(server.url, ["release", "vendor:rose", "tier:low", "vendor:rose", "--json"]);
    expect(done.code).toBe(0);
    expect(done.json()).toEqual({
      results: [
        { scope: "vendor:rose", done: "released" },
        { scope: "tier:low", done: "was not held" },
      ],
    });
    expect(server.bodies.filter(Boolean)).toEqual([{ scope: "vendor:rose" }, { scope: "tier:low" }]);
    const none = await runCaptured(server.url, ["release", "platform"]);
    expect(none).toMatchObject({ code: 1, stdout: "platform: was not held\n" });
    expect(none.stderr).toBe("wedsync: Nothing was released: platform was not held. Held: vendor:rose.\n");
  });

  it("SCH-10: releases an execution that is held by itself, and names the one of several that failed", async () => {
    expect((await runCaptured(server.url, ["release", execution])).stdout).toBe(`${execution}: released\n`);
    expect(server.requests).toContain(`POST /v1/executions/${execution}/release`);
    const partly = await runCaptured(server.url, ["release", refused, "vendor:rose"]);
    expect(partly.code).toBe(1);
    expect(partly.stdout).toBe(`${refused}: failed, not_held: it is not held\nvendor:rose: released\n`);
    expect(partly.stderr).toContain("1 of 2 failed");
  });

  it("SCH-10: holds several scopes, and goes no further when the server is gone", async () => {
    const done = await runCaptured(server.url, ["hold", "tier:low", "vendor:v"]);
    expect(done).toMatchObject({ code: 0, stdout: "tier:low: held\nvendor:v: held\n" });
    server.faults.push(undefined, { status: 500 });
    const broken = await runCaptured(server.url, ["hold", "tier:low", "tier:normal", "tier:high"]);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^tier:low: held\ntier:normal: failed, [^\n]*\n$/);
  });

  it("takes an empty WEDSYNC_DATA_DIR for none, and names WEDSYNC_PORT when it is no port", async () => {
    const env = { WEDSYNC_DATA_DIR: "", WEDSYNC_API_KEY: standInKey, WEDSYNC_PORT: "abc" };
    const wrong = await runCaptured(undefined, ["status", "--data-dir", join(folder, "no")], { env });
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/WEDSYNC_PORT is not a port.*Example: 4600/),
    });
  });

  it("settles with the outcome and the evidence that were given", async () => {
    await runCaptured(server.url, ["settle", execution, "--outcome", "not-delivered", "--evidence", "bounced"]);
    expect(server.requests).toEqual([`POST /v1/executions/${execution}/settle`]);
    expect(server.bodies).toEqual([{ outcome: "not-delivered", evidence: "bounced" }]);
  });

  it("redrives all that match, page after page, and ends with 1 when some are refused", async () => {
    const redriven = await runCaptured(server.url, ["redrive", "--vendor", "v", "--json"]);
    expect(redriven.code).toBe(1);
    expect(redriven.json()).toMatchObject({
      redriven: [execution],
      refused: [{ executionId: refused, code: "not_dead" }],
    });
    expect(server.requests[0]).toBe("GET /v1/executions?vendor=v&status=dead&limit=200");
  });

  it("SEC-2: shows control characters of stored text as question marks", async () => {
    const list = await runCaptured(server.url, ["executions"]);
    expect(list.stdout).toContain("w?[2J");
    expect(list.stdout).not.toContain("\u001b");
  });
});

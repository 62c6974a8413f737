// AGG-4: the operator's view of read models, over real sockets.
import { runCaptured } from "../testing/run-captured.js";
import { startStandIn, type StandIn } from "../testing/stand-in.js";

describe("wedsync read-models", () => {
  let aggregator: StandIn;
  beforeEach(async () => {
    aggregator = await startStandIn();
  });
  afterEach(async () => {
    await aggregator.close();
  });
  const at = (): readonly string[] => ["--metrics-url", aggregator.url];

  it("AGG-4: lists generations with their lag, for people and for programs", async () => {
    const plain = await runCaptured("http://127.0.0.1:1", ["read-models", "list", ...at()]);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/executions\s+1\s+active\s+running\s+12\s+3\s+40 ms\s+0/);
    const json = await runCaptured("http://127.0.0.1:1", ["read-models", "list", "--json", ...at()]);
    expect(json.json()).toMatchObject({ items: [{ name: "executions" }] });
  });

  it("AGG-4: rebuilds and drops, once each, and says no with 1", async () => {
    const rebuilt = await runCaptured(aggregator.url, ["read-models", "rebuild", "executions", ...at()]);
    expect(rebuilt).toMatchObject({ code: 0 });
    expect(rebuilt.stdout).toContain("generation 2 is being built");
    const unknown = await runCaptured(aggregator.url, ["read-models", "rebuild", "nothing", ...at()]);
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toContain("read_model_unknown");
    const dropped = await runCaptured(aggregator.url, ["read-models", "drop", "executions", "1", ...at()]);
    expect(dropped.stdout).toContain("generation 1 dropped");
    expect(aggregator.requests).toStrictEqual([
      "POST /v1/read-models/executions/rebuild",
      "POST /v1/read-models/nothing/rebuild",
      "DELETE /v1/read-models/executions/generations/1",
    ]);
  });

  it("ends with 2 on wrong usage and sends nothing", async () => {
    for (const argv of [
      ["read-models", "drop", "executions", "x"],
      ["read-models", "rebuild"],
      ["read-models", "list", "--metrics-url", "ftp://x"],
    ])
      expect((await runCaptured(aggregator.url, argv)).code).toBe(2);
    expect(aggregator.requests).toStrictEqual([]);
  });

  it("finds the aggregator ten ports above the server", async () => {
    const beside = new URL(aggregator.url);
    beside.port = String(Number(beside.port) - 10);
    expect((await runCaptured(beside.href, ["read-models", "list"])).code).toBe(0);
  });
});

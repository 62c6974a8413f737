// The manifests against the schema that KEDA publishes, and the command that writes them.
import { ScaledObject, TriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { runCaptured } from "../testing/run-captured.js";
import { startStandIn, type StandIn } from "../testing/stand-in.js";
import type { Manifest } from "./manifests.js";

interface Trigger {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string };
}

/** @throws when KEDA's schema does not know or want something */
const validate = (manifest: Manifest): void => {
  const data = structuredClone(manifest) as never;
  if (manifest.kind === "ScaledObject") new ScaledObject(data).validate();
  else new TriggerAuthentication(data).validate();
};
const manifestsOf = async (argv: readonly string[]): Promise<readonly Manifest[]> => {
  const answer = await runCaptured(undefined, ["scaling", "manifests", ...argv, "--json"]);
  expect(answer.code).toBe(0);
  return answer.json()["manifests"] as readonly Manifest[];
};
const triggersOf = (manifests: readonly Manifest[]): readonly Trigger[] =>
  manifests.flatMap(({ spec }) => (spec["triggers"] ?? []) as readonly Trigger[]);

describe("scaling manifests", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wedsync-manifests-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it.each([
    [[]],
    [["--namespace", "prod", "--deployment", "workers", "--min", "0", "--max", "1", "--slots-per-pod", "8"]],
    [["--prometheus", "https://prometheus.monitoring.svc:9090", "--api-url", "https://api.example.com/"]],
  ])("SEA-5: pass KEDA's published schema: %j", async (argv) => {
    const manifests = await manifestsOf(argv);
    expect(manifests.map(({ kind }) => kind)).toEqual(["TriggerAuthentication", "ScaledObject"]);
    for (const manifest of manifests) expect(() => validate(manifest)).not.toThrow();
  });

  it("the schema is a judge: what it does not want is refused", async () => {
    const [, scaledObject] = await manifestsOf([]);
    const broken = { ...scaledObject, spec: { ...scaledObject?.spec, triggers: [{ type: "metrics-api" }] } };
    expect(() => validate(broken as Manifest)).toThrow();
  });

  it("SEA-5: the forecast is never the only trigger: the queue stands beside it, and both are opened by the key", async () => {
    const manifests = await manifestsOf(["--slots-per-pod", "16", "--backlog-per-pod", "500"]);
    const triggers = triggersOf(manifests);
    expect(triggers.map(({ metadata }) => [metadata["valueLocation"], metadata["targetValue"]])).toEqual([
      ["wantedSlots", "16"],
      ["backlog", "500"],
    ]);
    const [authentication] = manifests;
    for (const { metadata, authenticationRef } of triggers) {
      expect(metadata["url"]).toBe("http://wedsync-api.wedsync.svc:4600/v1/scaling/keda");
      expect(metadata["authMode"]).toBe("bearer");
      expect(authenticationRef?.name).toBe(authentication?.metadata.name);
    }
  });

  it("SEA-5: the queue can be read from Prometheus", async () => {
    const [, lag] = triggersOf(await manifestsOf(["--prometheus", "http://prometheus:9090"]));
    expect(lag).toMatchObject({ type: "prometheus", metadata: { serverAddress: "http://prometheus:9090" } });
    expect(lag?.metadata["query"]).toContain("wedsync_backlog_executions");
  });

  it("prints YAML, or writes it into a folder that it makes; a second time the files are replaced", async () => {
    const printed = await runCaptured(undefined, ["scaling", "manifests"]);
    const documents = parseAllDocuments(printed.stdout).map((document) => document.toJS() as unknown);
    expect(documents).toEqual(await manifestsOf([]));
    const out = join(folder, "new");
    for (const max of ["3", "4"]) {
      const answer = await runCaptured(undefined, ["scaling", "manifests", "--out", out, "--max", max]);
      expect(answer.code).toBe(0);
      expect((await readdir(out)).sort()).toEqual([
        "wedsync-worker-scaling.trigger-authentication.yaml",
        "wedsync-worker.scaled-object.yaml",
      ]);
      const text = await readFile(join(out, "wedsync-worker.scaled-object.yaml"), "utf8");
      expect(parse(text)).toMatchObject({ spec: { maxReplicaCount: Number(max) } });
    }
  });

  it.each([
    [["--min", "5", "--max", "4"]],
    [["--min", "-1"]],
    [["--max", "0"]],
    [["--max", "many"]],
    [["--slots-per-pod", "0"]],
    [["--slots-per-pod", "1.5"]],
    [["--backlog-per-pod", "0"]],
    [["--namespace", "Prod"]],
    [["--deployment", "a b"]],
    [["--deployment", "x\n---\nkind: Secret"]],
    [["--secret", "../key"]],
    [["--api-url", "ftp://x"]],
    [["--api-url", "http://user:secret@x"]],
    [["--prometheus", "nowhere"]],
    [["--bogus"]],
  ])("refuses %j with exit code 2 and writes nothing", async (argv) => {
    const out = join(folder, "refused");
    const wrong = await runCaptured(undefined, ["scaling", "manifests", ...argv, "--out", out]);
    expect(wrong.code).toBe(2);
    expect(wrong.stdout).toBe("");
    expect(wrong.stderr).not.toContain("secret@");
    expect(await readdir(folder)).toEqual([]);
  });

  it("says in one line when the folder cannot be written, and leaves nothing behind", async () => {
    await writeFile(join(folder, "file"), "");
    const failed = await runCaptured(undefined, ["scaling", "manifests", "--out", join(folder, "file", "below")]);
    expect(failed.code).toBe(1);
    expect(failed.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["file"]);
  });
});

describe("scaling", () => {
  let server: StandIn;
  beforeEach(async () => {
    server = await startStandIn();
  });
  afterEach(async () => {
    await server.close();
  });

  it("SEA-4: shows wanted and planned slots with their reasons and the steps of each market", async () => {
    const shown = await runCaptured(server.url, ["scaling"]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain("wanted    40 slots: planned, lag_adds");
    expect(shown.stdout).toMatch(/2026-11-27T17:00:00.000Z {2}32 +lead_time/);
    const json = await runCaptured(server.url, ["scaling", "--json"]);
    expect(json.json()).toMatchObject({ wantedSlots: 40, plannedSlots: 32 });
  });
});

// The commands in a folder of their own, through the life of one event.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventDefinition } from "../definition.js";
import { readFolders } from "./disk.js";
import { definitionAt, entryOf } from "./fixtures.js";
import { generatedFolders, run } from "./run.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "wedsync-contracts-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const command = (name: "generate" | "freeze", ...definitions: readonly EventDefinition[]) =>
  run(name, definitions.map(entryOf), { root, reference: join(root, "docs/events.md") });
const generate = (...definitions: readonly EventDefinition[]) => command("generate", ...definitions);
const schemaOf = (version: number) => join(root, `schemas/stationery/InvitationPrinted.v${version}.json`);
const files = () => Object.fromEntries(readFolders(root, [...generatedFolders, "docs"]));
const [one, two, three] = [definitionAt(1), definitionAt(2), definitionAt(3)];
/** Version 1 with another schema, as a hasty edit would make it. */
const edited: EventDefinition = { ...one, schema: two.schema, example: two.example };

describe("generate and freeze", () => {
  it("writes schema, golden payload and reference, and nothing new the second time", () => {
    expect(generate(one)).toMatchObject({ ok: true, message: expect.stringContaining("2 of 2 files changed") });
    const before = files();
    expect(Object.keys(before).toSorted()).toEqual([
      "docs/events.md",
      "golden/stationery/InvitationPrinted.v1.json",
      "schemas/stationery/InvitationPrinted.v1.json",
    ]);
    expect(generate(one)).toMatchObject({ ok: true, message: expect.stringContaining("0 of 2 files changed") });
    expect(files()).toEqual(before);
    expect(existsSync(join(root, "frozen.json"))).toBe(false);
  });

  it("LOG-5: rewrites a version until it is frozen, refuses and writes nothing after that", () => {
    generate(one);
    expect(generate(edited).ok).toBe(true);
    generate(one);
    expect(command("freeze", one).ok).toBe(true);
    const before = files();
    const refused = generate(edited);
    expect(refused).toMatchObject({ ok: false, problems: [{ code: "schema_changed" }, { code: "golden_changed" }] });
    expect(command("freeze", edited)).toEqual(refused);
    expect(files()).toEqual(before);
  });

  it("LOG-5: a new version is added beside the frozen one, which stays byte for byte", () => {
    command("freeze", one);
    const frozen = readFileSync(schemaOf(1), "utf8");
    expect(generate(two).ok).toBe(true);
    expect(generate(three)).toMatchObject({ ok: true, message: expect.stringContaining("3 event versions") });
    expect(readFileSync(schemaOf(1), "utf8")).toBe(frozen);
    expect(readFileSync(join(root, "docs/events.md"), "utf8")).toContain("version 3: [schema]");
    expect(command("freeze", three)).toMatchObject({ ok: true, message: expect.stringContaining("2 newly frozen") });
  });

  it("LOG-5: the record of an older version may neither be lost nor edited", () => {
    command("freeze", one);
    generate(two);
    writeFileSync(schemaOf(1), readFileSync(schemaOf(1), "utf8").replace('"string"', '"null"'));
    expect(generate(two)).toMatchObject({
      ok: false,
      problems: [{ code: "golden_refused" }, { code: "schema_changed" }],
    });
    writeFileSync(schemaOf(1), "<<<<<<< ours");
    expect(generate(two)).toMatchObject({ ok: false, problems: [{ code: "file_unreadable", version: 1 }] });
    rmSync(schemaOf(1));
    expect(generate(two)).toMatchObject({ ok: false, problems: [{ code: "version_missing", version: 1 }] });
  });

  it("removes the files of an event that was never released", () => {
    generate(one, { ...one, type: "InvitationDrafted" });
    generate(one);
    expect(Object.keys(files()).filter((path) => path.includes("Drafted"))).toEqual([]);
  });

  it("LOG-1: refuses a type that two definitions claim", () => {
    expect(generate(one, one)).toMatchObject({ ok: false, problems: [{ code: "type_twice" }] });
    expect(files()).toEqual({});
  });

  it("refuses a broken frozen.json instead of taking everything for unreleased", () => {
    writeFileSync(join(root, "frozen.json"), "{}}");
    expect(generate(one)).toMatchObject({ ok: false, problems: [{ code: "frozen_file_unreadable" }] });
  });
});

// What was released and may never change. `freeze` adds lines to frozen.json and alters none.
import type { JsonObject } from "@wedsync/event-log";
import { z } from "zod";
import type { CatalogueEntry } from "../catalogue.js";
import { goldenDigest, schemaDigest } from "./digest.js";
import { printJson } from "./json-text.js";
import { type Problem, seeReadme } from "./problem.js";
import { type EventVersion, versionKey } from "./version-files.js";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const frozenFile = z.record(z.string().regex(/^[A-Za-z]+\.v[1-9]\d*$/), z.strictObject({ schema: hash, golden: hash }));
/** Hashes by `Type.vN`. */
export type Frozen = z.infer<typeof frozenFile>;

/** Reads frozen.json; undefined (no file) means that nothing was released yet. */
export function parseFrozen(text: string | undefined): Frozen | Problem {
  if (text === undefined) return {};
  try {
    return frozenFile.parse(JSON.parse(text));
  } catch {
    return {
      code: "frozen_file_unreadable",
      message: "frozen.json is not a list of hashes by Type.vN; restore it from the repository's history.",
    };
  }
}

export const isProblem = (value: Frozen | Problem): value is Problem => typeof value["code"] === "string";

/** The released versions and these: what `freeze` writes. A line that exists stays as it is. */
export function freeze(frozen: Frozen, versions: readonly EventVersion[]): string {
  const lines: Record<string, JsonObject> = {};
  for (const { type, version, schema, golden } of versions) {
    lines[versionKey(type, version)] = { schema: schemaDigest(schema), golden: goldenDigest(golden) };
  }
  const all = Object.entries<JsonObject>({ ...lines, ...frozen });
  return printJson(Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** Every difference between what was released and what is there now. */
export function checkFrozen(
  frozen: Frozen,
  catalogue: readonly CatalogueEntry[],
  versions: readonly EventVersion[],
): readonly Problem[] {
  const present = new Map(versions.map((version) => [versionKey(version.type, version.version), version]));
  const newest = new Map(catalogue.map(({ definition }) => [definition.type, definition.version]));
  return Object.entries(frozen).flatMap(([key, hashes]): readonly Problem[] => {
    const [type = "", number = ""] = key.split(".v");
    const version = Number(number);
    const found = present.get(key);
    if (found === undefined) {
      // A file that is missing although its type still has later versions is reported where files are read.
      return version < (newest.get(type) ?? 0) ? [] : [removed(type, version)];
    }
    const next = (newest.get(type) ?? version) + 1;
    return [
      ...(schemaDigest(found.schema) === hashes.schema ? [] : [schemaChanged(type, version, next)]),
      ...(goldenDigest(found.golden) === hashes.golden ? [] : [goldenChanged(type, version)]),
    ];
  });
}

const removed = (type: string, version: number): Problem => ({
  code: "release_removed",
  type,
  version,
  message: `${type} version ${version} was released and is in the log for ever, but the catalogue does not have it: restore its definition.`,
});

const schemaChanged = (type: string, version: number, next: number): Problem => ({
  code: "schema_changed",
  type,
  version,
  message: `The schema of ${type} version ${version} was released and is frozen, but it changed: put version ${version} back as it was, and make the change as version ${next} with an upcaster from ${next - 1} (${seeReadme}).`,
});

const goldenChanged = (type: string, version: number): Problem => ({
  code: "golden_changed",
  type,
  version,
  message: `The golden payload of ${type} version ${version} was released and is frozen, but it changed: put it back as it was; a new example belongs to a new version (${seeReadme}).`,
});

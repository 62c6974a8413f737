// What the generated files have to be, from the catalogue and what lies on disk. Pure: reading and writing is main.ts's.
// The newest version comes from code. Older ones have no code any more: their files are the record, and stay as they are.
import type { JsonObject } from "@wedsync/event-log";
import type { CatalogueEntry } from "../catalogue.js";
import { checkCompatibility } from "./compatibility.js";
import { newestVersion } from "./event-schema.js";
import { checkFrozen, type Frozen } from "./frozen.js";
import { isObject, printJson } from "./json-text.js";
import { type Problem, seeReadme } from "./problem.js";
import { type EventVersion, versionPath } from "./version-files.js";

export interface Plan {
  readonly versions: readonly EventVersion[];
  /** Content by path below the package; a file on disk that is not here is left over. */
  readonly files: ReadonlyMap<string, string>;
  /** While there is one, nothing may be written. */
  readonly problems: readonly Problem[];
}

/**
 * @param disk files below `schemas/` and `golden/` by path below the package.
 */
export function planFiles(
  catalogue: readonly CatalogueEntry[],
  disk: ReadonlyMap<string, string>,
  frozen: Frozen,
): Plan {
  const problems: Problem[] = [...typesTwice(catalogue)];
  const versions: EventVersion[] = [];
  for (const entry of catalogue) {
    const ofType: EventVersion[] = [];
    for (let version = 1; version < entry.definition.version; version++) {
      const read = readOlder(entry, version, disk);
      if ("code" in read) problems.push(read);
      else ofType.push(read);
    }
    ofType.push(newestVersion(entry));
    problems.push(...checkCompatibility(entry.definition, ofType));
    versions.push(...ofType);
  }
  problems.push(...checkFrozen(frozen, catalogue, versions));
  const files = versions.flatMap((version): readonly (readonly [string, string])[] => [
    [versionPath("schemas", version), printJson(version.schema)],
    [versionPath("golden", version), printJson(version.golden)],
  ]);
  return { versions, files: new Map(files), problems };
}

function readOlder(
  { context, category, definition: { type } }: CatalogueEntry,
  version: number,
  disk: ReadonlyMap<string, string>,
): EventVersion | Problem {
  const read: JsonObject[] = [];
  for (const folder of ["schemas", "golden"] as const) {
    const path = versionPath(folder, { context, type, version });
    const text = disk.get(path);
    if (text === undefined) {
      const message = `${path} is missing: the log holds ${type} of version ${version}. Restore the file from the repository's history (${seeReadme}).`;
      return { code: "version_missing", type, version, message };
    }
    const parsed = parse(text);
    if (parsed === undefined) {
      const message = `${path} is not a JSON object: restore the file from the repository's history.`;
      return { code: "file_unreadable", type, version, message };
    }
    read.push(parsed);
  }
  const [schema = {}, golden = {}] = read;
  return { context, category, type, version, schema, golden };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value as JsonObject) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function typesTwice(catalogue: readonly CatalogueEntry[]): readonly Problem[] {
  const types = catalogue.map(({ definition }) => definition.type);
  const twice = new Set(types.filter((type, index) => types.indexOf(type) !== index));
  return [...twice].map((type) => ({
    code: "type_twice",
    type,
    message: `${type} is defined twice; a stored event says its type only, so a type is one event in all contexts.`,
  }));
}

// The two commands. `generate` rewrites what is not released yet; `freeze` releases what is there.
import { join } from "node:path";
import type { CatalogueEntry } from "../catalogue.js";
import { readFolders, readText, writeFolders, writeText } from "./disk.js";
import { freeze, isProblem, parseFrozen } from "./frozen.js";
import { planFiles } from "./plan.js";
import type { Problem } from "./problem.js";
import { eventReference } from "./reference.js";

export const generatedFolders = ["schemas", "golden"] as const;

export interface Places {
  /** The folder with `schemas/`, `golden/` and `frozen.json`. */
  readonly root: string;
  /** The event reference. */
  readonly reference: string;
}

export type Outcome =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Writes nothing at all when something is wrong. */
export function run(command: "generate" | "freeze", catalogue: readonly CatalogueEntry[], places: Places): Outcome {
  const { root, reference } = places;
  const frozen = parseFrozen(readText(join(root, "frozen.json")));
  if (isProblem(frozen)) return { ok: false, problems: [frozen] };
  const before = readFolders(root, generatedFolders);
  const { files, versions, problems } = planFiles(catalogue, before, frozen);
  if (problems.length > 0) return { ok: false, problems };
  const changed = writeFolders(root, before, files);
  writeText(reference, eventReference(versions));
  const generated = `${versions.length} event versions, ${changed} of ${files.size} files changed`;
  if (command === "generate") return { ok: true, message: `${generated}.` };
  const text = freeze(frozen, versions);
  writeText(join(root, "frozen.json"), text);
  const added = versions.length - Object.keys(frozen).length;
  return { ok: true, message: `${generated}; ${added} newly frozen, from now on they change by a new version only.` };
}

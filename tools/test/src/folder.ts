// Folders for specs, all inside the run's own, which the runner removes at the end.
import { chmod, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { folderVariable, fromRunner } from "./environment.js";

/** A new folder that every user may enter (Postgres never runs as root). */
export async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(fromRunner(folderVariable), `${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

// The only file of the generator that touches the disk.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** Text of a file, or undefined when there is none. */
export const readText = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, "utf8") : undefined;

/** All files below `root/folder` for each folder, by path below root with forward slashes. */
export function readFolders(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      found.set(path.slice(root.length).split(sep).filter(Boolean).join("/"), readFileSync(path, "utf8"));
    }
  }
  return found;
}

/** Makes the files below root what they have to be and removes what is left over; returns how many changed. */
export function writeFolders(
  root: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): number {
  const leftOver = [...before.keys()].filter((path) => !after.has(path));
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  for (const path of leftOver) rmSync(join(root, path));
  for (const [path, text] of changed) writeText(join(root, path), text);
  return leftOver.length + changed.length;
}

export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// Writes several files or none: each is written under another name first, and takes its own when all of them are there.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** The paths of the files, which replace what had their names. @throws what the file system throws; then nothing is left behind. */
export async function writeFiles(folder: string, files: readonly TextFile[]): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const drafts = files.map(({ name }) => join(folder, `.${name}.${process.pid}`));
  try {
    for (const [index, { text }] of files.entries()) {
      await writeFile(drafts[index] ?? "", text, { flag: "wx" });
    }
    const paths = files.map(({ name }) => join(folder, name));
    for (const [index, path] of paths.entries()) await rename(drafts[index] ?? "", path);
    return paths;
  } finally {
    await Promise.all(drafts.map(async (draft) => await rm(draft, { force: true })));
  }
}

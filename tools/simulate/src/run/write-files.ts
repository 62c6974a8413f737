// Several files that are written together or not at all. Synchronous on purpose: an interrupt finds all of them or none.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Writes under temporary names, then renames. Throws the file system's error; then no file of this name is new. */
export const writeFiles = (files: readonly TextFile[]): void => {
  const partial = ({ path }: TextFile): string => `${path}.partial`;
  try {
    for (const file of files) {
      mkdirSync(dirname(file.path), { recursive: true });
      writeFileSync(partial(file), file.text);
    }
    for (const file of files) renameSync(partial(file), file.path);
  } catch (thrown) {
    for (const file of files) rmSync(partial(file), { force: true });
    throw thrown;
  }
};

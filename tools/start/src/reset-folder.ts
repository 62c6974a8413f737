// Starting over: deletes what `start` and its parts have put into a data folder, by name, and nothing else. A file that somebody
// else keeps there is not ours to delete.
import { readdir, rmdir, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FolderError, markerFile, marks, noteFiles, secretFiles } from "./data-folder.js";
import { mailOrPart } from "./inbox/mail-file.js";

const ownFiles = new Set<string>([...secretFiles, ...noteFiles, ...marks.map((mark) => `.${mark}`)]);
/** What a database that was killed at the wrong moment leaves beside its folder. */
const databaseRemains = /^postgres\.(init|lock\.\d+)$/;

/**
 * Deletes what is in a data folder. Only in one that `start` made, and only while nothing runs on it: anything else is refused.
 * The folder itself goes when nothing is left in it.
 * @param removeServer deletes the database, wherever it is kept; throws when the folder is in use
 * @returns paths that start did not make, and which are still there
 */
export async function resetDataFolder(
  path: string,
  removeServer: (dataDir: string) => Promise<void>,
): Promise<readonly string[]> {
  const folder = resolve(path);
  const entries = await entriesOf(folder);
  if (entries.length === 0) return [];
  if (!entries.includes(markerFile)) {
    throw new FolderError("not_a_data_folder", `${folder} is not a WedSync data folder; nothing was deleted.`);
  }
  await removeServer(join(folder, "postgres"));
  for (const entry of entries)
    if (ownFiles.has(entry) || databaseRemains.test(entry)) await removeFile(join(folder, entry));
  await removeMail(join(folder, "mail"));
  const kept = (await entriesOf(folder)).filter((entry) => entry !== markerFile);
  // The marker is last: a reset that was interrupted is repeated, and a folder with something left is still a data folder.
  if (kept.length === 0) {
    await removeFile(join(folder, markerFile));
    await removeEmpty(folder);
  }
  return kept.toSorted().map((entry) => join(folder, entry));
}

async function removeMail(folder: string): Promise<void> {
  for (const entry of await entriesOf(folder)) if (mailOrPart.test(entry)) await removeFile(join(folder, entry));
  await removeEmpty(folder);
}

/** Leaves what is no file: somebody made a folder of that name. It is named with the rest. */
const removeFile = async (file: string): Promise<void> => await unlink(file).catch(() => undefined);

/** Leaves a folder that cannot go: it holds something, or it is a link or a volume that somebody put there. */
const removeEmpty = async (folder: string): Promise<void> => await rmdir(folder).catch(() => undefined);

/** Nothing where no folder is. */
const entriesOf = async (folder: string): Promise<readonly string[]> => await readdir(folder).catch(() => []);

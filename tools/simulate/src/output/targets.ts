// Where output may go, asked before the work is done: never over the input or another output, never over something that is no
// file, and only where there is a folder.
import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export interface Target {
  /** As the user knows it, such as `--out`. */
  readonly option: string;
  readonly path: string;
  /** Whether missing folders above it are made. */
  readonly makesFolder?: boolean;
}

/** What is wrong with the outputs of a command, in one sentence; undefined when all can be written. @param inputs files read */
export const targetProblem = async (
  inputs: readonly string[],
  targets: readonly Target[],
): Promise<string | undefined> => {
  const takenBy = new Map<string, string>();
  for (const input of inputs) takenBy.set(await placeOf(resolve(input)), "the input");
  for (const { option, path, makesFolder = false } of targets) {
    const place = await placeOf(resolve(path));
    const other = takenBy.get(place);
    if (other !== undefined) return `${option} ${path} is the same file as ${other}: give it another name.`;
    takenBy.set(place, option);
    const found = await stat(place).catch(() => undefined);
    if (found?.isFile() === false) return `${option} ${path} is no file: name a file that may be written.`;
    const problem = await folderProblem(dirname(place), makesFolder);
    if (problem !== undefined) return `${option} ${path} cannot be written: ${problem}.`;
  }
  return undefined;
};

/** The real place of a path, symbolic links resolved, also of one that does not exist yet. */
async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await placeOf(above), basename(path));
  }
}

async function folderProblem(folder: string, isMade: boolean): Promise<string | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) {
    return isMade && dirname(folder) !== folder ? folderProblem(dirname(folder), true) : "its folder does not exist";
  }
  if (!found.isDirectory()) return `${folder} is no folder`;
  try {
    await access(folder, constants.W_OK);
    return undefined;
  } catch {
    return `nothing may be written to ${folder}`;
  }
}

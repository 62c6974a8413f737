// Who uses a data folder: a file with the owner's pid and the moment it started, so that a reused pid is not believed.
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { embeddedError, isSystemError } from "./errors.js";

export interface OwnerLock {
  release(): Promise<void>;
}

/** Takes the folder for this process. @throws `folder_in_use` naming the process that has it. */
export async function takeFolder(dataDir: string): Promise<OwnerLock> {
  const file = join(dirname(dataDir), `${dataDir.split("/").at(-1) ?? "data"}.lock`);
  await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
    throw embeddedError("folder_not_writable", `The folder ${dirname(file)} cannot be made; choose another.`, error);
  });
  // Written apart and linked into place: nobody ever reads a half-written owner.
  const own = `${file}.${process.pid}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(own, `${process.pid} ${await startOf(process.pid)}`, { mode: 0o600 });
      await link(own, file);
      return { release: async () => await rm(file, { force: true }) };
    } catch (error) {
      if (!isSystemError(error, "EEXIST")) {
        throw embeddedError(
          "folder_not_writable",
          `The folder ${dirname(file)} cannot be written to; choose another.`,
          error,
        );
      }
    } finally {
      await rm(own, { force: true });
    }
    const holder = await readFile(file, "utf8").catch(() => "");
    const [pid = "", startedAt = ""] = holder.split(" ");
    if (pid !== "" && startedAt !== "" && (await startOf(Number(pid))) === startedAt) {
      throw embeddedError(
        "folder_in_use",
        `The data folder ${dirname(file)} is in use by process ${pid}; stop it first, or choose another folder.`,
      );
    }
    await rm(file, { force: true });
  }
  throw embeddedError(
    "folder_in_use",
    `The data folder ${dirname(file)} is being taken by another process; try again.`,
  );
}

/** When a process started, in the kernel's ticks; the empty string when there is none (or no /proc: then only the pid counts). */
async function startOf(pid: number): Promise<string> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isSystemError(error, "EPERM")) return "";
  }
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text === "" ? "running" : (text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "running");
}

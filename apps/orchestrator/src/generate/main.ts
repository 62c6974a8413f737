// `generate`: writes the reference pages of this app. CI runs it and refuses a difference.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "../http/openapi.js";
import { release } from "../platform/release.js";
import { configurationPage } from "./configuration.js";
import { httpApiPage } from "./http-api.js";

const folder = fileURLToPath(new URL("../../../../docs/reference/", import.meta.url));
await mkdir(folder, { recursive: true });
await writeFile(`${folder}configuration.md`, configurationPage());
await writeFile(`${folder}http-api.md`, httpApiPage());
await writeFile(`${folder}openapi.json`, `${JSON.stringify(openApiDocument(release), undefined, 2)}\n`);

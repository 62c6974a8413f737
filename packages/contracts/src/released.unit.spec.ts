// The files in the repository, against the code in the repository.
import { fileURLToPath } from "node:url";
import { catalogue } from "./catalogue.js";
import { createCodec } from "./codec.js";
import { readFolders, readText } from "./generate/disk.js";
import { type Frozen, isProblem, parseFrozen } from "./generate/frozen.js";
import { toJson } from "./generate/json-text.js";
import { planFiles } from "./generate/plan.js";
import { eventReference } from "./generate/reference.js";
import { generatedFolders } from "./generate/run.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const disk = readFolders(root, generatedFolders);
const parsed = parseFrozen(readText(`${root}frozen.json`));
const frozen: Frozen = isProblem(parsed) ? {} : parsed;
const plan = planFiles(catalogue, disk, frozen);

it("LOG-5: every version of every event is compatible, and none that was released has changed", () => {
  expect(isProblem(parsed)).toBe(false);
  expect(plan.problems).toEqual([]);
});

it("LOG-5: schemas and golden payloads on disk are what `npx pnpm@12 generate` makes", () => {
  expect(Object.fromEntries(disk)).toEqual(Object.fromEntries(plan.files));
});

it("the event reference is what `npx pnpm@12 generate` makes", () => {
  const path = fileURLToPath(new URL("../../../docs/reference/events.md", import.meta.url));
  expect(readText(path)).toBe(eventReference(plan.versions));
});

it("every event has a schema and a golden payload for each of its versions", () => {
  const expected = catalogue.flatMap(({ context, definition: { type, version } }) =>
    Array.from({ length: version }, (_, index) => `${context}/${type}.v${index + 1}.json`),
  );
  for (const folder of generatedFolders) {
    const present = [...disk.keys()].filter((path) => path.startsWith(`${folder}/`));
    expect(present.toSorted()).toEqual(expected.map((path) => `${folder}/${path}`).toSorted());
  }
});

const codec = createCodec(catalogue.map(({ definition }) => definition));
const goldens = plan.versions.map(({ context, type, version }) => ({ context, type, version }));

it.each(goldens)("LOG-5: the golden payload of $type version $version is read as the newest version", (golden) => {
  const { context, type, version } = golden;
  const text = disk.get(`golden/${context}/${type}.v${version}.json`) ?? "";
  const decoded = codec.decode({ type, schemaVersion: version, data: toJson(JSON.parse(text)) });
  expect(decoded).toMatchObject({ ok: true, event: { type } });
  // What was read can be written again, and is then of the newest version.
  if (!decoded.ok) return;
  const newest = catalogue.find(({ definition }) => definition.type === type)?.definition.version;
  expect(codec.encode(decoded.event).schemaVersion).toBe(newest);
});

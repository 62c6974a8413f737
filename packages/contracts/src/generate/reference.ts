// The event reference for people: docs/reference/events.md.
import type { JsonObject } from "@wedsync/event-log";
import { ruleOf } from "./field-type.js";
import { ciphertextPaths, type Field, fieldsOf } from "./fields.js";
import { objectShapes, scalarShapes } from "./shapes.js";
import { type EventVersion, versionPath } from "./version-files.js";

const intro = `# Event reference

Every event of the platform, by context. Generated from \`packages/contracts\` by \`npx pnpm@12 generate\`; do not edit.

An event has a stable type, an integer schema version and \`data\`, described here. What surrounds it (stream, position, time,
actor, correlation, trace) is the envelope: CloudEvents 1.0 names, the same for every event. Fields that are not listed are
refused. Personal data is found in the fields named under *ciphertext* only; erasing their key erases it.
Older versions are lifted to the newest when they are read. How to add an event or a version:
[packages/contracts](../../packages/contracts/README.md).
`;

/** Markdown; the same text for the same versions. */
export function eventReference(versions: readonly EventVersion[]): string {
  const contexts = [...new Set(versions.map(({ context }) => context))];
  return `${[
    intro,
    ...contexts.map((context) =>
      contextSection(
        context,
        versions.filter((version) => version.context === context),
      ),
    ),
    shapeSection(),
  ].join("\n")}`;
}

function contextSection(context: string, versions: readonly EventVersion[]): string {
  const newest = versions.filter(
    ({ type, version }) => !versions.some((other) => other.type === type && other.version > version),
  );
  const rows = newest.map(({ type, version, category, schema }) => [
    `[${type}](#${type.toLowerCase()})`,
    String(version),
    `\`${category}\``,
    ciphertextPaths(schema)
      .map((path) => `\`${path}\``)
      .join(", ") || "none",
    meaningOf(schema),
  ]);
  return [
    `## Context: ${context}\n`,
    table(["Event", "Version", "Stream category", "Ciphertext", "Meaning"], rows),
    ...newest.map((event) =>
      eventSection(
        event,
        versions.filter(({ type }) => type === event.type),
      ),
    ),
  ].join("\n");
}

function eventSection({ type, category, schema }: EventVersion, all: readonly EventVersion[]): string {
  const files = all
    .toReversed()
    .map((one) => `version ${one.version}: ${link("schema", "schemas", one)}, ${link("example", "golden", one)}`);
  return [
    `### ${type}\n`,
    `${meaningOf(schema)} Streams \`${category}-<uuid>\`; ${files.join("; ")}.\n`,
    fieldTable(fieldsOf(schema)),
  ].join("\n");
}

const link = (text: string, folder: "schemas" | "golden", version: EventVersion): string =>
  `[${text}](../../packages/contracts/${versionPath(folder, version)})`;

function shapeSection(): string {
  const scalars = scalarShapes.map((shape) => [
    `<a id="${nameOf(shape).toLowerCase()}"></a>${nameOf(shape)}`,
    ruleOf(shape),
    meaningOf(shape),
  ]);
  return [
    "## Shapes\n",
    "Values that many events share.\n",
    table(["Shape", "Rule", "Meaning"], scalars),
    ...objectShapes.map((shape) => `### ${nameOf(shape)}\n\n${meaningOf(shape)}\n\n${fieldTable(fieldsOf(shape))}`),
  ].join("\n");
}

const nameOf = ({ title }: JsonObject): string => (typeof title === "string" ? title : "");
const meaningOf = ({ description }: JsonObject): string => (typeof description === "string" ? description : "");

const fieldTable = (fields: readonly Field[]): string =>
  table(
    ["Field", "Type", "Required", "Meaning"],
    fields.map(({ path, type, required, meaning }) => [`\`${path}\``, type, required ? "yes" : "no", meaning]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;

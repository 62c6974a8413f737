// Liquid with everything taken out that a message does not need: no loops, no assignments, no includes, no file system.
// Vendors write templates, so a template may neither reach the host nor run for long: without loops its cost is its length.
import { Liquid } from "liquidjs";

const allowedTags: ReadonlySet<string> = new Set(["if", "unless", "case", "comment", "raw"]);
/** No `raw`: it would switch the escaping of markup off. No `date`: it reads the host's time zone. */
const allowedFilters: ReadonlySet<string> = new Set([
  "default",
  "upcase",
  "downcase",
  "capitalize",
  "strip",
  "truncate",
]);

/** Characters of one template. */
export const maxTemplateLength = 60_000;
/** Characters of one rendered part. */
export const maxRenderedLength = 200_000;

const noFiles = {
  exists: async () => false,
  existsSync: () => false,
  readFile: async () => "",
  readFileSync: () => "",
  resolve: (_folder: string, file: string) => file,
};

function createEngine(escapeHtml: boolean): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    dynamicPartials: false,
    relativeReference: false,
    fs: noFiles,
    parseLimit: maxTemplateLength,
    memoryLimit: 2_000_000,
    ...(escapeHtml ? { outputEscape: escapeMarkup } : {}),
  });
  keepOnly(engine.tags, allowedTags);
  keepOnly(engine.filters, allowedFilters);
  return engine;
}

function keepOnly<Value>(table: Record<string, Value>, names: ReadonlySet<string>): void {
  for (const name of Object.keys(table)) if (!names.has(name)) Reflect.deleteProperty(table, name);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A value as text inside markup or a quoted attribute. */
export function escapeMarkup(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

export const textEngine = createEngine(false);
export const htmlEngine = createEngine(true);

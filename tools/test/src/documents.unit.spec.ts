// What the documents name is there: a file that was renamed leaves no false signpost behind.
import { globSync, readFileSync } from "node:fs";

const isOurs = (path: string): boolean => !/(^|\/)(node_modules|dist|\.turbo)(\/|$)/.test(path);
/** Paths as they are, and as the documents shorten them: without `src/`. */
const files = [
  ...globSync("*.{ts,mjs}"),
  ".dependency-cruiser.mjs",
  ...["packages", "apps", "tools"].flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,mjs}`, { exclude: (path) => !isOurs(path) }).filter(isOurs),
  ),
].flatMap((path) => [path, path.replace("/src/", "/")]);
const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...globSync("docs/**/*.md"),
  ...globSync("{packages,packages/adapters,tools}/*/README.md"),
];
/** Files of a user's own, in examples. */
const examples = /^(?:FILE|season|bookings|profile|openapi|metrics-openapi)\b/;

describe("the documents", () => {
  it.each(documents.toSorted())("%s names no source file that is not there", (document) => {
    const named = [...readFileSync(document, "utf8").matchAll(/`([\w./-]+\.(?:ts|mjs))`/g)].map(
      ([, path = ""]) => path,
    );
    const missing = [...new Set(named)].filter(
      (path) =>
        !examples.test(path) && !files.some((file) => file === path || file.endsWith(`/${path.replace(/^\.\//, "")}`)),
    );
    expect(missing).toStrictEqual([]);
  });

  it.each(documents.toSorted())("%s links to nothing that is not there", (document) => {
    const folder = document.includes("/") ? document.slice(0, document.lastIndexOf("/") + 1) : "";
    const linked = [...readFileSync(document, "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
      ([, path = ""]) => path,
    );
    const missing = linked.filter((path) => globSync(`${folder}${path}`).length === 0);
    expect(missing).toStrictEqual([]);
  });
});

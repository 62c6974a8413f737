import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./", import.meta.url);
const engine = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".spec.ts") && !file.startsWith("profiles/"),
);

it("SEA-8: no word of the engine is about weddings; only profiles know a trade", () => {
  const word = /wedding|marriage|bride/i;
  const found = engine.filter((file) => word.test(readFileSync(new URL(file, folder), "utf8")));
  expect(engine.length).toBeGreaterThan(20);
  expect(found).toEqual([]);
});

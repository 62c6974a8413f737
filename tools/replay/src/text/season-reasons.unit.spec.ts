import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { knownSeasonReasons, seasonReasonsText } from "./season-reasons.js";

const source = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../packages/season-policy/src/${file}`, import.meta.url)), "utf8");

it("RPL-2: every reason that a multiplier or a plan can give has words", () => {
  const text = source("multiplier.ts") + source("plan-capacity.ts");
  const codes = [...text.matchAll(/code: "(\w+)"|"(multiplier_\w+)"|"(\w+_load)"/g)].map(
    ([, code, bound, load]) => code ?? bound ?? load ?? "",
  );
  expect(new Set(codes).size).toBeGreaterThan(12);
  expect(codes.filter((code) => !knownSeasonReasons.includes(code))).toEqual([]);
});

it("a code without words is shown as it is, and no name of an object's own things is one", () => {
  expect(seasonReasonsText([{ code: "full_moon" }, { code: "constructor" }])).toBe("full moon, constructor");
});

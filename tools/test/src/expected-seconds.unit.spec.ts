import { existsSync } from "node:fs";
import { expectedSeconds, longFiles } from "./expected-seconds.js";

describe("the expected duration of a spec file", () => {
  it("names only files that are there, so that none is forgotten when it moves", () => {
    expect(longFiles.map(([path]) => path).filter((path) => !existsSync(path))).toEqual([]);
  });

  it("is that of its level unless it is named, and files with processes come before all others", () => {
    expect(expectedSeconds("/checkout/tools/chaos/src/short.e2e.spec.ts")).toBeGreaterThan(
      expectedSeconds("/checkout/apps/any/src/other.e2e.spec.ts"),
    );
    const usual = ["e2e", "int", "property", "unit"].map((level) => expectedSeconds(`/checkout/any.${level}.spec.ts`));
    expect(usual).toEqual(usual.toSorted((a, b) => b - a));
    expect(new Set(usual).size).toBe(4);
  });
});

// What is run, and what of it is measured.
import { glob } from "node:fs/promises";
import { passesOf } from "./passes.js";

const options = { files: [], json: false, coverage: false };

describe("the passes of a run", () => {
  it("without coverage, or with named files, there is one", () => {
    expect(passesOf(options)).toStrictEqual([{ files: [], coverage: false }]);
    expect(passesOf({ ...options, coverage: true, files: ["a"] })).toStrictEqual([{ files: ["a"], coverage: true }]);
    expect(passesOf({ ...options, coverage: true, sharedData: "/data" })).toHaveLength(1);
  });

  it("with coverage there are two, and together they leave out no folder that holds specs", async () => {
    const passes = passesOf({ ...options, coverage: true });
    expect(passes.map((pass) => pass.coverage)).toStrictEqual([true, false]);
    const specs: string[] = [];
    const exclude = (path: string): boolean => path.includes("node_modules");
    for await (const spec of glob("*/**/src/**/*.spec.ts", { exclude })) specs.push(spec);
    expect(specs.length).toBeGreaterThan(150);
    const taken = (spec: string): number =>
      passes.filter(({ files }) => files.some((part) => `./${spec}`.match(part))).length;
    expect(specs.filter((spec) => taken(spec) !== 1)).toStrictEqual([]);
  });
});

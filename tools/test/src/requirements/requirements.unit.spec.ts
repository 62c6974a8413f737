import { namedTests } from "./find-tests.js";
import { requirementsPage } from "./page.js";

const wording = {
  "SCH-1": "Tiers follow the wedding.",
  "SCH-2": "Urgent work has its own slots.",
  "LIB-1": "Usable alone.",
};

describe("the page of requirements", () => {
  it("LIB-1: finds the ids in the names of tests, groups and tables, each once a name", () => {
    // Not written as calls, or the page would list them as tests of this file.
    const [call, group] = ["it", "describe"];
    const text = [
      `${call}("SCH-1 SCH-2: two at once, SCH-1 again", () => {});`,
      `${group}("no id here", () => {});`,
      `${call}.each([["a", f(1)]])("SCH-2: cannot %s", () => {});`,
      `${call}(\`SCH-1: over`,
      "  two lines`, () => {});",
      'const other = "SCH-9 outside of a test";',
    ].join("\n");
    expect(namedTests("a.unit.spec.ts", text).map(({ id, name }) => [id, name])).toEqual([
      ["SCH-1", "SCH-1 SCH-2: two at once, SCH-1 again"],
      ["SCH-2", "SCH-1 SCH-2: two at once, SCH-1 again"],
      ["SCH-2", "SCH-2: cannot %s"],
      ["SCH-1", "SCH-1: over two lines"],
    ]);
  });

  it("lists each requirement with its tests by file, and says so when there is none", () => {
    const page = requirementsPage(wording, [
      { id: "SCH-1", file: "b.spec.ts", name: "SCH-1: a `b` <c>" },
      { id: "SCH-1", file: "a.spec.ts", name: "SCH-1: first" },
    ]);
    expect(page).toContain("1 of 3 requirements are named by a test.");
    expect(page).toContain(
      "### SCH-1\n\nTiers follow the wedding.\n\n- `a.spec.ts`\n  - SCH-1: first\n- `b.spec.ts`\n",
    );
    expect(page).toContain("  - SCH-1: a \\`b\\` \\<c\\>");
    expect(page).toContain("### SCH-2\n\nUrgent work has its own slots.\n\nNo test names it.");
    expect(page.indexOf("## Scheduling and execution")).toBeLessThan(page.indexOf("## Libraries"));
  });

  it("refuses a test that names a requirement that does not exist", () => {
    const slip = [{ id: "SCH-77", file: "a.spec.ts", name: "SCH-77: x" }];
    expect(() => requirementsPage(wording, slip)).toThrow("No such requirement: SCH-77 in a.spec.ts");
  });
});

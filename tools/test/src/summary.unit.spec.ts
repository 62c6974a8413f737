// The runner's own arithmetic: what proves nothing is a failure, and each failure is told again.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "./folder.js";
import { addSummaries, listFailures, readSummary } from "./summary.js";

const result = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  numTotalTestSuites: 2,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: join(process.cwd(), "tools/a.unit.spec.ts"),
      message: "",
      assertionResults: [
        { status: "passed", fullName: "adds", failureMessages: [] },
        {
          status: "failed",
          fullName: "subtracts",
          failureMessages: ["\u001B[31mno\u001B[39m\n  at ours\n  at /x/node_modules/y\n  at ours too"],
        },
      ],
    },
    { name: join(process.cwd(), "tools/b.unit.spec.ts"), message: "cannot be read", assertionResults: [] },
  ],
};

describe("what a run comes to", () => {
  it("several passes come to their sum, and one that left no result fails the run", async () => {
    const file = join(await makeFolder("summary"), "result.json");
    await writeFile(file, JSON.stringify(result));
    const one = await readSummary(file);
    const { failures, ...counts } = addSummaries([one, await readSummary(join(file, "missing"))]);
    expect(counts).toStrictEqual({ passed: 3, failed: 6, skipped: 3, files: 2 });
    expect(failures).toStrictEqual(one.failures);
  });

  it("skipped and todo tests and files that could not run are failures; a missing result proves nothing", async () => {
    const file = join(await makeFolder("summary"), "result.json");
    expect(await readSummary(file)).toMatchObject({ passed: 0, failed: 1 });
    await writeFile(file, JSON.stringify(result));
    const { failures, ...counts } = await readSummary(file);
    expect(counts).toStrictEqual({ passed: 3, failed: 5, skipped: 3, files: 2 });
    expect(listFailures(failures, 2)).toBe(
      [
        "FAILED tools/a.unit.spec.ts: subtracts",
        "    no",
        "      at ours",
        "FAILED tools/b.unit.spec.ts: the file itself",
        "    cannot be read",
      ].join("\n"),
    );
  });
});

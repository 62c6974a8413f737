import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { targetProblem } from "./targets.js";
import { writeWhole } from "./write-whole.js";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wedsync-output-"));
  await writeFile(at("input.csv"), "a");
});
afterEach(() => rm(folder, { recursive: true }));

describe("where output may go", () => {
  const ask = (path: string, more: { readonly makesFolder?: boolean } = {}) =>
    targetProblem([at("input.csv")], [{ option: "--out", path, ...more }]);

  it("is a new file, or one that is replaced, in a folder that is there", async () => {
    await writeFile(at("old.csv"), "old");
    expect(await ask(at("new.csv"))).toBeUndefined();
    expect(await ask(at("old.csv"))).toBeUndefined();
    expect(await ask(at("no/such/new.csv"))).toContain("its folder does not exist");
    expect(await ask(at("no/such/new.csv"), { makesFolder: true })).toBeUndefined();
    expect(await ask(at("input.csv/new.csv"))).toContain("is no folder");
  });

  it("is never the input, by whatever path, nor another output", async () => {
    await symlink(at("input.csv"), at("link.csv"));
    await symlink(folder, at("self"));
    for (const path of ["input.csv", "link.csv", "self/input.csv", "./self/../input.csv"]) {
      expect(await ask(at(path))).toContain("is the same file as the input");
    }
    const twice = [at("x"), at("self/x")].map((path, index) => ({
      option: ["--out", "--features"][index] ?? "",
      path,
    }));
    expect(await targetProblem([], twice)).toContain("is the same file as --out");
  });

  it("is no folder and no device", async () => {
    await mkdir(at("folder"));
    expect(await ask(at("folder"))).toContain("is no file");
    expect(await ask("/dev/null")).toContain("is no file");
  });
});

describe("files that are written together", () => {
  it("are all there, or none is new and nothing else is left", async () => {
    await writeWhole({ path: at("a"), texts: ["1", "2"] }, { path: at("b"), texts: ["3"] });
    expect([await readFile(at("a"), "utf8"), await readFile(at("b"), "utf8")]).toEqual(["12", "3"]);
    function* failing(): Generator<string> {
      yield "half";
      throw new Error("no more");
    }
    const again = writeWhole({ path: at("a"), texts: ["new"] }, { path: at("b"), texts: failing() });
    await expect(again).rejects.toThrow("no more");
    expect(await readFile(at("a"), "utf8")).toBe("12");
    expect((await readdir(folder)).toSorted()).toEqual(["a", "b", "input.csv"]);
  });

  it("leave nothing when the process is interrupted between", async () => {
    const main = resolve("tools/simulate/dist/main.js");
    const child = spawn(process.execPath, [main, "bookings", "--rows", "1000000", "--out", at("big.csv")]);
    while ((await readdir(folder)).length < 2) await new Promise((done) => setTimeout(done, 20));
    child.kill("SIGINT");
    expect(await new Promise((done) => child.once("exit", done))).toBe(130);
    expect(await readdir(folder)).toEqual(["input.csv"]);
  });
});

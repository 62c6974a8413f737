// What belongs to `start` and what does not: a folder is taken only when it is new, and a reset leaves foreign files.
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@wedsync/test";
import { openDataFolder } from "./data-folder.js";
import { resetDataFolder } from "./reset-folder.js";

const nothing = async (): Promise<void> => undefined;

/** A folder as a run of `start` leaves it. */
async function used(path: string): Promise<void> {
  const folder = await openDataFolder(path);
  await folder.secret("master-key", () => "k");
  await folder.secret("app-password", () => "p");
  await folder.secret("aggregator-password", () => "p");
  await folder.note("api-url", "http://127.0.0.1:1");
  await folder.note("metrics-url", "http://127.0.0.1:2");
  await folder.secret("ops-api-key", () => "s");
  await folder.mark("sample-loaded");
  await mkdir(folder.mail);
  await writeFile(join(folder.mail, "1795600000000-0b1f7f7e-0000-4000-8000-000000000001.eml"), "mail");
  await writeFile(join(folder.mail, "1795600000000-0b1f7f7e-0000-4000-8000-000000000002.part"), "half");
}

describe("the data folder", () => {
  it("OPS-1: is made when missing, with its parents, and taken when it is empty", async () => {
    const parent = await makeFolder("data");
    await openDataFolder(join(parent, "a", "b"));
    expect(await readdir(join(parent, "a", "b"))).toStrictEqual(["wedsync.json"]);
    await mkdir(join(parent, "empty"));
    await openDataFolder(join(parent, "empty"));
    expect(await readdir(join(parent, "empty"))).toStrictEqual(["wedsync.json"]);
  });

  it("OPS-1: a folder with files of somebody else is refused in one line, and nothing is put into it", async () => {
    const folder = await makeFolder("photos");
    await writeFile(join(folder, "one.jpg"), "x");
    const refused = openDataFolder(folder);
    await expect(refused).rejects.toMatchObject({ code: "not_a_data_folder" });
    await expect(refused).rejects.toThrow(/^[^\n]*holds other files[^\n]*--data-dir[^\n]*$/);
    expect(await readdir(folder)).toStrictEqual(["one.jpg"]);
    await expect(resetDataFolder(folder, nothing)).rejects.toMatchObject({ code: "not_a_data_folder" });
    expect(await readdir(folder)).toStrictEqual(["one.jpg"]);
  });

  it("OPS-1: one that an earlier release made is opened again and keeps its secrets, whatever lies in it", async () => {
    const folder = await makeFolder("earlier");
    await writeFile(join(folder, "wedsync.json"), '{"format":1}\n');
    await writeFile(join(folder, "master-key"), "kept\n");
    await writeFile(join(folder, "notes.txt"), "mine");
    const opened = await openDataFolder(folder);
    expect(await opened.secret("master-key", () => "other")).toBe("kept");
  });

  it.each(["/proc/wedsync", "/proc/wedsync/below"])(
    "OPS-1: %s, where nothing can be made, fails at once in one line",
    async (path) => {
      await expect(openDataFolder(path)).rejects.toMatchObject({
        code: "folder_not_writable",
        message: expect.stringMatching(/^The folder \/proc\/wedsync[^\n]*--data-dir\.$/),
      });
    },
  );

  it("OPS-1: a path below a file fails at once in one line", async () => {
    const parent = await makeFolder("below");
    await writeFile(join(parent, "file"), "");
    for (const path of [join(parent, "file"), join(parent, "file", "a", "b")])
      await expect(openDataFolder(path)).rejects.toMatchObject({ code: "folder_not_writable" });
  });
});

describe("a reset", () => {
  it("OPS-1: deletes the folder that only start has written to, the database first", async () => {
    const path = join(await makeFolder("reset"), "data");
    await used(path);
    const removed: string[] = [];
    expect(
      await resetDataFolder(path, async (server) => {
        expect(await readdir(path)).toContain("master-key");
        removed.push(server);
      }),
    ).toStrictEqual([]);
    expect(removed).toStrictEqual([join(path, "postgres")]);
    await expect(readdir(path)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("OPS-1: leaves and names what start did not make, and the folder can be started on again", async () => {
    const path = join(await makeFolder("reset"), "data");
    await used(path);
    await writeFile(join(path, "contract.pdf"), "signed");
    await mkdir(join(path, "photos"));
    await writeFile(join(path, "mail", "letter.txt"), "dear");
    await symlink("/etc", join(path, "link"));
    const kept = ["contract.pdf", "link", "mail", "photos"].map((name) => join(path, name));
    expect(await resetDataFolder(path, nothing)).toStrictEqual(kept);
    expect((await readdir(path)).toSorted()).toStrictEqual(["contract.pdf", "link", "mail", "photos", "wedsync.json"]);
    expect(await readdir(join(path, "mail"))).toStrictEqual(["letter.txt"]);
    expect(await readFile(join(path, "contract.pdf"), "utf8")).toBe("signed");
    const again = await openDataFolder(path);
    expect(await again.secret("master-key", () => "new")).toBe("new");
    expect(await again.marked("sample-loaded")).toBe(false);
  });

  it("OPS-1: does nothing where no folder is, and keeps all when the database is in use", async () => {
    const path = join(await makeFolder("reset"), "data");
    expect(await resetDataFolder(path, nothing)).toStrictEqual([]);
    await used(path);
    const before = await readdir(path);
    await expect(resetDataFolder(path, async () => await Promise.reject(new Error("in use")))).rejects.toThrow(
      "in use",
    );
    expect(await readdir(path)).toStrictEqual(before);
  });
});

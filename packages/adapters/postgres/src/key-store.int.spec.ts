// Personal data at rest: sealed per couple, unreadable after erasure, useless without the master key.
import { randomBytes } from "node:crypto";
import { createKeyStore, type KeyStore } from "./key-store.js";
import { assertMasterKey, parseMasterKey } from "./master-key.js";
import type { PostgresLog } from "./postgres-log.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("the key store", () => {
  let fixture: Fixture;
  let log: PostgresLog;
  let masterKey: Buffer;
  let keys: KeyStore;
  const couple = { names: "Anna & Ben", email: "anna@example.test" };
  beforeAll(async () => {
    fixture = await openFixture();
    log = fixture.open();
    masterKey = randomBytes(32);
    keys = createKeyStore({ pool: log.pool, schema: "wedsync", masterKey });
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("LOG-6: opens what it sealed, also from another process", async () => {
    const sealed = await keys.seal("vendor-1", "wedding-1", couple);
    expect(JSON.stringify(sealed)).not.toContain("anna");
    expect(await keys.open("vendor-1", "wedding-1", sealed)).toStrictEqual(couple);
    const other = createKeyStore({ pool: log.pool, schema: "wedsync", masterKey });
    expect(await other.open("vendor-1", "wedding-1", sealed)).toStrictEqual(couple);
  });

  it("LOG-6: one couple's key opens nothing of another's, and a changed byte is noticed", async () => {
    const sealed = await keys.seal("vendor-1", "wedding-1", couple);
    await keys.seal("vendor-1", "wedding-2", {});
    expect(await keys.open("vendor-1", "wedding-2", sealed)).toBeUndefined();
    const forged = { ...sealed, key: (await keys.seal("vendor-1", "wedding-2", {})).key };
    await expect(keys.open("vendor-1", "wedding-2", forged)).rejects.toThrow();
    const body = Buffer.from(sealed.body, "base64");
    body[0] = (body[0] ?? 0) ^ 1;
    await expect(keys.open("vendor-1", "wedding-1", { ...sealed, body: body.toString("base64") })).rejects.toThrow();
  });

  it("LOG-6: erasing the key makes the data unreadable for ever, and says whether there was one", async () => {
    const sealed = await keys.seal("vendor-1", "wedding-3", couple);
    expect(await keys.erase("vendor-1", "wedding-3")).toBe(true);
    expect(await keys.open("vendor-1", "wedding-3", sealed)).toBeUndefined();
    expect(await keys.erase("vendor-1", "wedding-3")).toBe(false);
    await keys.seal("vendor-1", "wedding-3", {});
    expect(await keys.open("vendor-1", "wedding-3", sealed)).toBeUndefined();
  });

  it("concurrent first uses agree on one key", async () => {
    const stores = Array.from({ length: 4 }, () => createKeyStore({ pool: log.pool, schema: "wedsync", masterKey }));
    const sealed = await Promise.all(stores.map(async (store) => await store.seal("vendor-1", "wedding-4", couple)));
    for (const value of sealed) expect(await keys.open("vendor-1", "wedding-4", value)).toStrictEqual(couple);
    expect(new Set(sealed.map((value) => value.key)).size).toBe(1);
  });

  it("prepares many couples at once, and each can be used", async () => {
    const pairs = Array.from({ length: 50 }, (_, index) => ({ vendor: "vendor-2", wedding: `w-${index}` }));
    await keys.prepare(pairs);
    for (const { vendor, wedding } of pairs)
      expect(await keys.open(vendor, wedding, await keys.seal(vendor, wedding, wedding))).toBe(wedding);
  });

  it("SCH-6: equal texts have equal digests within a couple, and tell nothing across couples", async () => {
    expect(await keys.digest("vendor-1", "wedding-1", "x")).toBe(await keys.digest("vendor-1", "wedding-1", "x"));
    expect(await keys.digest("vendor-1", "wedding-1", "x")).not.toBe(await keys.digest("vendor-1", "wedding-2", "x"));
  });

  it("LOG-6: another master key is refused at start, with a code and without the key", async () => {
    await expect(assertMasterKey(log.pool, "wedsync", masterKey)).resolves.toBeUndefined();
    await expect(assertMasterKey(log.pool, "wedsync", randomBytes(32))).rejects.toMatchObject({
      code: expect.stringMatching(/master_key/),
    });
    for (const text of ["", "short", randomBytes(31).toString("base64"), "not base64 at all!!"])
      expect(() => parseMasterKey(text)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/master_key/) }),
      );
  });
});

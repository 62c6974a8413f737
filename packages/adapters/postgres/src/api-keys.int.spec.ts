// Keys of callers: only their hash is stored, a revoked one is dead at once.
import { createApiKeys, type ApiKeys } from "./api-keys.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("API keys", () => {
  let fixture: Fixture;
  let keys: ApiKeys;
  beforeAll(async () => {
    fixture = await openFixture();
    keys = createApiKeys({ pool: fixture.open().pool, schema: "wedsync" });
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("SEC-1: an issued key is known by its secret, and the secret is nowhere in the database", async () => {
    const issued = await keys.issue("vendor", "vendor-1");
    expect(await keys.verify(issued.secret)).toMatchObject({ role: "vendor", vendor: "vendor-1" });
    const dump = JSON.stringify(await fixture.query("select * from wedsync.api_key"));
    expect(dump).not.toContain(issued.secret);
    expect(dump).not.toContain(Buffer.from(issued.secret).toString("hex"));
  });

  it.each(["", "nonsense", "wk_0000", "\u0000", "a".repeat(10_000)])(
    "SEC-1: an unknown key is nobody",
    async (secret) => {
      expect(await keys.verify(secret)).toBeUndefined();
    },
  );
});

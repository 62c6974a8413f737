import { holdGuardKey, parseScope, scopesOf, weddingGuardKey, weddingGuardValue } from "./scopes.js";
import { aWork } from "./testing/work.js";

describe("scopes", () => {
  it("SCH-10: a vendor, a wedding, a module, a market, a tier or everything", () => {
    expect(parseScope("platform")).toEqual({ kind: "platform" });
    expect(parseScope("vendor:lens-and-light")).toEqual({ kind: "vendor", id: "lens-and-light" });
    expect(parseScope("module:email")).toEqual({ kind: "module", id: "email" });
    expect(parseScope("market:uk")).toEqual({ kind: "market", id: "uk" });
    expect(parseScope("wedding:lens/smith.jones")).toEqual({ kind: "wedding", vendor: "lens", wedding: "smith.jones" });
    expect(parseScope("tier:low")).toEqual({ kind: "tier", tier: "low" });
  });

  it("anything else is no scope", () => {
    const bad = [
      "",
      "vendor",
      "vendor:",
      "vendor:a b",
      "wedding:a",
      "wedding:a/b/c",
      "wedding:/b",
      "tier:urgent",
      "region:eu",
      "platform:x",
      `vendor:${"x".repeat(129)}`,
    ];
    expect(bad.map(parseScope)).toEqual(bad.map(() => undefined));
  });

  it("SCH-10: work lies in its platform, vendor, wedding, module and market, and each of these can be read back", () => {
    const scopes = scopesOf(aWork());
    expect(scopes).toEqual([
      "platform",
      "vendor:lens-and-light",
      "wedding:lens-and-light/smith-jones",
      "module:email",
      "market:united-kingdom",
    ]);
    expect(scopes.map(parseScope)).not.toContain(undefined);
  });

  it("guards of scopes and weddings do not share names, and a cancelled wedding has another value", () => {
    expect([holdGuardKey("platform"), weddingGuardKey("w")]).toEqual(["hold:platform", "wedding:w"]);
    expect([weddingGuardValue(2, false), weddingGuardValue(2, true)]).toEqual(["2", "2/cancelled"]);
  });
});

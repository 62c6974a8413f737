import { createMemoryLog, type MemoryLog } from "@wedsync/event-log";
import { builtinDefinitions, createRegistry, type Registry, type Vendor } from "./index.js";

const meta = { source: "/test", correlationId: "c", actor: "system:test", region: "local" };
const hex = (text: string): string =>
  [...text]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join("")
    .padEnd(32, "0")
    .slice(-12);
let nextId = 0;
const ids = {
  event: () => `00000000-0000-7000-8000-${String((nextId += 1)).padStart(12, "0")}`,
  stream: (category: string, ...names: readonly string[]) =>
    `00000000-0000-5000-8000-${hex([category, ...names].join("/"))}`,
};
const makeLog = (): MemoryLog => createMemoryLog({ clock: { now: () => 1_000 } });
const over = (log: MemoryLog, handlers: ReadonlySet<string> = new Set(["email", "worker:gifts"])): Registry =>
  createRegistry({ log, clock: { now: () => 1_000 }, ids, handlers });
const [email] = builtinDefinitions;
const gifts = { ...email, type: "gift-list", title: "Gift list", handler: { kind: "worker", capability: "gifts" } };
const vendor: Vendor = {
  vendorId: "lens",
  type: "photographer",
  market: "united-kingdom",
  timeZone: "Europe/London",
  sealed: { key: "00000000-0000-7000-8000-000000000001", iv: "iv", tag: "tag", body: "body" },
  digest: "d1",
};

async function all(log: MemoryLog) {
  return log.read({ after: 0n, limit: 1_000 });
}

describe("the registry", () => {
  it("REG-1: seeding makes the seven types known, once, from every instance", async () => {
    const log = makeLog();
    const registry = over(log);
    expect(await registry.seedBuiltins(meta)).toEqual({ ok: true, changed: true, value: { registered: 7 } });
    expect(await registry.seedBuiltins(meta)).toMatchObject({ changed: false, value: { registered: 0 } });
    expect(await over(log).seedBuiltins(meta)).toMatchObject({ changed: false });
    expect(await log.head()).toBe(14n);
    expect(registry.list().map(({ type, active, runnable }) => [type, active, runnable])).toEqual(
      builtinDefinitions.map(({ type }) => [type, 1, type === "email"]),
    );
    expect(registry.definition("sms", 1)).toMatchObject({ type: "sms" });
    expect((await all(log)).every((event) => event.meta.time === 1_000)).toBe(true);
  });

  it("U1: a type without a handler in this build is active, and refused when asked for", async () => {
    const registry = over(makeLog());
    await registry.seedBuiltins(meta);
    expect(registry.active("sms")).toMatchObject({ version: 1 });
    expect(registry.checkRequest("sms")).toMatchObject({
      ok: false,
      refusal: { code: "handler_missing", handler: "sms" },
    });
    expect(registry.checkRequest("email")).toMatchObject({ ok: true, accepted: { type: "email", version: 1 } });
    expect(registry.checkRequest("nothing")).toMatchObject({ refusal: { code: "module_unknown" } });
  });

  it("REG-2: a request is checked against the active version before anything is queued", async () => {
    const registry = over(makeLog());
    await registry.seedBuiltins(meta);
    const request = { config: { subject: "From the journey" }, payload: { text: "Hello" } };
    expect(registry.checkRequest("email", request)).toMatchObject({
      ok: true,
      accepted: { version: 1, content: { subject: "From the journey", text: "Hello" } },
    });
    expect(registry.checkRequest("email", { payload: { text: 5 } })).toMatchObject({
      refusal: {
        code: "request_invalid",
        issues: expect.arrayContaining([{ path: "/payload/subject", rule: "required", valueType: "missing" }]),
      },
    });
  });

  it("REG-3: a new type is registered and activated at run time, and another instance sees it", async () => {
    const log = makeLog();
    const [first, second, third] = [over(log), over(log), over(log)];
    expect(await first.registerVersion(gifts, { meta })).toEqual({
      ok: true,
      changed: true,
      value: { type: "gift-list", version: 1 },
    });
    expect(first.active("gift-list")).toBeUndefined();
    expect(await second.activate("gift-list", 1, meta)).toMatchObject({
      ok: true,
      changed: true,
      value: { version: 1 },
    });
    expect(first.active("gift-list")).toBeUndefined();
    expect(await first.find("gift-list")).toMatchObject({ version: 1 });
    await third.refresh(["gift-list"]);
    expect(third.active("gift-list")).toMatchObject({ version: 1 });
  });

  it("REG-3: memory follows the log by its events, in order, once, and says when it missed some", async () => {
    const log = makeLog();
    const writer = over(log);
    await writer.seedBuiltins(meta);
    await writer.registerVersion(gifts, { meta });
    await writer.activate("gift-list", 1, meta);
    await writer.putVendor(vendor, meta);
    const events = await all(log);
    const reader = over(log);
    expect(new Set(events.map((event) => reader.apply(event)))).toEqual(new Set(["applied", "ignored"]));
    expect(reader.list()).toEqual(writer.list());
    expect(new Set(events.map((event) => reader.apply(event)))).toEqual(new Set(["ignored"]));
    const late = over(log);
    const activation = events.find((event) => event.type === "ModuleVersionActivated");
    expect(activation === undefined ? "" : late.apply(activation)).toBe("behind");
    await late.refresh();
    expect(late.active("email")).toMatchObject({ version: 1 });
  });

  it("REG-3: refusals name what is wrong and write nothing", async () => {
    const log = makeLog();
    const registry = over(log, new Set());
    expect(await registry.registerVersion({ type: "x" }, { meta })).toMatchObject({
      ok: false,
      refusal: { code: "definition_invalid" },
    });
    expect(await registry.registerVersion(null, { meta })).toMatchObject({ refusal: { code: "definition_invalid" } });
    expect(await registry.registerVersion(gifts, { meta })).toMatchObject({ refusal: { code: "handler_missing" } });
    expect(await registry.activate("nothing", 1, meta)).toMatchObject({ refusal: { code: "version_unknown" } });
    expect(await log.head()).toBe(0n);
  });

  it("REG-3: two instances that register at once make two versions, not one", async () => {
    const log = makeLog();
    const outcomes = await Promise.all(
      ["Gifts", "Presents", "Gifts"].map((title) => over(log).registerVersion({ ...gifts, title }, { meta })),
    );
    const versions = outcomes.map((outcome) => (outcome.ok ? outcome.value.version : 0));
    expect(new Set(versions)).toEqual(
      new Set(Array.from({ length: Number(await log.head()) }, (_, index) => index + 1)),
    );
  });

  it("a vendor is registered, changed and left alone", async () => {
    const log = makeLog();
    const registry = over(log);
    expect(await registry.putVendor(vendor, meta)).toMatchObject({ ok: true, changed: true });
    expect(await registry.putVendor({ ...vendor, sealed: { ...vendor.sealed, body: "anew" } }, meta)).toMatchObject({
      changed: false,
    });
    expect(await registry.putVendor({ ...vendor, type: "venue" }, meta)).toMatchObject({ changed: true });
    expect(await registry.putVendor({ ...vendor, timeZone: "Europe/Atlantis" }, meta)).toMatchObject({
      refusal: { code: "time_zone_unknown" },
    });
    expect((await all(log)).map(({ type }) => type)).toEqual(["VendorRegistered", "VendorChanged"]);
    expect(await over(log).vendor("lens")).toMatchObject({ type: "venue" });
    expect(await over(log).vendor("nobody")).toBeUndefined();
  });
});

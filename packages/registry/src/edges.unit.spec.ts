// What happens at the edges: another build's events, logs that refuse, values that are not JSON.
import { createMemoryLog } from "@wedsync/event-log";
import {
  builtinDefinitions,
  createRegistry,
  effectivePayload,
  handlerName,
  validateConfig,
  validateRequest,
  type Registry,
} from "./index.js";
import { checkJsonLimits } from "./json-limits.js";

const meta = { source: "/test", correlationId: "c", actor: "system:test", region: "local" };
const [email] = builtinDefinitions;
if (email === undefined) throw new Error("No e-mail.");
const stream = "00000000-0000-5000-8000-000000000001";
let number = 0;
const event = (): string => `00000000-0000-7000-8000-${String((number += 1)).padStart(12, "0")}`;

function make(): { readonly log: ReturnType<typeof createMemoryLog>; readonly registry: Registry } {
  const clock = { now: () => 1_000 };
  const log = createMemoryLog({ clock });
  const registry = createRegistry({ log, clock, ids: { event, stream: () => stream }, handlers: new Set(["email"]) });
  return { log, registry };
}

describe("a registry beside others", () => {
  it("SCENARIOS 15: a stream that a newer build wrote is refused as unreadable, and not guessed at", async () => {
    const { log, registry } = make();
    await log.append({
      class: "control",
      meta: { ...meta, time: 1 },
      streams: [
        {
          category: "module",
          stream,
          expectedVersion: 0,
          events: [{ id: event(), type: "ModuleVersionRegistered", schemaVersion: 99, data: {} }],
        },
      ],
    });
    const refused = { ok: false, refusal: { code: "unreadable", cause: { code: "newer_than_known" } } };
    expect(await registry.activate("email", 1, meta)).toMatchObject(refused);
    expect(await registry.registerVersion(email, { meta })).toMatchObject(refused);
    expect(await registry.seedBuiltins(meta)).toMatchObject(refused);
    const [first] = await log.read({ after: 0n, limit: 1 });
    expect(first === undefined ? "" : registry.apply(first)).toBe("unreadable");
    expect(await registry.find("email")).toBeUndefined();
    expect(registry.list()).toEqual([]);
  });

  it("a log that cannot store an event says so, and the vendor is not registered", async () => {
    const { registry } = make();
    const sealed = { key: stream, iv: "iv", tag: "tag", body: "\u0000" };
    const vendor = {
      vendorId: "lens",
      type: "photographer" as const,
      market: "united-kingdom",
      timeZone: "Europe/London",
      sealed,
      digest: "d1",
    };
    expect(await registry.putVendor(vendor, meta)).toMatchObject({
      ok: false,
      refusal: { code: "append_refused", cause: { ok: false } },
    });
    expect(await registry.vendor("lens")).toBeUndefined();
  });

  it("U1: a handler is named after what runs it", () => {
    expect([
      handlerName({ kind: "builtin", name: "email" }),
      handlerName({ kind: "http", url: "https://example.test/hook", secretRef: "s" } as never),
      handlerName({ kind: "worker", capability: "gifts" }),
    ]).toEqual(["email", "http", "worker:gifts"]);
  });
});

describe("what a request carries", () => {
  it("REG-2: the configuration is checked by itself, and lends only what the payload schema names", () => {
    expect(validateConfig(email, {}).ok).toBe(true);
    expect(validateConfig(email, "text")).toMatchObject({ ok: false, issues: [{ path: "", rule: "type" }] });
    expect(effectivePayload(email, { subject: "a", other: "b" }, { text: "c" })).toEqual({ subject: "a", text: "c" });
    expect(effectivePayload({ payloadSchema: {} }, { subject: "a" }, { text: "c" })).toEqual({ text: "c" });
  });

  it("REG-2: neither part may be anything but an object, whatever its schema lets through", () => {
    const open = { configSchema: {}, payloadSchema: {} };
    expect(validateRequest(open, { config: [1] })).toEqual({
      ok: false,
      issues: [{ path: "/config", rule: "type", valueType: "array" }],
    });
    expect(validateRequest(open, { payload: 7 })).toEqual({
      ok: false,
      issues: [{ path: "/payload", rule: "type", valueType: "number" }],
    });
    expect(validateRequest(open, {})).toEqual({ ok: true, content: {} });
  });

  it("U26: size counts bytes, depth counts nesting, and what is not JSON is none", () => {
    const ruleOf = (value: unknown, bytes = 1_000) => checkJsonLimits(value, bytes)?.rule;
    expect(ruleOf("é".repeat(400))).toBeUndefined();
    expect(ruleOf("é".repeat(500))).toBe("size");
    expect(ruleOf("中".repeat(400))).toBe("size");
    expect(ruleOf([1, 2, 3], 5)).toBe("size");
    expect(ruleOf({ a: undefined, b: 1 })).toBeUndefined();
    expect([ruleOf(Number.NaN), ruleOf(() => 1), ruleOf(undefined), ruleOf(1n)]).toEqual([
      "json",
      "json",
      "json",
      "json",
    ]);
    let deep: unknown = 1;
    for (let level = 0; level < 17; level += 1) deep = [deep];
    expect(ruleOf(deep)).toBe("depth");
    expect([ruleOf("\u0000"), ruleOf({ "\ud800": 1 })]).toEqual(["text", "text"]);
  });
});

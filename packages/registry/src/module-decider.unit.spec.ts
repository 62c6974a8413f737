import type { ModuleDefinition, ModuleEvent } from "@wedsync/contracts/registry";
import { fold } from "@wedsync/event-log";
import { builtinDefinitions, moduleDecider, type ModuleCommand, type ModuleState } from "./index.js";

const [email] = builtinDefinitions;
if (email === undefined) throw new Error("No e-mail.");
const custom: ModuleDefinition = { ...email, type: "gift-list", handler: { kind: "worker", capability: "gifts" } };
const handlers = new Set(["email", "worker:gifts"]);
const register = (definition: unknown, more: object = {}): ModuleCommand => ({
  kind: "register",
  definition,
  handlers,
  ...more,
});
const narrower: ModuleDefinition = {
  ...custom,
  payloadSchema: { ...custom.payloadSchema, required: ["subject", "text", "html"] },
};
const wider: ModuleDefinition = { ...custom, payloadSchema: { ...custom.payloadSchema, required: ["subject"] } };

function given(...commands: readonly ModuleCommand[]): ModuleState {
  let state = moduleDecider.initialState;
  for (const command of commands) {
    const decision = moduleDecider.decide(command, state);
    if (!decision.ok) throw new Error(`Refused: ${decision.refusal.code}`);
    state = fold(moduleDecider, decision.events, state);
  }
  return state;
}
const decide = (command: ModuleCommand, state: ModuleState = moduleDecider.initialState) =>
  moduleDecider.decide(command, state);
const types = (events: readonly ModuleEvent[]): readonly string[] => events.map(({ type }) => type);

describe("module types", () => {
  it("REG-3: the first version is registered, and active only when somebody says so", () => {
    expect(decide(register(custom))).toEqual({
      ok: true,
      events: [{ type: "ModuleVersionRegistered", data: { version: 1, definition: custom } }],
    });
    expect(given(register(custom))).toEqual({ type: "gift-list", versions: [custom] });
    expect(given(register(custom), { kind: "activate", version: 1, handlers })).toMatchObject({ active: 1 });
  });

  it("REG-3: the same definition again is no new version, whatever the order of its keys", () => {
    const shuffled = Object.fromEntries(Object.entries(custom).toReversed());
    expect(decide(register(shuffled), given(register(custom)))).toEqual({ ok: true, events: [] });
  });

  it("REG-3: a change that may refuse accepted requests is refused with its list", () => {
    expect(decide(register(narrower), given(register(custom)))).toMatchObject({
      ok: false,
      refusal: {
        code: "incompatible",
        changes: [{ kind: "breaking", path: "/payloadSchema/required/html", rule: "property_required" }],
      },
    });
    expect(decide(register(wider), given(register(custom)))).toMatchObject({ ok: true });
  });

  it("REG-3: it can be forced with a reason, which is recorded", () => {
    const forced = decide(register(narrower, { force: { reason: "Nobody uses it yet." } }), given(register(custom)));
    expect(forced).toMatchObject({ ok: true, events: [{ data: { version: 2, forcedReason: "Nobody uses it yet." } }] });
    const needless = decide(register(wider, { force: { reason: "To be sure." } }), given(register(custom)));
    expect(needless.ok && needless.events[0]?.data).not.toHaveProperty("forcedReason");
  });

  it("REG-3: the version in use is what counts, not the newest", () => {
    const state = given(
      register(custom),
      { kind: "activate", version: 1, handlers },
      register(narrower, { force: { reason: "x" } }),
    );
    expect(decide(register(wider), state)).toMatchObject({ ok: true, events: [{ data: { version: 3 } }] });
  });

  it("SCH-14: without a handler in this build a type is neither registered nor activated", () => {
    const none = new Set<string>();
    expect(decide({ ...register(custom), handlers: none } as ModuleCommand)).toMatchObject({
      ok: false,
      refusal: { code: "handler_missing", handler: "worker:gifts", path: "/handler" },
    });
    expect(decide({ kind: "activate", version: 1, handlers: none }, given(register(custom)))).toMatchObject({
      refusal: { code: "handler_missing", path: "/version" },
    });
  });

  it("REG-4: earlier versions stay as they were", () => {
    expect(given(register(custom), register(wider)).versions).toEqual([custom, wider]);
  });

  it("REG-2: a definition that is not one is refused with places and rules", () => {
    expect(decide(register({ ...custom, retry: 3 }))).toMatchObject({
      refusal: { code: "definition_invalid", issues: [{ path: "/retry", rule: "invalid_type", valueType: "number" }] },
    });
    expect(decide(register({ ...custom, type: "other" }), given(register(custom)))).toMatchObject({
      refusal: { code: "type_mismatch", path: "/type" },
    });
    expect(decide({ kind: "activate", version: 9, handlers }, given(register(custom)))).toMatchObject({
      refusal: { code: "version_unknown", version: 9, path: "/version" },
    });
  });

  it("U1: a built-in type exists and is active even when this build cannot run it", () => {
    const seed: ModuleCommand = { kind: "seed", definition: email };
    const first = decide(seed);
    expect(first.ok && types(first.events)).toEqual(["ModuleVersionRegistered", "ModuleVersionActivated"]);
    expect(decide(seed, given(seed))).toEqual({ ok: true, events: [] });
  });

  it("REG-3: a newer build brings its definition along without taking over", () => {
    const newer: ModuleCommand = { kind: "seed", definition: { ...email, title: "Mail" } };
    const state = given({ kind: "seed", definition: email });
    const decision = decide(newer, state);
    expect(decision.ok && types(decision.events)).toEqual(["ModuleVersionRegistered"]);
    expect(decide({ kind: "seed", definition: email }, given({ kind: "seed", definition: email }, newer))).toEqual({
      ok: true,
      events: [],
    });
  });
});

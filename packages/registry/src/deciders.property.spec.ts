import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { createCodec } from "@wedsync/contracts";
import { moduleEvents, vendorEvents } from "@wedsync/contracts/registry";
import { fold } from "@wedsync/event-log";
import * as fc from "fast-check";
import { builtinDefinitions, moduleDecider, vendorDecider, type ModuleCommand, type Vendor } from "./index.js";

const [email] = builtinDefinitions;
if (email === undefined) throw new Error("No e-mail.");
const variant = (title: string, required: readonly string[]): ModuleDefinition => ({
  ...email,
  title,
  payloadSchema: { ...email.payloadSchema, required: [...required] },
});
const variants = [
  variant("a", ["subject"]),
  variant("b", ["subject", "text"]),
  variant("c", ["subject", "text", "html"]),
];
const handlers = fc.constantFrom(new Set(["email"]), new Set<string>());
const command: fc.Arbitrary<ModuleCommand> = fc.oneof(
  fc.record({
    kind: fc.constant("register" as const),
    definition: fc.oneof(fc.constantFrom(...variants), fc.anything()),
    handlers,
  }),
  fc.record({
    kind: fc.constant("register" as const),
    definition: fc.constantFrom(...variants),
    handlers,
    force: fc.record({ reason: fc.string({ maxLength: 600 }) }),
  }),
  fc.record({ kind: fc.constant("activate" as const), version: fc.integer({ min: -1, max: 5 }), handlers }),
  fc.record({ kind: fc.constant("seed" as const), definition: fc.constantFrom(...variants) }),
);

const vendor: fc.Arbitrary<Vendor> = fc.record({
  vendorId: fc.constantFrom("a", "b"),
  type: fc.constantFrom("photographer", "venue", "florist", "caterer", "other"),
  market: fc.constantFrom("united-kingdom", "oceania"),
  timeZone: fc.constantFrom("Europe/London", "Pacific/Auckland"),
  sealed: fc.record({ key: fc.uuid(), iv: fc.constant("iv"), tag: fc.constant("tag"), body: fc.string() }),
  digest: fc.constantFrom("d1", "d2"),
});

describe("the deciders of the registry", () => {
  it("a repeated command yields no events, versions have no holes, the active one exists, and every event can be read back", () => {
    const codec = createCodec(moduleEvents);
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        let state = moduleDecider.initialState;
        for (const each of commands) {
          const decision = moduleDecider.decide(each, state);
          if (!decision.ok) continue;
          for (const event of decision.events) {
            expect(codec.decode(codec.encode(event))).toEqual({ ok: true, event });
            if (event.type === "ModuleVersionRegistered") expect(event.data.version).toBe(state.versions.length + 1);
          }
          state = fold(moduleDecider, decision.events, state);
          expect(moduleDecider.decide(each, state)).toEqual({ ok: true, events: [] });
          if (state.active !== undefined) expect(state.versions[state.active - 1]).toBeDefined();
        }
      }),
    );
  });

  it("putting a vendor again changes nothing, although it is sealed anew", () => {
    const codec = createCodec(vendorEvents);
    fc.assert(
      fc.property(fc.array(vendor, { minLength: 1, maxLength: 8 }), (vendors) => {
        let state = vendorDecider.initialState;
        for (const each of vendors) {
          const decision = vendorDecider.decide({ kind: "put", vendor: each }, state);
          if (!decision.ok) {
            expect(state.vendor?.vendorId).not.toBe(each.vendorId);
            continue;
          }
          for (const event of decision.events) expect(codec.decode(codec.encode(event))).toEqual({ ok: true, event });
          state = fold(vendorDecider, decision.events, state);
          const again = { ...each, sealed: { ...each.sealed, body: "sealed anew" } };
          expect(vendorDecider.decide({ kind: "put", vendor: again }, state)).toEqual({ ok: true, events: [] });
          expect(vendorDecider.decide({ kind: "put", vendor: { ...each, digest: "other" } }, state)).toMatchObject({
            ok: true,
            events: [{ type: "VendorChanged" }],
          });
        }
      }),
    );
  });
});

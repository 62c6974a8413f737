import { z } from "zod";
import { createCodec } from "./codec.js";
import { defineEvent } from "./definition.js";
import { platformEvents } from "./platform/index.js";
import { dispatchEvents } from "./scheduler/index.js";

const canary = "ada.canary@example.test";

// Version 1: {name}; version 2: {title}; version 3: {title, copies}.
const printed = defineEvent({
  type: "InvitationPrinted",
  version: 3,
  summary: "Invitations were printed.",
  schema: z.strictObject({ title: z.string(), copies: z.int().min(1) }),
  example: { title: "June", copies: 80 },
  upcasters: [
    ({ name = "" }) => ({ title: name }),
    (data) => {
      if (typeof data["title"] !== "string") throw new Error(`no title in ${JSON.stringify(data)}`);
      return { ...data, copies: 1 };
    },
  ],
});
const codec = createCodec([printed]);
const decode = (schemaVersion: number, data: Parameters<typeof codec.decode>[0]["data"], type = "InvitationPrinted") =>
  codec.decode({ type, schemaVersion, data });

describe("the codec", () => {
  it("LOG-1: writes the newest version and reads it back", () => {
    const event = { type: "InvitationPrinted", data: { title: "June", copies: 80 } } as const;
    const encoded = codec.encode(event);
    expect(encoded).toEqual({ ...event, schemaVersion: 3 });
    expect(codec.decode(encoded)).toEqual({ ok: true, event });
  });

  it("LOG-5: lifts each older version step by step to the newest", () => {
    const event = { type: "InvitationPrinted", data: { title: "June", copies: 1 } };
    expect(decode(1, { name: "June" })).toEqual({ ok: true, event });
    expect(decode(2, { title: "June" })).toEqual({ ok: true, event });
  });

  it("LOG-8: holds a version that is newer than this build instead of calling it broken", () => {
    expect(decode(4, { anything: true })).toMatchObject({ ok: false, code: "newer_than_known", schemaVersion: 4 });
  });

  it("LOG-1: refuses to write a type that it does not know, instead of guessing its version", () => {
    const foreign = { type: "ApiKeyRevoked", data: {} };
    expect(() => codec.encode(foreign as never)).toThrow("ApiKeyRevoked is not among the events of this codec.");
  });

  it("names a type of another context as unknown", () => {
    expect(decode(1, {}, "CakeBaked")).toMatchObject({ ok: false, code: "unknown_type", type: "CakeBaked" });
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses the schema version %p before any upcaster sees it", (schemaVersion) => {
    expect(decode(schemaVersion, { title: "June" })).toMatchObject({ ok: false, code: "invalid" });
  });

  it("LOG-6: an upcaster that throws is a decoding failure without the data it quoted", () => {
    const failure = decode(2, { title: [canary] });
    expect(failure).toMatchObject({ ok: false, code: "invalid", schemaVersion: 2 });
    expect(JSON.stringify(failure)).not.toContain(canary);
  });

  it("LOG-6: a bad field is named by its path and rule, never by its value", () => {
    expect(decode(3, { title: "June", copies: canary })).toMatchObject({
      code: "invalid",
      message: "InvitationPrinted/copies: invalid_type",
    });
  });

  it("LOG-6: a key that the schema does not know is not repeated, neither unknown nor in a map", () => {
    const keys = createCodec(platformEvents);
    const unknown = keys.decode({
      type: "ApiKeyRevoked",
      schemaVersion: 1,
      data: { keyId: "0198f3a0-0000-7000-8000-00000000000c", [canary]: 1 },
    });
    expect(unknown).toMatchObject({ ok: false, message: "ApiKeyRevoked: unrecognized_keys" });

    const [{ example }] = dispatchEvents;
    const inMap = createCodec(dispatchEvents).decode({
      type: "DispatchPolicyActivated",
      schemaVersion: 1,
      data: { policy: { ...example.policy, vendorWeights: { [canary]: -1 } } },
    });
    expect(inMap).toMatchObject({ ok: false, message: "DispatchPolicyActivated/policy/vendorWeights/*: too_small" });
  });
});

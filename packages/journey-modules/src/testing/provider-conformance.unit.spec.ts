import { createNoopProvider, noopModule, providerConformance, type NoopMessage } from "./index.js";

providerConformance<NoopMessage>(
  { describe, it, expect },
  {
    name: "noop",
    abortController: () => new AbortController(),
    start: async (behaviour) => {
      const provider = createNoopProvider({ behaviour: () => behaviour });
      return {
        provider,
        message: { executionId: "canary" },
        personal: ["canary"],
        hung: () => Promise.resolve(),
        delivered: () => provider.accepted,
        stop: async () => undefined,
      };
    },
  },
);

describe("the module that does nothing", () => {
  it("has an effect that says which execution it is", () => {
    const input = {
      executionId: "e",
      content: {},
      vendor: { name: "V" },
      couple: { names: "N", email: "c@example.test" },
      wedding: { date: "2026-06-20", zone: "UTC" },
      from: { address: "f@example.test" },
    };
    expect(noopModule.render(input)).toEqual({ ok: true, effect: { channel: "noop", message: { executionId: "e" } } });
  });
});

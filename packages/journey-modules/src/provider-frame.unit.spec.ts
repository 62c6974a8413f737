import { framedProvider, type DeliveryOutcome } from "./index.js";

const options = { key: "k", signal: new AbortController().signal };

describe("a provider's end", () => {
  it("waits for what is under way, refuses what comes later, and lets go once", async () => {
    const { promise, resolve } = Promise.withResolvers<DeliveryOutcome>();
    const events: string[] = [];
    const provider = framedProvider<string>({
      name: "post",
      effect: "plain",
      closedCode: "post_closed",
      deliver: async (message) => {
        events.push(message);
        return await promise;
      },
      release: () => void events.push("released"),
    });
    const first = provider.deliver("first", options);
    const closed = Promise.all([provider.close(), provider.close()]);
    expect(await provider.deliver("late", options)).toStrictEqual({ kind: "not_sent", code: "post_closed" });
    expect(events).toStrictEqual(["first"]);
    resolve({ kind: "accepted" });
    await closed;
    expect(await first).toStrictEqual({ kind: "accepted" });
    expect(events).toStrictEqual(["first", "released"]);
    expect([provider.name, provider.effect]).toStrictEqual(["post", "plain"]);
  });
});

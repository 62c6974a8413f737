import { randomUUID } from "node:crypto";
import { createMemoryProjectionStore } from "./memory-projection-store.js";
import { describeProjectionStore } from "./testing/index.js";

describeProjectionStore(
  { describe, it, expect },
  {
    name: "the memory store",
    newId: randomUUID,
    create: async () => {
      const store = createMemoryProjectionStore();
      return {
        store,
        put: async (transaction, key, value) => transaction.put("scratch", key, { value }),
        get: async (key) => {
          const value = store.get("scratch", key)?.["value"];
          return value === undefined ? undefined : Number(value);
        },
      };
    },
  },
);

describe("rows of the memory store", () => {
  const start = { epoch: 0, position: 0n, generation: 1 };
  const next = { epoch: 1, position: 1n, generation: 1 };

  it("a transaction reads its own writes, the newest first, over what is committed", async () => {
    const store = createMemoryProjectionStore();
    await store.commit("p", start, next, [], async (rows) => {
      rows.put("t", "kept", { n: 1 });
      rows.put("t", "gone", { n: 1 });
    });
    const seen: unknown[] = [];
    await store.commit("p", next, { ...next, position: 2n }, [], async (rows) => {
      seen.push(rows.get("t", "kept"), rows.get("t", "never"));
      rows.put("t", "kept", { n: 2 });
      rows.delete("t", "gone");
      rows.delete("other", "never");
      seen.push(rows.get("t", "kept"), rows.get("t", "gone"), store.get("t", "gone"));
    });
    expect(seen).toEqual([{ n: 1 }, undefined, { n: 2 }, undefined, { n: 1 }]);
    expect([...store.rows("t")]).toEqual([["kept", { n: 2 }]]);
    expect([store.rows("other").size, store.rows("unknown").size]).toEqual([0, 0]);
  });

  it("tables are apart, rows come by key, and what is changed after the commit stays outside", async () => {
    const store = createMemoryProjectionStore();
    const row = { list: ["before"] };
    await store.commit("p", start, next, [], async (rows) => {
      for (const key of ["b", "a", "c"]) rows.put("t", key, row);
      rows.put("u", "a", { n: 1 });
    });
    row.list.push("after");
    expect([...store.rows("t").keys()]).toEqual(["a", "b", "c"]);
    expect([store.get("t", "a"), store.get("u", "a")]).toEqual([{ list: ["before"] }, { n: 1 }]);
  });

  it("a commit waits for the one before it, also when that one fails", async () => {
    const store = createMemoryProjectionStore();
    const order: string[] = [];
    const slow = store.commit("p", start, next, [], async (rows) => {
      rows.put("t", "a", { n: 1 });
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      order.push("slow");
      throw new Error("failed");
    });
    const quick = store.commit("q", start, next, [], async (rows) => {
      order.push(`quick sees ${rows.get("t", "a") === undefined ? "nothing" : "a row"}`);
    });
    await expect(slow).rejects.toThrow("failed");
    expect([await quick, ...order]).toEqual(["committed", "slow", "quick sees nothing"]);
  });
});

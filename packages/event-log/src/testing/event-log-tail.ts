// Part of the log suite: following the log. A test that waits for an event that never comes ends by the runner's time limit.
import type { RecordedEvent } from "../envelope.js";
import type { EventLog } from "../log.js";
import type { Bench } from "./log-under-test.js";

export function tailTests<Log extends EventLog>({ suite, facts, expect, it }: Bench<Log>): void {
  const { fact, newId, request } = facts;
  const one = () => request(newId(), 0, [fact("A")]);

  it("a tail first gives what is there, in batches of at most the given size, equal to what is read", async (log) => {
    const base = await log.head();
    await log.append(request(newId(), 0, [fact("A", { n: 1 }), fact("B"), { ...fact("C"), subject: "part-1" }]));
    await log.append(request(newId(), 0, [fact("D"), fact("E")]));
    const controller = new AbortController();
    const seen: RecordedEvent[] = [];
    for await (const batch of log.tail({ after: base, batch: 2, signal: controller.signal })) {
      expect(batch.length > 0 && batch.length <= 2).toEqual(true);
      seen.push(...batch);
      if (seen.length === 5) controller.abort();
    }
    expect(seen).toStrictEqual(await log.read({ after: base, limit: 10 }));
  });

  it("INVARIANTS 8: a tail that waits sees each event once and in order while writers go on", async (log) => {
    const base = await log.head();
    const controller = new AbortController();
    const seen: bigint[] = [];
    const reader = (async () => {
      for await (const batch of log.tail({ after: base, batch: 7, signal: controller.signal })) {
        seen.push(...batch.map((event) => event.position));
        if (seen.length >= 60) controller.abort();
      }
    })();
    await log.append(one());
    await Promise.all(Array.from({ length: 29 }, async () => await log.append(one())));
    for (let index = 0; index < 30; index += 1) await log.append(one());
    await reader;
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => base + BigInt(index) + 1n));
  });

  it("a waiting tail ends when its signal aborts, and two tails do not disturb each other", async (log) => {
    const base = await log.head();
    const [first, second] = [new AbortController(), new AbortController()];
    const follow = async (signal: AbortSignal, limit: number) => {
      const seen: string[] = [];
      for await (const batch of log.tail({ after: base, signal })) {
        seen.push(...batch.map((event) => event.type));
        if (seen.length >= limit) break;
      }
      return seen;
    };
    const [ended, going] = [follow(first.signal, 99), follow(second.signal, 1)];
    await log.read({ after: base, limit: 1 });
    first.abort();
    expect(await ended).toEqual([]);
    await log.append(one());
    expect(await going).toEqual(["A"]);
  });

  it("a tail whose signal has aborted before gives nothing", async (log) => {
    await log.append(one());
    const controller = new AbortController();
    controller.abort();
    let batches = 0;
    for await (const batch of log.tail({ after: 0n, signal: controller.signal })) batches += batch.length;
    expect(batches).toEqual(0);
  });

  const { openAnother } = suite;
  if (openAnother !== undefined) {
    it("INVARIANTS 8: a tail follows the writers of another opening", async (log) => {
      const other = await openAnother(log);
      try {
        const base = await log.head();
        const controller = new AbortController();
        const seen: bigint[] = [];
        const reader = (async () => {
          for await (const batch of log.tail({ after: base, signal: controller.signal })) {
            seen.push(...batch.map((event) => event.position));
            if (seen.length >= 10) controller.abort();
          }
        })();
        for (let index = 0; index < 10; index += 1) await (index % 2 === 0 ? other.log : log).append(one());
        await reader;
        expect(seen).toEqual(Array.from({ length: 10 }, (_, index) => base + BigInt(index) + 1n));
      } finally {
        await other.close?.();
      }
    });
  }
}

// Part of the log suite: reading by position and by stream.
import type { EventLog } from "../log.js";
import { factCategory } from "./facts.js";
import type { Bench } from "./log-under-test.js";

export function readingTests<Log extends EventLog>({ facts, expect, it }: Bench<Log>): void {
  const { fact, newId, request } = facts;

  it("LOG-2: reading page by page gives every event once, in order", async (log) => {
    const base = await log.head();
    const types = Array.from({ length: 11 }, (_, index) => `T${index}`);
    for (const type of types) await log.append(request(newId(), 0, [fact(type)]));
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let after = base; ;) {
      const page = await log.read({ after, limit: 4 });
      sizes.push(page.length);
      const end = page.at(-1);
      if (end === undefined) break;
      seen.push(...page.map((event) => event.type));
      after = end.position;
    }
    expect(seen).toEqual(types);
    expect(sizes).toEqual([4, 4, 3, 0]);
  });

  it("the beginning is position 1, and nothing is read beyond the head", async (log) => {
    await log.append(request(newId(), 0, [fact("A")]));
    const head = await log.head();
    expect((await log.read({ after: 0n, limit: 1 })).map((event) => event.position)).toEqual([1n]);
    expect((await log.read({ after: head - 1n, limit: 10_000 })).map((event) => event.position)).toEqual([head]);
    expect(await log.read({ after: head, limit: 10 })).toEqual([]);
    expect(await log.read({ after: head + 1_000n, limit: 10 })).toEqual([]);
  });

  it("a stream is read from any of its versions on", async (log) => {
    const stream = newId();
    await log.append(request(stream, 0, [fact("A"), fact("B")]));
    await log.append(request(newId(), 0, [fact("Other")]));
    await log.append(request(stream, 2, [fact("C")]));
    const from = async (version?: number) =>
      (await log.readStream(factCategory, stream, version)).map((event) => `${event.type}${event.streamVersion}`);
    expect(await from()).toEqual(["A1", "B2", "C3"]);
    expect(await from(1)).toEqual(["A1", "B2", "C3"]);
    expect(await from(3)).toEqual(["C3"]);
    expect(await from(4)).toEqual([]);
  });

  it("a stream that does not exist, or not in that category, is empty", async (log) => {
    const stream = newId();
    await log.append(request(stream, 0, [fact("A")]));
    expect(await log.readStream(factCategory, newId())).toEqual([]);
    expect(await log.readStream("other", stream)).toEqual([]);
  });

  it("a stream and the log hold the same events", async (log) => {
    const base = await log.head();
    const stream = newId();
    await log.append(request(stream, 0, [fact("A", { n: 1 }), { ...fact("B", { n: 2 }), subject: "part-1" }]));
    expect(await log.readStream(factCategory, stream)).toStrictEqual(await log.read({ after: base, limit: 10 }));
  });
}

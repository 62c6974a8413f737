// Part of the log suite: what is written, where it goes, and that an append is all or nothing.
import type { AppendResult } from "../append-result.js";
import type { Row } from "../inline-projection.js";
import type { EventLog } from "../log.js";
import { factCategory, factMeta } from "./facts.js";
import type { Bench } from "./log-under-test.js";

const count = (result: AppendResult): number =>
  result.ok ? Number(result.lastPosition - result.firstPosition) + 1 : 0;

export function appendingTests<Log extends EventLog>({ suite, facts, expect, it }: Bench<Log>): void {
  const { fact, newId, request } = facts;

  it("LOG-1: an event comes back as it was written, with its place, its time and its metadata", async (log) => {
    const base = await log.head();
    const stream = newId();
    const written = {
      ...fact("Noted", { text: "zażółć 😀", list: [1, -2.5, null, true, { a: "" }] }),
      subject: "part-1",
    };
    const result = await log.append(request(stream, 0, [written]));
    const [event, ...more] = await log.readStream(factCategory, stream);
    expect(more).toEqual([]);
    const recordedAt = result.ok ? result.recordedAt : undefined;
    expect(result).toStrictEqual({ ok: true, firstPosition: base + 1n, lastPosition: base + 1n, recordedAt });
    const { epoch, ...rest } = event ?? { epoch: 0 };
    expect(Number.isSafeInteger(epoch) && epoch >= 1).toEqual(true);
    expect(rest).toStrictEqual({
      ...written,
      category: factCategory,
      stream,
      streamVersion: 1,
      position: base + 1n,
      recordedAt,
      meta: factMeta,
    });
  });

  it("INVARIANTS 1 and 2: positions and versions have no holes, in the order of streams and events", async (log) => {
    const base = await log.head();
    const [one, other] = [newId(), newId()];
    await log.append(request(one, 0, [fact("A")]));
    const result = await log.append({
      ...request(one, 1, [fact("B"), fact("C")]),
      streams: [
        { category: factCategory, stream: one, expectedVersion: 1, events: [fact("B"), fact("C")] },
        { category: factCategory, stream: other, expectedVersion: 0, events: [fact("D")] },
      ],
    });
    expect(count(result)).toEqual(3);
    const events = await log.read({ after: base, limit: 10 });
    expect(events.map(({ type, stream, streamVersion, position }) => [type, stream, streamVersion, position])).toEqual([
      ["A", one, 1, base + 1n],
      ["B", one, 2, base + 2n],
      ["C", one, 3, base + 3n],
      ["D", other, 1, base + 4n],
    ]);
    expect(await log.head()).toEqual(base + 4n);
  });

  it("INVARIANTS 3: recordedAt never decreases, whatever the writers say the time is", async (log) => {
    const base = await log.head();
    for (const time of [3_000_000_000_000, 5, 1_000]) {
      await log.append(request(newId(), 0, [fact("A")], { meta: { ...factMeta, time } }));
    }
    const times = (await log.read({ after: base, limit: 10 })).map((event) => event.recordedAt);
    expect(times.length).toEqual(3);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it("LOG-2: of many writers with the same expected version one wins, the others learn the actual version", async (log) => {
    const stream = newId();
    const results = await Promise.all(Array.from({ length: 12 }, () => log.append(request(stream, 0, [fact("A")]))));
    expect(results.filter((result) => result.ok).length).toEqual(1);
    const refused = { ok: false, code: "version_conflict", stream, expectedVersion: 0, actualVersion: 1 };
    expect(results.filter((result) => !result.ok)).toStrictEqual(Array.from({ length: 11 }, () => refused));
    expect((await log.readStream(factCategory, stream)).length).toEqual(1);
  });

  it("LOG-2: many writers of many streams share one order without holes", async (log) => {
    const base = await log.head();
    const results = await Promise.all(
      Array.from({ length: 40 }, () => log.append(request(newId(), 0, [fact("A"), fact("B")]))),
    );
    const places = results.flatMap((result) => (result.ok ? [result.firstPosition, result.lastPosition] : []));
    const sorted = places.toSorted((one, other) => Number(one - other));
    expect(sorted).toEqual(Array.from({ length: 80 }, (_, index) => base + BigInt(index) + 1n));
    expect((await log.read({ after: base, limit: 100 })).map((event) => event.position)).toEqual(sorted);
  });

  it("LOG-2: a repeated append writes nothing, and its author finds the own event where it expected it", async (log) => {
    const stream = newId();
    const repeated = request(stream, 0, [fact("A"), fact("B")]);
    await log.append(repeated);
    const head = await log.head();
    const again = await log.append(repeated);
    expect(again).toStrictEqual({ ok: false, code: "version_conflict", stream, expectedVersion: 0, actualVersion: 2 });
    expect(await log.head()).toEqual(head);
    const found = await log.readStream(factCategory, stream, 1);
    expect(found.map((event) => event.id)).toEqual(repeated.streams[0]?.events.map((event) => event.id));
  });

  it("what the author changes after the append does not change the log", async (log) => {
    const stream = newId();
    const list = ["before"];
    const meta = { ...factMeta };
    await log.append(request(stream, 0, [fact("A", { list })], { meta }));
    list.push("after");
    Object.assign(meta, { actor: "system:other" });
    const [event] = await log.readStream(factCategory, stream);
    expect([event?.data, event?.meta.actor]).toEqual([{ list: ["before"] }, "system:test"]);
  });

  it("SCENARIOS 6: appendTogether goes in order; a later request may build on an earlier one", async (log) => {
    const base = await log.head();
    const stream = newId();
    const results = await log.appendTogether([
      request(stream, 0, [fact("A")]),
      request(stream, 1, [fact("B")]),
      request(newId(), 0, [fact("C")]),
      request(stream, 2, [fact("D")]),
    ]);
    expect(results.map((result) => result.ok)).toEqual([true, true, true, true]);
    const events = await log.readStream(factCategory, stream);
    expect(events.map((event) => event.type)).toEqual(["A", "B", "D"]);
    expect(await log.head()).toEqual(base + 4n);
  });

  it("appendTogether of nothing is nothing", async (log) => {
    const head = await log.head();
    expect(await log.appendTogether([])).toEqual([]);
    expect(await log.head()).toEqual(head);
  });

  const { rows, setClock, openAnother } = suite;
  if (rows !== undefined) {
    it("INVARIANTS 37: inline rows follow their events in the same append, one row a key, the last operation wins", async (log) => {
      const [kept, gone] = [newId(), newId()];
      const note = (text: string, amount: number) => fact("Noted", { text, amount });
      await log.append(request(kept, 0, [note("one", 1), note("two", 9_007_199_254_740_991), fact("Other")]));
      expect(await noteOf(log, kept)).toEqual([
        { stream: kept, text: "two", amount: 9_007_199_254_740_991, open: true },
      ]);
      await log.append(request(gone, 0, [note("one", 1), fact("Forgotten")]));
      await log.append(request(kept, 3, [fact("Forgotten"), fact("Noted", {})]));
      expect(await noteOf(log, gone)).toEqual([]);
      expect(await noteOf(log, kept)).toEqual([{ stream: kept, text: null, amount: null, open: true }]);
      await log.append(request(kept, 5, [fact("Forgotten")]));
      expect(await noteOf(log, kept)).toEqual([]);
    });

    const noteOf = async (log: Log, stream: string): Promise<readonly Row[]> =>
      (await rows(log, "note"))
        .filter((row) => row["stream"] === stream)
        .map((row) => ({ ...row, amount: row["amount"] === null ? null : Number(row["amount"]) }));
  }

  if (setClock !== undefined) {
    it("INVARIANTS 3: a clock that goes back does not take recordedAt with it", async (log) => {
      const first = await log.append(request(newId(), 0, [fact("A")]));
      const start = first.ok ? first.recordedAt : 0;
      const at = async (now: number) => {
        await setClock(log, now);
        const result = await log.append(request(newId(), 0, [fact("A")]));
        return result.ok ? result.recordedAt - start : undefined;
      };
      expect([await at(start + 500), await at(start - 9_000), await at(start + 600)]).toEqual([500, 500, 600]);
    });
  }

  if (openAnother !== undefined) {
    it("LOG-2: writers on two openings share one order, and each reads what the other wrote", async (log) => {
      const other = await openAnother(log);
      try {
        const base = await log.head();
        const stream = newId();
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            (index % 2 === 0 ? log : other.log).append(request(index < 10 ? stream : newId(), 0, [fact("A")])),
          ),
        );
        expect(results.filter((result) => result.ok).length).toEqual(11);
        const positions = (await other.log.read({ after: base, limit: 50 })).map((event) => event.position);
        expect(positions).toEqual(Array.from({ length: 11 }, (_, index) => base + BigInt(index) + 1n));
        expect(await log.read({ after: base, limit: 50 })).toEqual(await other.log.read({ after: base, limit: 50 }));
      } finally {
        await other.close?.();
      }
    });
  }
}

// Part of the log suite: what is refused because of what the log holds. Refusals are results and leave nothing behind.
import type { AppendRequest, EventLog } from "../log.js";
import { factCategory } from "./facts.js";
import type { Bench } from "./log-under-test.js";

export function refusalTests<Log extends EventLog>({ suite, facts, expect, it }: Bench<Log>): void {
  const { fact, newId, request } = facts;
  const conflict = (stream: string, expectedVersion: number, actualVersion: number) => ({
    ok: false,
    code: "version_conflict",
    stream,
    expectedVersion,
    actualVersion,
  });

  it("LOG-2: an expected version behind or ahead of the stream is a typed conflict", async (log) => {
    const stream = newId();
    expect(await log.append(request(stream, 1, [fact("A")]))).toStrictEqual(conflict(stream, 1, 0));
    await log.append(request(stream, 0, [fact("A"), fact("B")]));
    expect(await log.append(request(stream, 1, [fact("C")]))).toStrictEqual(conflict(stream, 1, 2));
    expect(await log.append(request(stream, 3, [fact("C")]))).toStrictEqual(conflict(stream, 3, 2));
    expect((await log.readStream(factCategory, stream)).map((event) => event.type)).toEqual(["A", "B"]);
  });

  it("SCENARIOS 6: a conflict on one stream of an append refuses all of its streams", async (log) => {
    const [fresh, taken] = [newId(), newId()];
    await log.append(request(taken, 0, [fact("A")]));
    const head = await log.head();
    const both: AppendRequest = {
      ...request(fresh, 0, []),
      streams: [fresh, taken].map((stream) => ({
        category: factCategory,
        stream,
        expectedVersion: 0,
        events: [fact("B")],
      })),
    };
    expect(await log.append(both)).toStrictEqual(conflict(taken, 0, 1));
    expect(await log.readStream(factCategory, fresh)).toEqual([]);
    expect(await log.head()).toEqual(head);
  });

  it("a stream without events in an append is still checked for its version", async (log) => {
    const [checked, written] = [newId(), newId()];
    const relying = (expectedVersion: number): AppendRequest => ({
      ...request(written, 0, []),
      streams: [
        { category: factCategory, stream: checked, expectedVersion, events: [] },
        { category: factCategory, stream: written, expectedVersion: 0, events: [fact("A")] },
      ],
    });
    expect(await log.append(relying(1))).toStrictEqual(conflict(checked, 1, 0));
    expect((await log.append(relying(0))).ok).toEqual(true);
    expect(await log.readStream(factCategory, checked)).toEqual([]);
  });

  it("SCENARIOS 6: a refused caller of appendTogether leaves its neighbours unharmed", async (log) => {
    const base = await log.head();
    const [one, two, three] = [newId(), newId(), newId()];
    const results = await log.appendTogether([
      request(one, 0, [fact("A"), fact("B")]),
      request(two, 4, [fact("C"), fact("D")]),
      request(two, 5, [fact("E")]),
      request(three, 0, [fact("F")], { guards: [{ key: newId(), value: "missing" }] }),
      request(three, 0, [fact("G")]),
    ]);
    expect(results.map((result) => (result.ok ? "appended" : result.code))).toEqual([
      "appended",
      "version_conflict",
      "version_conflict",
      "guard_refused",
      "appended",
    ]);
    const events = await log.read({ after: base, limit: 10 });
    expect(events.map(({ type, position }) => [type, position - base])).toEqual([
      ["A", 1n],
      ["B", 2n],
      ["G", 3n],
    ]);
  });

  it("SCENARIOS 4: a guard is checked against everything committed before, absence included", async (log) => {
    const key = newId();
    const guarded = (value: string | null) =>
      log.append(request(newId(), 0, [fact("A")], { guards: [{ key, value }] }));
    const setter = newId();
    expect((await guarded(null)).ok).toEqual(true);
    expect(await guarded("v1")).toStrictEqual({ ok: false, code: "guard_refused", key, expected: "v1", actual: null });
    await log.append(request(setter, 0, [fact("GuardSet", { key, value: "v1" })]));
    expect((await guarded("v1")).ok).toEqual(true);
    expect(await guarded(null)).toStrictEqual({ ok: false, code: "guard_refused", key, expected: null, actual: "v1" });
    expect(await guarded("v2")).toStrictEqual({ ok: false, code: "guard_refused", key, expected: "v2", actual: "v1" });
    await log.append(request(setter, 1, [fact("GuardSet", { key, value: null })]));
    expect((await guarded(null)).ok).toEqual(true);
  });

  it("SCENARIOS 4: a guard sees earlier callers of the same group, not the append it belongs to", async (log) => {
    const key = newId();
    const guards = [{ key, value: "v1" }];
    const setting = (value: string) => [fact("GuardSet", { key, value })];
    const results = await log.appendTogether([
      request(newId(), 0, setting("v1"), { guards }),
      request(newId(), 0, setting("v1")),
      request(newId(), 0, setting("v2"), { guards }),
      request(newId(), 0, [fact("A")], { guards }),
    ]);
    const refused = (actual: string | null) => ({ ok: false, code: "guard_refused", key, expected: "v1", actual });
    expect(results.map((result) => (result.ok ? "appended" : result))).toStrictEqual([
      refused(null),
      "appended",
      "appended",
      refused("v2"),
    ]);
  });

  it("every guard of an append must hold", async (log) => {
    const [held, broken] = [newId(), newId()];
    await log.append(request(newId(), 0, [fact("GuardSet", { key: held, value: "v" })]));
    const guards = [
      { key: held, value: "v" },
      { key: broken, value: "v" },
    ];
    const refused = { ok: false, code: "guard_refused", key: broken, expected: "v", actual: null };
    expect(await log.append(request(newId(), 0, [fact("A")], { guards }))).toStrictEqual(refused);
  });

  it("an append refused for its version and its guard names the version", async (log) => {
    const stream = newId();
    const guards = [{ key: newId(), value: "missing" }];
    expect(await log.append(request(stream, 7, [fact("A")], { guards }))).toStrictEqual(conflict(stream, 7, 0));
  });

  const { rows, setLeader } = suite;
  if (rows !== undefined) {
    it("SCENARIOS 6: a refused append moves no inline row", async (log) => {
      const [stream, key] = [newId(), newId()];
      const events = [fact("Noted", { text: "x" }), fact("GuardSet", { key, value: "v" })];
      await log.append(request(stream, 3, events));
      await log.append(request(stream, 0, events, { guards: [{ key, value: "v" }] }));
      expect((await rows(log, "note")).filter((row) => row["stream"] === stream)).toEqual([]);
      expect((await rows(log, "guard")).filter((row) => row["key"] === key)).toEqual([]);
    });
  }

  if (setLeader !== undefined) {
    it("INVARIANTS 6: only the present leader of a role writes, and its epoch is recorded", async (log) => {
      const role = newId();
      const stream = newId();
      const led = (epoch: number) => log.append(request(newId(), 0, [fact("A")], { leader: { role, epoch } }));
      const fenced = (epoch: number, currentEpoch: number) => ({
        ok: false,
        code: "leader_fenced",
        role,
        epoch,
        currentEpoch,
      });
      expect([await led(0), await led(1)]).toStrictEqual([fenced(0, 0), fenced(1, 0)]);
      await setLeader(log, role, 4);
      expect([await led(3), await led(5)]).toStrictEqual([fenced(3, 4), fenced(5, 4)]);
      const accepted = await log.append(request(stream, 0, [fact("A")], { leader: { role, epoch: 4 } }));
      expect(accepted.ok).toEqual(true);
      expect((await log.readStream(factCategory, stream)).map((event) => event.leaderEpoch)).toEqual([4]);
      await setLeader(log, role, 5);
      expect([await led(4), (await led(5)).ok]).toStrictEqual([fenced(4, 5), true]);
    });

    it("INVARIANTS 6: a stale leader is told so before anything else", async (log) => {
      const role = newId();
      await setLeader(log, role, 2);
      const result = await log.append(request(newId(), 9, [fact("A")], { leader: { role, epoch: 1 } }));
      expect(result).toStrictEqual({ ok: false, code: "leader_fenced", role, epoch: 1, currentEpoch: 2 });
    });
  }
}

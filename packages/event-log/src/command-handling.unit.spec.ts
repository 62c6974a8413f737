import { seatCodec, seatDecider, type SeatCommand, type SeatEvent, type SeatState } from "../examples/seats-decider.js";
import { encodeAll, handleCommand, loadState, type CommandContext } from "./command-handling.js";
import { createMemoryLog, type MemoryLog } from "./memory-log.js";
import { createFacts, factInline, factMeta } from "./testing/facts.js";

const stream = "7c0e4f0e-6f8b-4f5f-9d52-0a6a3d0c8b11";

interface World {
  readonly log: MemoryLog;
  readonly send: (
    command: SeatCommand | ((state: SeatState) => SeatCommand),
    more?: Partial<CommandContext<SeatState, SeatEvent>>,
  ) => ReturnType<typeof handleCommand<SeatState, SeatCommand, SeatEvent, unknown>>;
}

function world(): World {
  const log = createMemoryLog({ clock: { now: () => 1_000 }, inline: factInline });
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  const context = { log, codec: seatCodec, category: "table", stream, class: "normal", meta: factMeta, newId } as const;
  return {
    log,
    send: async (command, more = {}) => await handleCommand(seatDecider, command, { ...context, ...more }),
  };
}

/** A log on which another writer is always first, `times` times. */
function contested(log: MemoryLog, times: number): Pick<MemoryLog, "append" | "readStream"> {
  let left = times;
  return {
    readStream: log.readStream,
    append: async (request) => {
      if (left > 0) {
        left -= 1;
        const { length } = await log.readStream("table", stream);
        const event = { id: `other-${left}`, ...seatCodec.encode({ type: "SeatTaken", data: { guest: `o-${left}` } }) };
        await log.append({
          class: "normal",
          meta: factMeta,
          streams: [{ category: "table", stream, expectedVersion: length, events: [event] }],
        });
      }
      return await log.append(request);
    },
  };
}

describe("a command", () => {
  it("appends what was decided and gives the state after it", async () => {
    const { log, send } = world();
    expect(await send({ type: "open", seats: 2 })).toStrictEqual({
      ok: true,
      state: { phase: "open", seats: 2, guests: [] },
      version: 1,
      events: [{ type: "TableOpened", data: { seats: 2 } }],
      appended: { ok: true, firstPosition: 1n, lastPosition: 1n, recordedAt: 1_000 },
    });
    const [event] = await log.readStream("table", stream);
    expect(event).toMatchObject({
      id: "id-1",
      type: "TableOpened",
      schemaVersion: 1,
      category: "table",
      meta: factMeta,
    });
  });

  it("that changes nothing writes nothing", async () => {
    const { log, send } = world();
    await send({ type: "open", seats: 2 });
    const outcome = await send({ type: "open", seats: 2 });
    expect(outcome).toStrictEqual({ ok: true, state: { phase: "open", seats: 2, guests: [] }, version: 1, events: [] });
    expect(await log.head()).toBe(1n);
  });

  it("that is refused says why, and on which state", async () => {
    const { log, send } = world();
    expect(await send({ type: "take", guest: "a" })).toStrictEqual({
      ok: false,
      kind: "refused",
      refusal: { code: "not_open" },
      state: seatDecider.initialState,
    });
    expect(await log.head()).toBe(0n);
  });

  it("may be made from the state it meets", async () => {
    const { send } = world();
    await send({ type: "open", seats: 3 });
    const outcome = await send((state) => ({ type: "take", guest: `guest ${state.seats}` }));
    expect(outcome).toMatchObject({ ok: true, state: { guests: ["guest 3"] }, version: 2 });
  });

  it("LOG-2: whose stream changed meanwhile is decided again on what is there now", async () => {
    const { log, send } = world();
    await send({ type: "open", seats: 9 });
    const outcome = await send({ type: "take", guest: "a" }, { log: contested(log, 3) });
    expect(outcome).toMatchObject({ ok: true, version: 5, state: { guests: ["o-2", "o-1", "o-0", "a"] } });
    const ids = (await log.read({ after: 0n, limit: 10 })).map((event) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("LOG-2: that loses its last seat to another writer is refused, not written", async () => {
    const { log, send } = world();
    await send({ type: "open", seats: 1 });
    const outcome = await send({ type: "take", guest: "a" }, { log: contested(log, 1) });
    expect(outcome).toMatchObject({ ok: false, kind: "refused", refusal: { code: "full", seats: 1 } });
  });

  it("LOG-2: that never wins gives up with a typed error after the given number of decisions", async () => {
    for (const attempts of [1, 4, undefined]) {
      const { log, send } = world();
      await send({ type: "open", seats: 99 });
      const lost = send(
        { type: "take", guest: "a" },
        { log: contested(log, 99), ...(attempts === undefined ? {} : { attempts }) },
      );
      await expect(lost).rejects.toMatchObject({
        name: "LogError",
        code: "too_many_conflicts",
        context: { stream, attempts: attempts ?? 10 },
      });
      expect(await log.head()).toBe(BigInt(1 + (attempts ?? 10)));
    }
  });

  it("SCENARIOS 4: guards are made from the state; a broken one is a result and is not tried again", async () => {
    const { send } = world();
    await send({ type: "open", seats: 3 });
    let decisions = 0;
    const guards = (state: SeatState) => {
      decisions += 1;
      return [{ key: `seats-${state.seats}`, value: "v" }];
    };
    expect(await send({ type: "take", guest: "a" }, { guards })).toStrictEqual({
      ok: false,
      kind: "append_refused",
      refusal: { ok: false, code: "guard_refused", key: "seats-3", expected: "v", actual: null },
    });
    expect(decisions).toBe(1);
  });

  it("INVARIANTS 6: a leader's token goes into the append", async () => {
    const { log, send } = world();
    log.setLeader("role", 2);
    const [stale, present] = [1, 2].map((epoch) => ({ leader: { role: "role", epoch } }));
    expect(await send({ type: "open", seats: 1 }, stale)).toMatchObject({
      kind: "append_refused",
      refusal: { code: "leader_fenced" },
    });
    expect(await send({ type: "open", seats: 1 }, present)).toMatchObject({ ok: true });
    expect((await log.readStream("table", stream))[0]?.leaderEpoch).toBe(2);
  });

  it("LOG-5: on a stream with an event that cannot be read is not decided at all", async () => {
    const { fact, request } = createFacts(() => "id");
    const unreadable = [
      [{ ...fact("TableOpened", { seats: 1 }), schemaVersion: 2 }, "newer_than_known"],
      [fact("TableOpened", { seats: "two" }), "invalid"],
      [fact("Unknown"), "unknown_type"],
    ] as const;
    for (const [event, code] of unreadable) {
      const { log, send } = world();
      const { streams } = request(stream, 0, [event]);
      await log.append(request("", 0, [], { streams: streams.map((entry) => ({ ...entry, category: "table" })) }));
      expect(await send({ type: "open", seats: 1 })).toMatchObject({
        ok: false,
        kind: "unreadable",
        failure: { code },
      });
      expect(await log.head()).toBe(1n);
    }
  });
});

it("the loaded state names the stream's version and its first event", async () => {
  const { log, send } = world();
  const load = () => loadState(log, seatCodec, seatDecider, "table", stream);
  expect(await load()).toStrictEqual({ ok: true, state: seatDecider.initialState, version: 0 });
  await send({ type: "open", seats: 2 });
  await send({ type: "take", guest: "a" });
  const state = { phase: "open", seats: 2, guests: ["a"] };
  expect(await load()).toStrictEqual({ ok: true, state, version: 2, firstEventId: "id-1" });
});

it("events are encoded in order, each with an id of its own", () => {
  let ids = 0;
  const events: readonly SeatEvent[] = [
    { type: "SeatTaken", data: { guest: "a" } },
    { type: "TableClosed", data: {} },
  ];
  expect(encodeAll(seatCodec, events, () => `id-${(ids += 1)}`)).toStrictEqual([
    { id: "id-1", type: "SeatTaken", schemaVersion: 1, data: { guest: "a" } },
    { id: "id-2", type: "TableClosed", schemaVersion: 1, data: {} },
  ]);
});

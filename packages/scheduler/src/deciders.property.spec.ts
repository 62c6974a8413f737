import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, journeyEvents, weddingEvents } from "@wedsync/contracts/scheduler";
import { fold, type Decider, type EventCodec } from "@wedsync/event-log";
import * as fc from "fast-check";
import { holdDecider, type HoldCommand } from "./hold-decider.js";
import { journeyDecider, type JourneyCommand } from "./journey-decider.js";
import { sealed } from "./testing/work.js";
import { weddingDecider, type WeddingCommand } from "./wedding-decider.js";

/** Runs commands; after each one the same again must yield nothing, and each event must survive being stored. */
function repeatsAreQuiet<State, Command, Event extends { readonly type: string }>(
  decider: Decider<State, Command, Event, unknown>,
  codec: Pick<EventCodec<Event>, "encode"> & { decode(stored: ReturnType<EventCodec<Event>["encode"]>): unknown },
  commands: readonly Command[],
  check: (state: State, before: State, events: readonly Event[]) => void = () => undefined,
): void {
  let state = decider.initialState;
  for (const command of commands) {
    const decision = decider.decide(command, state);
    if (!decision.ok) continue;
    for (const event of decision.events) expect(codec.decode(codec.encode(event))).toEqual({ ok: true, event });
    const before = state;
    state = fold(decider, decision.events, state);
    check(state, before, decision.events);
    expect(decider.decide(command, state)).toEqual({ ok: true, events: [] });
  }
}

const zone = fc.constantFrom("Europe/London", "Asia/Kolkata", "Not/AZone");
const date = fc.constantFrom("2026-06-20", "2026-06-21", "2028-02-29", "2027-02-29");
const weddingCommand: fc.Arbitrary<WeddingCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      weddingId: fc.constant("smith-jones"),
      schedule: fc.record({ date, endDate: date, zone }),
      market: fc.constantFrom("united-kingdom", "ireland"),
      sealed: fc.constant(sealed),
      detailsDigest: fc.constantFrom("a", "b"),
    }),
  },
  { weight: 1, arbitrary: fc.constant<WeddingCommand>({ kind: "cancel" }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("apply_journey" as const),
      journeyId: fc.constantFrom("default", "constructor", "toString"),
      version: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

it("weddings: a repeated command yields no events, and the schedule version rises by one with each move", () => {
  const codec = createCodec(weddingEvents);
  fc.assert(
    fc.property(fc.array(weddingCommand, { maxLength: 15 }), (commands) => {
      repeatsAreQuiet(weddingDecider, codec, commands, (state, before, events) => {
        const changes = events.filter((event) => "scheduleVersion" in event.data).length;
        expect(state.scheduleVersion).toBe(before.scheduleVersion + changes);
        expect(before.status === "cancelled" && events.length > 0).toBe(false);
      });
    }),
    { numRuns: 300 },
  );
});

it("journeys: a repeated command yields no events, and versions have no holes", () => {
  const step = fc.record({
    key: fc.constantFrom("a", "b"),
    moduleType: fc.constantFrom("email", "sms"),
    at: fc.record({ day: fc.integer({ min: -3650, max: 3650 }), time: fc.constantFrom("00:00", "09:00", "23:59") }),
  });
  const command: fc.Arbitrary<JourneyCommand> = fc.record({
    kind: fc.constant("define" as const),
    journeyId: fc.constant("default"),
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    sealed: fc.constant(sealed),
    digest: fc.constantFrom("a", "b", "c"),
  });
  const codec = createCodec(journeyEvents);
  fc.assert(
    fc.property(fc.array(command, { maxLength: 10 }), (commands) => {
      repeatsAreQuiet(journeyDecider, codec, commands, (state, before, events) =>
        expect(state.version).toBe(before.version + events.length),
      );
    }),
  );
});

it("holds: a repeated command yields no events, and the last one counts", () => {
  const command: fc.Arbitrary<HoldCommand> = fc.oneof(
    fc.record({
      kind: fc.constant("pause" as const),
      scope: fc.constantFrom("platform", "x"),
      cause: fc.constantFrom("requested", "outage"),
    }),
    fc.record({ kind: fc.constant("resume" as const), scope: fc.constantFrom("platform", "x") }),
  );
  const codec = createCodec(dispatchEvents);
  fc.assert(
    fc.property(fc.array(command, { maxLength: 10 }), (commands) => {
      repeatsAreQuiet(holdDecider, codec, commands);
      const last = commands.findLast((each) => each.scope === "platform");
      let state = holdDecider.initialState;
      for (const each of commands) {
        const decision = holdDecider.decide(each, state);
        if (decision.ok) state = fold(holdDecider, decision.events, state);
      }
      expect(state.paused).toBe(last?.kind === "pause");
    }),
  );
});

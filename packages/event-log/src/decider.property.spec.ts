import * as fc from "fast-check";
import { seatDecider, type SeatCommand, type SeatEvent } from "../examples/seats-decider.js";
import { accept, fold, refuse } from "./decider.js";

const guest = fc.constantFrom("a", "b", "c");
const command: fc.Arbitrary<SeatCommand> = fc.oneof(
  fc.record({ type: fc.constant("open" as const), seats: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ type: fc.constantFrom("take" as const, "leave" as const), guest }),
  fc.record({ type: fc.constant("close" as const) }),
);

/** All events that the commands lead to. */
function run(commands: readonly SeatCommand[]): readonly SeatEvent[] {
  const events: SeatEvent[] = [];
  for (const each of commands) {
    const decision = seatDecider.decide(each, fold(seatDecider, events));
    if (decision.ok) events.push(...decision.events);
  }
  return events;
}

it("a fold may be cut anywhere: the state of a prefix is where the rest goes on", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), fc.nat({ max: 20 }), (commands, cut) => {
      const events = run(commands);
      const whole = fold(seatDecider, events);
      expect(fold(seatDecider, events.slice(cut), fold(seatDecider, events.slice(0, cut)))).toStrictEqual(whole);
    }),
  );
});

it("a repeated command yields no events", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), command, (before, last) => {
      const events = [...run(before)];
      const decision = seatDecider.decide(last, fold(seatDecider, events));
      const after = decision.ok ? [...events, ...decision.events] : events;
      const again = seatDecider.decide(last, fold(seatDecider, after));
      expect(again.ok ? again.events : again).toStrictEqual(decision.ok ? [] : decision);
    }),
  );
});

it("the fold of nothing is the initial state; accept and refuse are plain data", () => {
  expect(fold(seatDecider, [])).toBe(seatDecider.initialState);
  expect([accept(), accept("a", "b"), refuse("no")]).toStrictEqual([
    { ok: true, events: [] },
    { ok: true, events: ["a", "b"] },
    { ok: false, refusal: "no" },
  ]);
});

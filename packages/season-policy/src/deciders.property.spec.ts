import { createCodec } from "@wedsync/contracts";
import { capacityEvents, policyEvents } from "@wedsync/contracts/season-policy";
import { fold } from "@wedsync/event-log";
import * as fc from "fast-check";
import {
  capacityDecider,
  policyDecider,
  planOf,
  type CapacityCommand,
  type CapacityPlan,
  type Forecast,
  type PolicyCommand,
} from "./index.js";
import { policyOf } from "./testing/policy.js";

const policies: fc.Arbitrary<PolicyCommand> = fc
  .oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(5, 10, 20))
      .map(([version, cap]) => policyOf({ cap }, version)),
    fc.constant({ ...policyOf(), name: "other" }),
    fc.constant(policyOf({ zone: "Mars" })),
    fc.anything(),
  )
  .map((policy) => ({ kind: "activate", policy }));

const forecast: fc.Arbitrary<Forecast> = fc
  .tuple(
    fc.constantFrom("uk", "oceania"),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom("a", "b"),
    fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
  )
  .map(([market, origin, model, days]) => ({
    market,
    origin: `2027-01-0${origin}`,
    model,
    modelVersion: "1",
    days: days.map((day) => ({ date: `2027-01-1${day}`, expected: day, intervals: [], busyProbability: 0 })),
  }));
const plan: fc.Arbitrary<CapacityPlan> = fc
  .tuple(fc.constantFrom("uk", "oceania"), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 }))
  .map(([market, from, slots]) => ({
    market,
    zone: "Europe/London",
    mode: "shadow",
    policyVersion: 1,
    from,
    to: from + 100,
    floor: 0,
    cap: 10,
    serviceRatePerSlot: 1,
    steps: [{ at: from, slots, reasons: [{ code: "floor", params: { slots } }] }],
  }));
const capacity: fc.Arbitrary<CapacityCommand> = fc.oneof(
  forecast.map((one): CapacityCommand => ({ kind: "record_forecast", forecast: one })),
  fc
    .tuple(plan, fc.constantFrom("a", "b", "c"))
    .map(([one, letter]): CapacityCommand => ({ kind: "plan", plan: one, inputsDigest: letter.repeat(64) })),
);

describe("the deciders of the season policy", () => {
  it("SEA-4: a repeated command yields no events, versions only grow, and every event can be read back", () => {
    const codec = createCodec(policyEvents);
    fc.assert(
      fc.property(fc.array(policies, { maxLength: 8 }), (commands) => {
        let state = policyDecider.initialState;
        for (const command of commands) {
          const decision = policyDecider.decide(command, state);
          if (!decision.ok) {
            expect(decision.refusal.message).not.toBe("");
            continue;
          }
          for (const event of decision.events) expect(codec.decode(codec.encode(event))).toEqual({ ok: true, event });
          const next = fold(policyDecider, decision.events, state);
          expect(next.policy?.version).toBeGreaterThanOrEqual(state.policy?.version ?? 1);
          expect(policyDecider.decide(command, next)).toEqual({ ok: true, events: [] });
          expect(policyDecider.isTerminal(next)).toBe(false);
          state = next;
        }
      }),
    );
  });

  it("SEA-4: a forecast or plan is recorded once, never replaces a later one, and can be read back", () => {
    const codec = createCodec(capacityEvents);
    fc.assert(
      fc.property(fc.array(capacity, { maxLength: 12 }), (commands) => {
        let state = capacityDecider.initialState;
        for (const command of commands) {
          const decision = capacityDecider.decide(command, state);
          if (!decision.ok) {
            expect(decision.refusal.message).not.toBe("");
            continue;
          }
          for (const event of decision.events) expect(codec.decode(codec.encode(event))).toEqual({ ok: true, event });
          const next = fold(capacityDecider, decision.events, state);
          expect(next.plan?.from ?? 0).toBeGreaterThanOrEqual(state.plan?.from ?? 0);
          for (const [model, known] of Object.entries(state.forecasts)) {
            expect(String(next.forecasts[model]?.origin) >= known.origin).toBe(true);
          }
          if (command.kind === "plan" && decision.events.length > 0 && next.plan !== undefined) {
            expect(planOf(next.plan)).toEqual(command.plan);
          }
          expect(capacityDecider.decide(command, next)).toEqual({ ok: true, events: [] });
          expect(capacityDecider.isTerminal(next)).toBe(false);
          state = next;
        }
      }),
    );
  });
});

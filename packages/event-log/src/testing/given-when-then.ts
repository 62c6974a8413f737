// Specs of deciders as sentences: given a history, when a command comes, these events follow or this refusal.
// The history, the state and the command are frozen, so a decider that changes what it was given fails its spec.
import { fold, type Decider } from "../decider.js";
import type { Expect } from "./test-api.js";

/** What is known after the command; each check returns the same outcome, so that checks can be chained. */
export interface DeciderOutcome<State, Event, Refusal> {
  /** Exactly these events, in this order. */
  thenEvents(...events: readonly Event[]): DeciderOutcome<State, Event, Refusal>;
  /** Accepted, and nothing changes. */
  thenNothing(): DeciderOutcome<State, Event, Refusal>;
  thenRefused(refusal: Refusal): DeciderOutcome<State, Event, Refusal>;
  /** The state after the events of the command; after a refusal the state before it. */
  thenState(state: State): DeciderOutcome<State, Event, Refusal>;
  /** The same command again yields no events. */
  thenRepeatIsQuiet(): DeciderOutcome<State, Event, Refusal>;
  /** No further event is expected on the stream. */
  thenTerminal(terminal: boolean): DeciderOutcome<State, Event, Refusal>;
}

export interface DeciderSpec<State, Command, Event, Refusal> {
  given(...history: readonly Event[]): { when(command: Command): DeciderOutcome<State, Event, Refusal> };
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

/** The spec helper of one decider. @param expect the test runner's own. */
export function createDeciderSpec<State, Command, Event, Refusal>(
  decider: Decider<State, Command, Event, Refusal>,
  expect: Expect,
): DeciderSpec<State, Command, Event, Refusal> {
  const evolveAll = (events: readonly Event[], from: State): State => {
    const evolve = (state: State, event: Event): State => freeze(decider.evolve(state, freeze(event)));
    return fold({ initialState: from, evolve }, events);
  };
  return {
    given: (...history) => ({
      when: (command) => {
        const before = evolveAll(history, freeze(decider.initialState));
        const decision = decider.decide(freeze(command), before);
        const after = decision.ok ? evolveAll(decision.events, before) : before;
        const outcome: DeciderOutcome<State, Event, Refusal> = {
          thenEvents: (...events) => {
            expect(decision).toEqual({ ok: true, events });
            return outcome;
          },
          thenNothing: () => outcome.thenEvents(),
          thenRefused: (refusal) => {
            expect(decision).toEqual({ ok: false, refusal });
            return outcome;
          },
          thenState: (state) => {
            expect(after).toEqual(state);
            return outcome;
          },
          thenRepeatIsQuiet: () => {
            expect(decider.decide(command, after)).toEqual({ ok: true, events: [] });
            return outcome;
          },
          thenTerminal: (terminal) => {
            expect(decider.isTerminal(after)).toEqual(terminal);
            return outcome;
          },
        };
        return outcome;
      },
    }),
  };
}

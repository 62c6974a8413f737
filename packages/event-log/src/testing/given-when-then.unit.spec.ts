import { seatDecider, type SeatEvent } from "../../examples/seats-decider.js";
import { accept, type Decider } from "../decider.js";
import { createDeciderSpec } from "./given-when-then.js";

const opened: SeatEvent = { type: "TableOpened", data: { seats: 1 } };
const taken = (guest: string): SeatEvent => ({ type: "SeatTaken", data: { guest } });
const spec = createDeciderSpec(seatDecider, expect);

describe("given, when, then", () => {
  it("a command gives events, and the same command again gives none", () => {
    spec
      .given(opened)
      .when({ type: "take", guest: "a" })
      .thenEvents(taken("a"))
      .thenState({ phase: "open", seats: 1, guests: ["a"] })
      .thenRepeatIsQuiet()
      .thenTerminal(false);
  });

  it("a refusal leaves the state as it was", () => {
    spec
      .given(opened, taken("a"))
      .when({ type: "take", guest: "b" })
      .thenRefused({ code: "full", seats: 1 })
      .thenState({ phase: "open", seats: 1, guests: ["a"] });
  });

  it("a stream can come to its end", () => {
    spec.given(opened).when({ type: "close" }).thenTerminal(true).thenRepeatIsQuiet();
    spec.given().when({ type: "close" }).thenNothing().thenTerminal(false);
  });

  it("each check fails when it is not so", () => {
    const outcome = spec.given(opened).when({ type: "take", guest: "a" });
    expect(() => outcome.thenEvents(taken("b"))).toThrow();
    expect(() => outcome.thenEvents()).toThrow();
    expect(() => outcome.thenNothing()).toThrow();
    expect(() => outcome.thenRefused({ code: "not_open" })).toThrow();
    expect(() => outcome.thenState({ phase: "open", seats: 1, guests: [] })).toThrow();
    expect(() => outcome.thenTerminal(true)).toThrow();
  });

  it("a decider that repeats itself, or changes what it was given, is found out", () => {
    const loud: Decider<{ count: number }, "go", "went", never> = {
      initialState: { count: 0 },
      decide: () => accept("went"),
      evolve: (state) => ({ count: state.count + 1 }),
      isTerminal: () => false,
    };
    const went = createDeciderSpec(loud, expect).given("went").when("go").thenState({ count: 2 });
    expect(() => went.thenRepeatIsQuiet()).toThrow();
    const careless: typeof loud = { ...loud, evolve: (state) => Object.assign(state, { count: 1 }) };
    expect(() => createDeciderSpec(careless, expect).given("went").when("go")).toThrow(TypeError);
  });
});

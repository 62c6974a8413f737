import type { JourneyEvent } from "@wedsync/contracts/scheduler";
import { createDeciderSpec } from "@wedsync/event-log/testing";
import { holdDecider, type HoldCommand } from "./hold-decider.js";
import { journeyDecider, type JourneyCommand } from "./journey-decider.js";
import { sealed } from "./testing/work.js";

describe("a journey", () => {
  const { given } = createDeciderSpec(journeyDecider, expect);
  const steps = [{ key: "month-before", moduleType: "email", at: { day: -30, time: "09:00" } }];
  const define = (digest: string): JourneyCommand => ({ kind: "define", journeyId: "default", steps, sealed, digest });
  const defined = (version: number, digest: string): JourneyEvent => ({
    type: "JourneyDefined",
    data: { journeyId: "default", version, steps, sealed, digest },
  });

  it("is version 1 when it is made, and one more with each edit; the same content again is no edit", () => {
    given().when(define("a")).thenEvents(defined(1, "a")).thenRepeatIsQuiet().thenTerminal(false);
    given(defined(1, "a")).when(define("b")).thenEvents(defined(2, "b")).thenRepeatIsQuiet();
    given(defined(1, "a"), defined(2, "b")).when(define("a")).thenEvents(defined(3, "a"));
  });
});

describe("a hold", () => {
  const { given } = createDeciderSpec(holdDecider, expect);
  const pause: HoldCommand = { kind: "pause", scope: "vendor:lens", cause: "requested" };
  const resume: HoldCommand = { kind: "resume", scope: "vendor:lens" };
  const paused = { type: "ScopePaused", data: { scope: "vendor:lens", cause: "requested" } } as const;
  const resumed = { type: "ScopeResumed", data: { scope: "vendor:lens" } } as const;

  it("SCH-10: pauses a scope once, and resumes it once", () => {
    given().when(pause).thenEvents(paused).thenRepeatIsQuiet().thenState({ paused: true }).thenTerminal(false);
    given(paused).when(resume).thenEvents(resumed).thenRepeatIsQuiet().thenState({ paused: false });
    given().when(resume).thenNothing();
    given(paused, resumed).when(pause).thenEvents(paused);
  });

  it("SCH-10: a scope that nothing lies in is refused", () => {
    const refusal = {
      code: "scope_invalid",
      message: "A scope is platform, vendor:ID, wedding:VENDOR/ID, module:TYPE, market:ID or tier:TIER.",
    } as const;
    given()
      .when({ ...pause, scope: "everything" })
      .thenRefused(refusal);
    given()
      .when({ ...resume, scope: "tier:urgent" })
      .thenRefused(refusal);
  });
});

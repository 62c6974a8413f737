import { fold } from "@wedsync/event-log";
import { executionDecider } from "./execution-decider.js";
import { executionStateOf, initialExecution, statusOf, tierOf } from "./execution-state.js";
import * as facts from "./testing/execution-facts.js";
import { anItem, aWork, monthBeforeAt } from "./testing/work.js";

const after = (...events: Parameters<typeof executionDecider.evolve>[1][]) => fold(executionDecider, events);

describe("what is shown of an execution", () => {
  it("scheduled until it is due, waiting until it starts, then what it came to", () => {
    expect(statusOf(initialExecution, 0)).toBeUndefined();
    const requested = after(facts.requested());
    expect([statusOf(requested, monthBeforeAt - 1), statusOf(requested, monthBeforeAt)]).toEqual([
      "scheduled",
      "waiting",
    ]);
    const running = [facts.requested(), facts.started(1)];
    expect(statusOf(after(...running), monthBeforeAt)).toBe("running");
    expect(statusOf(after(...running, facts.succeeded(1)), monthBeforeAt)).toBe("succeeded");
    expect(statusOf(after(...running, facts.uncertain(1)), monthBeforeAt)).toBe("uncertain");
    expect(statusOf(after(facts.requested(), facts.held), monthBeforeAt)).toBe("held");
  });

  it("INVARIANTS 33: its tier is the tier function's, at any time", () => {
    expect(tierOf(initialExecution, 0)).toBeUndefined();
    const requested = after(facts.requested());
    const { highFrom, criticalFrom } = aWork().window;
    expect([0, highFrom, criticalFrom].map((now) => tierOf(requested, now))).toEqual(["normal", "high", "critical"]);
  });

  it("a pending row stands for the state that a claim decides on", () => {
    const item = anItem(1, { attempts: 2 });
    const start = facts.start();
    const fromRow = executionDecider.decide(start, executionStateOf(item));
    expect(fromRow).toEqual({ ok: true, events: [facts.started(3)] });
    expect(executionStateOf({ ...item, held: true }).phase).toBe("held");
  });

  it("is total: events that do not fit where they come leave a state, never an exception", () => {
    const every = [
      facts.started(1),
      facts.begun(1),
      facts.succeeded(1),
      facts.failed(1),
      facts.lost(1, true),
      facts.uncertain(1),
      facts.dead,
      facts.cancelRequested,
      facts.cancelled(),
    ];
    for (const event of every) expect(after(event)).toHaveProperty("phase");
    expect(statusOf(after(facts.failed(1)), 0)).toBe("waiting");
  });
});

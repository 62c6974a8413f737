import type { RecordedEvent } from "@wedsync/event-log";
import { assumedRate, Pace } from "./pace.js";

let position = 0n;
const event = (type: string, stream: string, recordedAt: number): RecordedEvent => ({
  id: `event-${(position += 1n)}`,
  type,
  schemaVersion: 1,
  data: {},
  category: "execution",
  stream,
  streamVersion: 1,
  position,
  epoch: 1,
  recordedAt,
  meta: { source: "/test", time: recordedAt, correlationId: "c", actor: "system:test", region: "local" },
});
const run = (pace: Pace, count: number, ms: number, end = "ExecutionSucceeded"): void => {
  for (let index = 0; index < count; index += 1) {
    pace.see(event("ExecutionStarted", `${end}-${index}`, 0));
    pace.see(event(end, `${end}-${index}`, ms));
  }
};

describe("the pace of the work", () => {
  it("SEA-9: arrivals are what was started and what the queue grew by", () => {
    const pace = new Pace();
    expect(pace.arrivalRate()).toBe(0);
    pace.sample(0, 100);
    expect(pace.arrivalRate()).toBe(0);
    run(pace, 30, 10);
    pace.sample(10_000, 120);
    expect(pace.arrivalRate()).toBe(5);
    pace.sample(20_000, 0);
    expect(pace.arrivalRate()).toBe(0);
  });

  it("what came more than a minute ago counts no longer", () => {
    const pace = new Pace();
    pace.sample(0, 0);
    for (const at of [10_000, 70_000, 80_000]) pace.sample(at, 600);
    expect(pace.arrivalRate()).toBe(0);
  });

  it("a slot's rate is assumed until enough attempts have ended, then told in steps at or below the mean", () => {
    const pace = new Pace();
    run(pace, 49, 100);
    expect(pace.ratePerSlot()).toBe(assumedRate);
    run(pace, 10, 100, "ExecutionFailed");
    expect(pace.ratePerSlot()).toBeLessThanOrEqual(10);
    expect(pace.ratePerSlot()).toBeGreaterThan(10 / 1.5);
  });

  it("attempts that were lost, or began before it looked, say nothing of a slot's rate", () => {
    const pace = new Pace();
    run(pace, 100, 1_000, "ExecutionAttemptLost");
    for (let index = 0; index < 100; index += 1) pace.see(event("ExecutionSucceeded", `old-${index}`, 5));
    expect(pace.ratePerSlot()).toBe(assumedRate);
  });
});

// An outcome that comes after its attempt was declared lost, while the retry waits: found by a worker that was paused past its
// lease and went on.
import { createCodec } from "@wedsync/contracts";
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import { fold, type InlineEvent, type RowOperation } from "@wedsync/event-log";
import { executionDecider, rowToPendingItem, schedulerInline, type ExecutionCommand } from "./index.js";

const codec = createCodec(executionEvents);
const requested = (): Extract<ExecutionEvent, { readonly type: "ExecutionRequested" }>["data"] => {
  const definition = executionEvents.find((found) => found.type === "ExecutionRequested");
  return structuredClone(definition?.example) as ReturnType<typeof requested>;
};
const worker = "0198f3a0-0000-7000-8000-000000000002";
const handover = "0198f3a0-0000-7000-8000-000000000001";
const retry = { maxAttempts: 5, baseMs: 100, capMs: 100, maxLost: 3 };

const data = requested();
const now = data.work.dueAt;
const work = { ...data.work, effect: "keyed" as const };
const commands: readonly ExecutionCommand[] = [
  { kind: "start", handover, worker, now, policyVersion: 1, timeZoneData: "2026c" },
  { kind: "lose_attempt", attempt: 1, worker, now, random: 0.5, retry },
  {
    kind: "report_outcome",
    attempt: 1,
    worker,
    provider: "http",
    outcome: { kind: "accepted" },
    now,
    random: 0.5,
    retry,
  },
];

function history(): readonly ExecutionEvent[] {
  const events: ExecutionEvent[] = [{ type: "ExecutionRequested", data: { ...data, work } }];
  for (const command of commands) {
    const decision = executionDecider.decide(command, fold(executionDecider, events));
    if (decision.ok) events.push(...decision.events);
  }
  return events;
}

describe("a late outcome of work that waits for its retry", () => {
  it("SCH-7: is recorded once and puts the work back unchanged", () => {
    const events = history();
    expect(events.map((event) => event.type)).toStrictEqual([
      "ExecutionRequested",
      "ExecutionStarted",
      "ExecutionAttemptLost",
      "ExecutionRetryScheduled",
      "LateOutcomeReported",
      "ExecutionRetryScheduled",
    ]);
    const [before, after] = events.filter((event) => event.type === "ExecutionRetryScheduled");
    expect(after?.data.work).toStrictEqual(before?.data.work);
    const again = executionDecider.decide(commands[2] as ExecutionCommand, fold(executionDecider, events));
    expect(again).toMatchObject({ ok: true, events: [] });
  });

  it("SCH-7: leaves a row whose version is the stream's, so that the retry can be claimed", () => {
    const events = history();
    let row: Extract<RowOperation, { readonly op: "put" }> | undefined;
    for (const [index, event] of events.entries()) {
      const recorded: InlineEvent = {
        ...codec.encode(event),
        id: `event-${index}`,
        category: "execution",
        stream: "5f0c7a52-6c7e-5b0a-8a1e-1c2d3e4f5a6b",
        streamVersion: index + 1,
        meta: { source: "/test", time: now, correlationId: "c", actor: "system:test", region: "test" },
      };
      for (const operation of schedulerInline.fold(recorded))
        if (operation.table === "pending") row = operation.op === "put" ? operation : undefined;
    }
    expect(row === undefined ? undefined : rowToPendingItem(row.row).version).toBe(events.length);
  });
});

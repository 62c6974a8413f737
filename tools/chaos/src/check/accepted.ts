// Invariants 9-14: what a client was told is what happens, once.
import { finding, unlessVacuous, type Finding } from "./finding.js";
import { workAtEnd, type Case, type History } from "./history.js";

const isAccepted = (status: number): boolean => status >= 200 && status <= 202;
const terminal = new Set([
  "ExecutionSucceeded",
  "ExecutionDeadLettered",
  "ExecutionCancelled",
  "ExecutionSkipped",
  "ExecutionUncertain",
]);

/** Accepted executions without a first event. */
export function lost({ accepted, histories }: Case): readonly unknown[] {
  return accepted.flatMap(({ vendor, key, status, executionId = "" }) =>
    isAccepted(status) && histories.get(executionId)?.events[0]?.version !== 1 ? [{ vendor, key, executionId }] : [],
  );
}

export function checkAccepted(found: Case): readonly Finding[] {
  const accepted = found.accepted.filter((row) => isAccepted(row.status));
  const keys = [...Map.groupBy(accepted, (row) => `${row.vendor}/${row.key}`)];
  const several = (of: (row: (typeof accepted)[number]) => unknown): readonly unknown[] =>
    keys.flatMap(([key, rows]) =>
      new Set(rows.map(of)).size > 1 ? [{ key, values: [...new Set(rows.map(of))] }] : [],
    );
  const refused = new Set(
    found.accepted.flatMap((row) => (row.correlationId !== undefined && row.status >= 400 ? [row.correlationId] : [])),
  );
  const histories = [...found.histories.values()];
  return [
    finding(
      9,
      "every accepted execution is in the log",
      lost(found),
      `${accepted.length} accepted answers, ${keys.length} executions`,
    ),
    finding(
      10,
      "one key of a vendor is one execution",
      several((row) => row.executionId),
    ),
    finding(
      11,
      "one key of a vendor was accepted with one body",
      several((row) => row.body),
    ),
    unlessVacuous(
      refused.size === 0,
      "no request was refused in this run",
      finding(
        12,
        "a request that was refused wrote nothing, except that it was refused",
        found.events.flatMap(({ position, type, meta }) =>
          type !== "CommandRefused" && refused.has(String(meta["correlationId"])) ? [{ position, type }] : [],
        ),
        `${refused.size} refused requests`,
      ),
    ),
    finding(
      13,
      "an execution that was due and is not held ended exactly once",
      found.isDrained
        ? histories.flatMap((history) => ends(history, found.drainedAt))
        : [{ reason: "the run did not drain" }, ...histories.flatMap((history) => ends(history, found.drainedAt))],
    ),
    finding(
      14,
      "an execution succeeds at most once",
      histories.flatMap(({ execution, events }) =>
        events.filter((event) => event.type === "ExecutionSucceeded").length > 1 ? [{ execution }] : [],
      ),
    ),
  ];
}

function ends(history: History, drainedAt: number): readonly unknown[] {
  let count = 0;
  for (const { type, data } of history.events) {
    if (terminal.has(type)) count += 1;
    // Put back by a person: from here on it may end once more.
    if (type === "RedriveApproved" || (type === "ExecutionUncertaintySettled" && data["outcome"] === "retry"))
      count = 0;
  }
  const last = history.events.at(-1);
  const isWaiting = last?.type === "ExecutionHeld" || (workAtEnd(history)?.dueAt ?? 0) > drainedAt;
  if (count === 1 || (count === 0 && isWaiting)) return [];
  return [{ execution: history.execution, ends: count, last: last?.type }];
}

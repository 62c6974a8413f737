// The smallest run in which every check has something to look at: an execution of each kind, of which one is tried again, a
// further one that ends in doubt when its worker is killed, and one that is not due yet.
import type { EffectKind, EffectRow, EventRow, Evidence } from "../../evidence/rows.js";
import { faultKinds } from "../../nemesis/faults.js";
import { refold } from "../tables.js";
import { began, dayMs, idOf, LogBook, sealed, startAll, wedding, workOf, type Chosen } from "./log-book.js";

const [dead, alive] = [idOf("dead"), idOf("alive")];

/** Evidence that no check finds anything against, and that gives each of them something to find. */
export function smallEvidence(): Evidence {
  const log = new LogBook();
  const [keyed, plain, sure, once, far] = [idOf("keyed"), idOf("plain"), idOf("sure"), idOf("once"), idOf("far")];
  const ask = (execution: string, kind: EffectKind, more: object = {}): EventRow =>
    log.write("execution", execution, "ExecutionRequested", {
      work: workOf(kind, more),
      when: { kind: "now" },
      bodyDigest: "0".repeat(64),
      timeZoneData: "2026a",
      sealed,
    });
  const choice = (execution: string, worker: string, attempt = 1): Chosen => ({
    execution,
    attempt,
    worker,
    handover: idOf(`${execution}/${attempt}`),
  });
  const booked = { weddingId: "w", date: "2026-06-17", endDate: "2026-06-17", zone: "Europe/London" };
  log.write("wedding", wedding, "WeddingBooked", {
    ...booked,
    scheduleVersion: 1,
    market: "europe",
    sealed,
    detailsDigest: "0".repeat(64),
  });
  const asked = [
    ask(keyed, "keyed"),
    ask(plain, "plain", { deadline: began + dayMs + 1 }),
    ask(sure, "at-most-once", { deadline: began + dayMs + 2 }),
    ask(once, "at-most-once", { deadline: began + dayMs + 3 }),
    ask(far, "keyed", { dueAt: began + 90 * dayMs, deadline: began + 91 * dayMs, expiresAt: began + 92 * dayMs }),
  ];
  startAll(log, 1, [choice(keyed, alive), choice(plain, alive), choice(sure, alive), choice(once, dead)]);
  const begin = (execution: string, worker: string): EventRow =>
    log.write("execution", execution, "ExecutionEffectBegun", {
      attempt: 1,
      provider: "http",
      worker,
      handover: idOf(`${execution}/1`),
    });
  const done = { attempt: 1, provider: "http", receipt: "200" };
  begin(sure, alive);
  log.write("execution", sure, "ExecutionSucceeded", done);
  const begun = begin(once, dead);
  const succeeded = log.write("execution", plain, "ExecutionSucceeded", done);
  log.write("execution", keyed, "ExecutionFailed", { attempt: 1, provider: "http", code: "http_503", retryable: true });
  log.write(
    "execution",
    keyed,
    "ExecutionRetryScheduled",
    {
      work: workOf("keyed", { attempts: 1, dueAt: log.events.at(-1)?.recordedAt ?? 0 }),
      delayMs: 0,
      reason: { code: "backoff", params: { attempt: 1 } },
    },
    true,
  );
  startAll(log, 2, [choice(keyed, alive, 2)]);
  log.write("execution", keyed, "ExecutionSucceeded", { ...done, attempt: 2 });
  log.write("execution", once, "ExecutionAttemptLost", { attempt: 1, worker: dead, effectBegun: true });
  const reason = { code: "worker_lost_mid_effect" };
  const doubt = log.write("execution", once, "ExecutionUncertain", { attempt: 1, reason }, true);
  const switched = { model: "executions", modelVersion: 1, generation: 2, replaced: 1 };
  const turned = log.write("platform", idOf("switch"), "ProjectionSwitched", switched);

  const { events } = log;
  const end = (events.at(-1)?.recordedAt ?? 0) + 1_000;
  const effect = (execution: string, kind: EffectKind, attempt: number, at: number): EffectRow => ({
    at,
    execution,
    attempt,
    kind,
    key: kind === "keyed" ? execution : null,
    visible: true,
    answer: "accepted",
    signed: true,
  });
  const folded = refold(events);
  const rows = (table: string) => [...(folded[table]?.values() ?? [])];
  const lease = (worker: string, counter: number) => ({ worker, counter, slots: 10 });
  return {
    seed: 1,
    asked: 5,
    faultKinds,
    leaseTermMs: 1_500,
    workers: 1,
    drainedAt: end,
    isDrained: true,
    settings: { fsync: "on", full_page_writes: "on", synchronous_commit: "on" },
    events,
    accepted: [
      ...asked.map(({ stream }, n) => ({
        at: began,
        via: "single" as const,
        vendor: "lens",
        key: `key-${n}`,
        status: 202,
        body: `body-${n}`,
        executionId: stream,
      })),
      {
        at: began,
        via: "single",
        vendor: "lens",
        key: "key-0",
        status: 409,
        body: "b",
        correlationId: idOf("refused"),
      },
    ],
    effects: [
      effect(plain, "plain", 1, succeeded.recordedAt),
      effect(keyed, "keyed", 2, end - 2_000),
      effect(sure, "at-most-once", 1, begun.recordedAt - 2_000),
      // Reached the provider, and nobody lived to hear of it.
      effect(once, "at-most-once", 1, begun.recordedAt),
    ],
    faults: [
      {
        at: begun.recordedAt + 10,
        until: begun.recordedAt + 10,
        what: "kill-worker",
        target: "worker-1",
        worker: dead,
      },
    ],
    samples: [
      { at: began, leases: [lease(alive, 1), lease(dead, 1)], open: {}, due: 0, holds: 0 },
      { at: end, leases: [lease(alive, 2), lease(dead, 1)], open: { [alive]: 1 }, due: 0, holds: 0 },
    ],
    tail: [[1, events.length]],
    polls: { count: 1, regressions: [] },
    modelPolls: { count: 2, regressions: [], spans: [[turned.recordedAt - 10, turned.recordedAt + 10]] },
    generations: [
      { name: "executions_g1", status: "retired", position: events.length, parked: 0 },
      { name: "executions_g2", status: "active", position: events.length, parked: 0 },
    ],
    tables: {
      pending: rows("pending"),
      open_attempt: rows("open_attempt"),
      attention: rows("attention"),
      guard: rows("guard"),
      worker: [{ incarnation: alive }],
      parked: [],
    },
    doubts: [doubt.stream],
    projection: {
      live: "same",
      rebuilt: "same",
      position: events.length,
      effectsDuringRebuild: 0,
      effectsDuringVerify: 0,
    },
    appendAhead: "version_conflict",
    counters: {},
    remarks: [],
    replayDiff: 0,
    replayChecks: ["contracts", "decisions", "executions_g1", "executions_g2"].map((name) => ({
      name,
      ok: true,
      count: 0,
    })),
    replayFindings: [],
  };
}

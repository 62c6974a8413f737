// What is gathered from the log to explain one execution.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { createCodec } from "@wedsync/contracts";
import { executionEvents, type Work } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { fail } from "../problem.js";
import { clean } from "../text/plain.js";
import { assertReadable } from "../unreadable.js";
import { asUuid } from "../uuid.js";
import type { Watch } from "../watch.js";
import { aroundOf } from "./around.js";
import { workAfter, type Facts, type StartFacts, type Step } from "./facts.js";
import { queueOf } from "./queue.js";
import { startFacts } from "./start-facts.js";

const executions = createCodec(executionEvents);

/** Opens a bar for a search up to a position. */
type Look = (what: string, until: bigint) => Watch;

/** Reads all that explains one execution; stops with a problem at an event that cannot be read. */
export async function gather(snapshot: LogSnapshot, wanted: string, look: Look): Promise<Facts> {
  const execution = asUuid(wanted);
  const events = execution === undefined ? [] : await snapshot.stream(execution);
  const first = events[0];
  if (execution === undefined || first?.category !== "execution")
    return fail("execution_unknown", `There is no execution ${clean(wanted).slice(0, 60)} in this log.`);
  const steps = events.map(stepOf);
  const last = steps.at(-1);
  const until = isEnd(last) ? (last?.position ?? 0n) : snapshot.head;
  const starts = new Map<bigint, StartFacts>();
  let work: Work | undefined;
  const decisions = look("reading decisions", until);
  try {
    for (const step of steps) {
      if (step.event.type === "ExecutionStarted")
        starts.set(
          step.position,
          await startFacts(
            snapshot,
            step,
            { dueAt: work?.dueAt ?? step.recordedAt, accepted: first.position },
            decisions,
          ),
        );
      work = workAfter(step, work);
    }
  } finally {
    decisions.progress.stop();
  }
  const around = look("reading holds and seasons", until);
  const { holds, policies } = await aroundOf(snapshot, work, until, around).finally(() => around.progress.stop());
  const waits = work !== undefined && !isEnd(last) && work.dueAt <= snapshot.now;
  return {
    execution,
    steps,
    starts,
    holds,
    policies,
    ...(waits && work !== undefined ? { queue: await queueOf(snapshot, execution, work) } : {}),
    now: snapshot.now,
  };
}

function stepOf(event: RecordedEvent): Step {
  assertReadable(event);
  const decoded = executions.decode(event);
  if (!decoded.ok)
    return fail(
      "event_unknown",
      `Position ${event.position} holds ${event.type}, which no execution has.`,
      event.position,
    );
  const { actor, onBehalfOf } = event.meta;
  return {
    position: event.position,
    recordedAt: event.recordedAt,
    event: decoded.event,
    actor,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
}

const ends = new Set([
  "ExecutionSucceeded",
  "ExecutionSkipped",
  "ExecutionCancelled",
  "ExecutionDeadLettered",
  "ExecutionUncertain",
  "ExecutionStarted",
  "ExecutionEffectBegun",
]);
const isEnd = (step: Step | undefined): boolean => step !== undefined && ends.has(step.event.type);

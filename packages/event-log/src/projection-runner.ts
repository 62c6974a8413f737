// Feeds a projection: state and checkpoint in one transaction, poison parked, events from the future held.
import type { RecordedEvent } from "./envelope.js";
import type { EventReader } from "./log.js";
import type { Checkpoint, ParkedStream, Projection, ProjectionStore } from "./projection.js";

/** Why a runner stands still, or that it does not. */
export type RunnerState =
  | { readonly status: "running" | "caught_up"; readonly position: bigint }
  /** An event is newer than this build knows: not poison. Deploy the newer reader; nothing was skipped. */
  | { readonly status: "held"; readonly position: bigint; readonly type: string; readonly schemaVersion: number }
  /** A poison event in a projection that cannot park. */
  | { readonly status: "stopped"; readonly position: bigint; readonly type: string; readonly reason: string }
  /** The checkpoint is ahead of the log: the log was restored from an older copy. Rebuild; nothing was overwritten. */
  | { readonly status: "ahead_of_log"; readonly position: bigint; readonly head: bigint }
  /** Another runner of the same name took over. */
  | { readonly status: "lost"; readonly position: bigint };

export interface RunnerOptions<Transaction> {
  readonly reader: EventReader;
  readonly store: ProjectionStore<Transaction>;
  readonly projection: Projection<Transaction>;
  /** Events a transaction; 500 when absent. */
  readonly batch?: number;
  readonly onState?: (state: RunnerState) => void;
}

const standing = new Set<RunnerState["status"]>(["held", "stopped", "ahead_of_log", "lost"]);

interface Cursor {
  readonly checkpoint: Checkpoint;
  readonly parked: ReadonlyMap<string, ParkedStream>;
}

/** Applies everything up to the log's present head once, and says how it went. */
export async function catchUp<Transaction>(options: RunnerOptions<Transaction>): Promise<RunnerState> {
  const { reader, projection, batch = 500 } = options;
  let cursor = await load(options);
  const head = await reader.head();
  if (cursor.checkpoint.position > head) return { status: "ahead_of_log", position: cursor.checkpoint.position, head };
  for (;;) {
    const events = await reader.read({ after: cursor.checkpoint.position, limit: batch });
    if (events.length === 0) return { status: "caught_up", position: cursor.checkpoint.position };
    const step = await applyBatch(options, projection, cursor, events);
    if (standing.has(step.state.status)) return step.state;
    cursor = step.cursor;
  }
}

/** Follows the log until the signal aborts or the runner must stand still; returns the last state. */
export async function runProjection<Transaction>(
  options: RunnerOptions<Transaction> & { readonly signal: AbortSignal },
): Promise<RunnerState> {
  let state = await catchUp(options);
  options.onState?.(state);
  if (standing.has(state.status)) return state;
  let cursor = await load(options);
  for await (const events of options.reader.tail({
    after: cursor.checkpoint.position,
    signal: options.signal,
    ...(options.batch === undefined ? {} : { batch: options.batch }),
  })) {
    const step = await applyBatch(options, options.projection, cursor, events);
    state = step.state;
    options.onState?.(state);
    if (standing.has(state.status)) return state;
    cursor = step.cursor;
  }
  return state;
}

async function load<Transaction>(options: RunnerOptions<Transaction>): Promise<Cursor> {
  const { checkpoint, parked } = await options.store.load(options.projection.name);
  return { checkpoint, parked: new Map(parked.map((entry) => [entry.stream, entry])) };
}

interface Step {
  readonly state: RunnerState;
  readonly cursor: Cursor;
}

async function applyBatch<Transaction>(
  options: RunnerOptions<Transaction>,
  projection: Projection<Transaction>,
  cursor: Cursor,
  events: readonly RecordedEvent[],
): Promise<Step> {
  const future = events.findIndex((event) => isFuture(projection, event));
  const usable = future === -1 ? events : events.slice(0, future);
  let current = cursor;
  if (usable.length > 0) {
    const step = await applyOrIsolate(options, projection, cursor, usable);
    if (standing.has(step.state.status)) return step;
    current = step.cursor;
  }
  const held = future === -1 ? undefined : events[future];
  if (held === undefined)
    return { state: { status: "running", position: current.checkpoint.position }, cursor: current };
  return {
    state: { status: "held", position: held.position, type: held.type, schemaVersion: held.schemaVersion },
    cursor: current,
  };
}

function isFuture<Transaction>(projection: Projection<Transaction>, event: RecordedEvent): boolean {
  return projection.types.has(event.type) && event.schemaVersion > (projection.knownVersions[event.type] ?? 0);
}

/** The whole batch in one transaction; if an event is poison, one event a transaction until it is found. */
async function applyOrIsolate<Transaction>(
  options: RunnerOptions<Transaction>,
  projection: Projection<Transaction>,
  cursor: Cursor,
  events: readonly RecordedEvent[],
): Promise<Step> {
  try {
    return await commit(options, projection, cursor, events, []);
  } catch (error) {
    const first = events[0];
    if (first === undefined) throw error;
    if (events.length === 1) return await poison(options, projection, cursor, first, error);
    let current = cursor;
    for (const event of events) {
      const step = await applyOrIsolate(options, projection, current, [event]);
      if (standing.has(step.state.status)) return step;
      current = step.cursor;
    }
    return { state: { status: "running", position: current.checkpoint.position }, cursor: current };
  }
}

async function poison<Transaction>(
  options: RunnerOptions<Transaction>,
  projection: Projection<Transaction>,
  cursor: Cursor,
  event: RecordedEvent,
  error: unknown,
): Promise<Step> {
  const reason = error instanceof Error ? error.name : "unknown";
  if (projection.onPoison === "stop") {
    return { state: { status: "stopped", position: event.position, type: event.type, reason }, cursor };
  }
  return await commit(
    options,
    projection,
    cursor,
    [event],
    [{ stream: event.stream, position: event.position, type: event.type, reason }],
  );
}

async function commit<Transaction>(
  options: RunnerOptions<Transaction>,
  projection: Projection<Transaction>,
  cursor: Cursor,
  events: readonly RecordedEvent[],
  parking: readonly ParkedStream[],
): Promise<Step> {
  const end = events.at(-1);
  if (end === undefined) return { state: { status: "running", position: cursor.checkpoint.position }, cursor };
  const parked = new Map([...cursor.parked, ...parking.map((entry) => [entry.stream, entry] as const)]);
  const next: Checkpoint = { epoch: end.epoch, position: end.position, generation: cursor.checkpoint.generation };
  const outcome = await options.store.commit(projection.name, cursor.checkpoint, next, parking, async (transaction) => {
    for (const event of events) {
      if (projection.types.has(event.type) && !parked.has(event.stream)) await projection.apply(event, transaction);
    }
  });
  if (outcome === "lost") return { state: { status: "lost", position: cursor.checkpoint.position }, cursor };
  return { state: { status: "running", position: end.position }, cursor: { checkpoint: next, parked } };
}

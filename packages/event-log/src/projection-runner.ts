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
  /**
   * The log was restored from an older copy than the checkpoint: it ends before the checkpoint, or has another event there.
   * Rebuild; nothing was overwritten.
   */
  | { readonly status: "ahead_of_log"; readonly position: bigint; readonly head: bigint }
  /** Another runner of the same name took over. */
  | { readonly status: "lost"; readonly position: bigint };

export interface RunnerOptions<Change, Transaction> {
  readonly reader: EventReader;
  readonly store: ProjectionStore<Transaction>;
  readonly projection: Projection<Change, Transaction>;
  /** Events a transaction; 500 when absent. */
  readonly batch?: number;
  /**
   * Waited for between two transactions when following, unless more is there already; not at all when absent. What is written
   * meanwhile comes in one batch and its changes in one write, so that a busy log costs the store a few transactions a second.
   */
  readonly rest?: () => Promise<unknown>;
  readonly onState?: (state: RunnerState) => void;
  /** Called for each stream that was parked, after that was stored: a person has to mend it. */
  readonly onParked?: (parked: ParkedStream) => void;
}

const standing = new Set<RunnerState["status"]>(["held", "stopped", "ahead_of_log", "lost"]);

interface Cursor {
  readonly checkpoint: Checkpoint;
  readonly parked: ReadonlySet<string>;
}

/**
 * Applies everything up to the log's present head once, and says how it went.
 * @throws whatever the store or the reader throws; nothing of the failed batch is stored, so it can simply be repeated
 */
export async function catchUp<Change, Transaction>(options: RunnerOptions<Change, Transaction>): Promise<RunnerState> {
  const { reader, batch = 500 } = options;
  let cursor = await load(options);
  const head = await reader.head();
  if (!(await isInLog(reader, cursor.checkpoint, head))) {
    return { status: "ahead_of_log", position: cursor.checkpoint.position, head };
  }
  for (;;) {
    const events = await reader.read({ after: cursor.checkpoint.position, limit: batch });
    if (events.length === 0) return { status: "caught_up", position: cursor.checkpoint.position };
    const step = await applyBatch(options, cursor, events);
    if (standing.has(step.state.status)) return step.state;
    cursor = step.cursor;
  }
}

/** Follows the log until the signal aborts or the runner must stand still; returns the last state. Throws as `catchUp`. */
export async function runProjection<Change, Transaction>(
  options: RunnerOptions<Change, Transaction> & { readonly signal: AbortSignal },
): Promise<RunnerState> {
  let state = await catchUp(options);
  options.onState?.(state);
  if (standing.has(state.status)) return state;
  let cursor = await load(options);
  const { rest, signal, batch = 500 } = options;
  for await (const events of options.reader.tail({ after: cursor.checkpoint.position, signal, batch })) {
    const step = await applyBatch(options, cursor, events);
    state = step.state;
    options.onState?.(state);
    if (standing.has(state.status)) return state;
    cursor = step.cursor;
    if (rest !== undefined && events.length < batch) await rest();
  }
  return state;
}

/** Is the event the checkpoint stands on still the log's? A restored log that has grown again has it in a later epoch. */
async function isInLog(reader: EventReader, { position, epoch }: Checkpoint, head: bigint): Promise<boolean> {
  if (position === 0n) return true;
  if (position > head) return false;
  const [event] = await reader.read({ after: position - 1n, limit: 1 });
  return event?.epoch === epoch;
}

async function load<Change, Transaction>({ store, projection }: RunnerOptions<Change, Transaction>): Promise<Cursor> {
  const { checkpoint, parked } = await store.load(projection.name);
  return { checkpoint, parked: new Set(parked.map((entry) => entry.stream)) };
}

interface Step {
  readonly state: RunnerState;
  readonly cursor: Cursor;
}

/** What a batch comes to, up to the first event that makes the runner stand still. */
interface Folded<Change> {
  readonly changes: readonly Change[];
  readonly parking: readonly ParkedStream[];
  /** The last event that was taken. */
  readonly end: RecordedEvent | undefined;
  readonly stand: RunnerState | undefined;
}

function foldBatch<Change, Transaction>(
  projection: Projection<Change, Transaction>,
  parked: ReadonlySet<string>,
  events: readonly RecordedEvent[],
): Folded<Change> {
  const changes: Change[] = [];
  const parking = new Map<string, ParkedStream>();
  let end: RecordedEvent | undefined;
  for (const event of events) {
    const { type, position, schemaVersion, stream } = event;
    if (projection.types.has(type)) {
      if (schemaVersion > (projection.knownVersions[type] ?? 0)) {
        const stand: RunnerState = { status: "held", position, type, schemaVersion };
        return { changes, parking: [...parking.values()], end, stand };
      }
      if (!parked.has(stream) && !parking.has(stream)) {
        try {
          const change = projection.fold(event);
          if (change !== undefined) changes.push(change);
        } catch (error) {
          const reason = nameOf(error);
          if (projection.onPoison === "stop") {
            const stand: RunnerState = { status: "stopped", position, type, reason };
            return { changes, parking: [...parking.values()], end, stand };
          }
          parking.set(stream, { stream, position, type, reason });
        }
      }
    }
    end = event;
  }
  return { changes, parking: [...parking.values()], end, stand: undefined };
}

/** The name only: a message could hold a value of the event. */
function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error && typeof error.name === "string"
    ? error.name
    : "unknown";
}

async function applyBatch<Change, Transaction>(
  { store, projection, onParked }: RunnerOptions<Change, Transaction>,
  cursor: Cursor,
  events: readonly RecordedEvent[],
): Promise<Step> {
  const { changes, parking, end, stand } = foldBatch(projection, cursor.parked, events);
  let current = cursor;
  if (end !== undefined) {
    const next: Checkpoint = { epoch: end.epoch, position: end.position, generation: cursor.checkpoint.generation };
    const outcome = await store.commit(projection.name, cursor.checkpoint, next, parking, async (transaction) => {
      if (changes.length > 0) await projection.write(changes, transaction);
    });
    if (outcome === "lost") return { state: { status: "lost", position: cursor.checkpoint.position }, cursor };
    for (const stream of parking) onParked?.(stream);
    current = { checkpoint: next, parked: new Set([...cursor.parked, ...parking.map((entry) => entry.stream)]) };
  }
  return { state: stand ?? { status: "running", position: current.checkpoint.position }, cursor: current };
}

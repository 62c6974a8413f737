// Load, decide, append; on a conflict load and decide again. The only loop in the platform that does this.
import type { AppendRefusal, Appended } from "./append-result.js";
import type { DecodeFailure, EventCodec } from "./codec.js";
import type { Decider } from "./decider.js";
import type { Metadata, NewEvent } from "./envelope.js";
import { logError } from "./errors.js";
import type { AppendClass, EventLog, Guard, LeaderToken } from "./log.js";

export interface CommandContext<State, Event> {
  readonly log: Pick<EventLog, "append" | "readStream">;
  readonly codec: EventCodec<Event>;
  readonly category: string;
  readonly stream: string;
  readonly class: AppendClass;
  readonly meta: Metadata;
  /** A fresh event id (UUIDv7) for each call. */
  readonly newId: () => string;
  /** Facts of other streams this decision rests on, given the state it was made in. */
  readonly guards?: (state: State) => readonly Guard[];
  readonly leader?: LeaderToken;
  /** Decisions before giving up, 1 to 50; 10 when absent. */
  readonly attempts?: number;
}

export type CommandOutcome<State, Event, Refusal> =
  | {
      readonly ok: true;
      readonly state: State;
      readonly version: number;
      readonly events: readonly Event[];
      /** Absent when the command changed nothing. */
      readonly appended?: Appended;
    }
  | { readonly ok: false; readonly kind: "refused"; readonly refusal: Refusal; readonly state: State }
  | {
      readonly ok: false;
      readonly kind: "append_refused";
      readonly refusal: Exclude<AppendRefusal, { code: "version_conflict" }>;
    }
  | { readonly ok: false; readonly kind: "unreadable"; readonly failure: DecodeFailure };

/** The state and version of one stream. */
export type LoadedState<State> =
  | { readonly ok: true; readonly state: State; readonly version: number; readonly firstEventId?: string }
  | { readonly ok: false; readonly failure: DecodeFailure };

/** Folds one stream into its state. An event that cannot be decoded stops the fold and is named. */
export async function loadState<State, Event>(
  reader: Pick<EventLog, "readStream">,
  codec: EventCodec<Event>,
  decider: Pick<Decider<State, never, Event, unknown>, "initialState" | "evolve">,
  category: string,
  stream: string,
): Promise<LoadedState<State>> {
  const recorded = await reader.readStream(category, stream);
  let state = decider.initialState;
  for (const event of recorded) {
    const decoded = codec.decode(event);
    if (!decoded.ok) return { ok: false, failure: decoded };
    state = decider.evolve(state, decoded.event);
  }
  const first = recorded[0];
  return { ok: true, state, version: recorded.length, ...(first === undefined ? {} : { firstEventId: first.id }) };
}

/**
 * Runs one command on one stream.
 * @param command the command, or a function of the state for commands that must be completed from it.
 * @throws LogError `too_many_conflicts` when other writers won every time.
 */
export async function handleCommand<State, Command, Event, Refusal>(
  decider: Decider<State, Command, Event, Refusal>,
  command: Command | ((state: State) => Command),
  context: CommandContext<State, Event>,
): Promise<CommandOutcome<State, Event, Refusal>> {
  const attempts = context.attempts ?? 10;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const loaded = await loadState(context.log, context.codec, decider, context.category, context.stream);
    if (!loaded.ok) return { ok: false, kind: "unreadable", failure: loaded.failure };
    const { state, version } = loaded;
    const resolved = typeof command === "function" ? (command as (state: State) => Command)(state) : command;
    const decision = decider.decide(resolved, state);
    if (!decision.ok) return { ok: false, kind: "refused", refusal: decision.refusal, state };
    if (decision.events.length === 0) return { ok: true, state, version, events: [] };
    const result = await context.log.append({
      class: context.class,
      meta: context.meta,
      streams: [
        {
          category: context.category,
          stream: context.stream,
          expectedVersion: version,
          events: encodeAll(context.codec, decision.events, context.newId),
        },
      ],
      ...(context.guards === undefined ? {} : { guards: context.guards(state) }),
      ...(context.leader === undefined ? {} : { leader: context.leader }),
    });
    if (result.ok) {
      let next = state;
      for (const event of decision.events) next = decider.evolve(next, event);
      return {
        ok: true,
        state: next,
        version: version + decision.events.length,
        events: decision.events,
        appended: result,
      };
    }
    if (result.code !== "version_conflict") return { ok: false, kind: "append_refused", refusal: result };
  }
  throw logError(
    "too_many_conflicts",
    `Stream ${context.category}-${context.stream} changed under ${attempts} decisions; try again later.`,
    {
      stream: context.stream,
      attempts,
    },
  );
}

/** Domain events as log events, each with a fresh id. */
export function encodeAll<Event>(
  codec: EventCodec<Event>,
  events: readonly Event[],
  newId: () => string,
): readonly NewEvent[] {
  return events.map((event) => ({ id: newId(), ...codec.encode(event) }));
}

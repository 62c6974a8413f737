// An aggregate: no class, no async, no I/O. Time, ids and randomness come inside the command.

export interface Decider<State, Command, Event, Refusal> {
  readonly initialState: State;
  /** What follows from the command; a repeated command yields no events. Never throws on input. */
  decide(command: Command, state: State): Decision<Event, Refusal>;
  /** Total: every event of every state gives a state. */
  evolve(state: State, event: Event): State;
  /** No further event is expected on this stream. */
  isTerminal(state: State): boolean;
}

export type Decision<Event, Refusal> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusal: Refusal };

export const accept = <Event>(
  ...events: readonly Event[]
): { readonly ok: true; readonly events: readonly Event[] } => ({
  ok: true,
  events,
});

export const refuse = <Refusal>(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});

/** The state after a history. */
export function fold<State, Event>(
  decider: Pick<Decider<State, never, Event, unknown>, "initialState" | "evolve">,
  events: Iterable<Event>,
  from: State = decider.initialState,
): State {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}

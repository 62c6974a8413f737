// The answer of ring 3: what was written, or a refusal as data.
import type { AppendRefusal, CommandOutcome, DecodeFailure } from "@wedsync/event-log";

export type LogTrouble =
  | { readonly code: "append_refused"; readonly message: string; readonly cause: AppendRefusal }
  | { readonly code: "unreadable"; readonly message: string; readonly cause: DecodeFailure }
  | { readonly code: "busy"; readonly message: string };

export type Written<Value, Refusal> =
  | {
      readonly ok: true;
      readonly changed: boolean;
      /** Types of the events that were written. */
      readonly events: readonly string[];
      readonly value: Value;
    }
  | { readonly ok: false; readonly refusal: Refusal | LogTrouble };

export const unreadable = (cause: DecodeFailure): LogTrouble => ({
  code: "unreadable",
  message: "The stream holds an event this build cannot read.",
  cause,
});

export function toWritten<State, Event extends { readonly type: string }, Refusal>(
  outcome: CommandOutcome<State, Event, Refusal>,
): Written<State, Refusal> {
  if (outcome.ok) {
    const events = outcome.events.map((event) => event.type);
    return { ok: true, changed: events.length > 0, events, value: outcome.state };
  }
  switch (outcome.kind) {
    case "refused":
      return { ok: false, refusal: outcome.refusal };
    case "append_refused":
      return {
        ok: false,
        refusal: {
          code: "append_refused",
          message: "The log refused to write; see the cause.",
          cause: outcome.refusal,
        },
      };
    case "unreadable":
      return { ok: false, refusal: unreadable(outcome.failure) };
  }
}

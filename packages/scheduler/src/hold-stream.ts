// A held scope's stream. Its events share a context with the dispatcher's, of which a hold reads only its own.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents } from "@wedsync/contracts/scheduler";
import { handleCommand } from "@wedsync/event-log";
import { holdDecider, type HoldCommand, type HoldRefusal, type HoldState } from "./hold-decider.js";
import { timed, type CallMeta, type SchedulerOptions } from "./scheduler-options.js";
import { toWritten, type Written } from "./written.js";

const codec = createCodec(
  dispatchEvents.filter(
    (definition): definition is Extract<typeof definition, { readonly type: "ScopePaused" | "ScopeResumed" }> =>
      definition.type === "ScopePaused" || definition.type === "ScopeResumed",
  ),
);

export async function runHold(
  options: SchedulerOptions,
  command: HoldCommand,
  meta: CallMeta,
): Promise<Written<HoldState, HoldRefusal>> {
  return toWritten(
    await handleCommand(holdDecider, command, {
      log: options.log,
      codec,
      category: "hold",
      stream: options.ids.stream("hold", command.scope),
      class: "control",
      meta: timed(options, meta),
      newId: options.ids.event,
    }),
  );
}

// Changes that people and process managers ask for: load, decide, append.
import { handleCommand, type EventLog, type Metadata } from "@wedsync/event-log";
import { executionCodec, weddingGuard } from "./claim.js";
import type { ExecutionCommand, ExecutionRefusal } from "./execution-command.js";
import { executionDecider } from "./execution-decider.js";
import type { ExecutionState } from "./execution-state.js";
import { toWritten, type Written } from "./written.js";

export type ExecutionChange = Extract<
  ExecutionCommand,
  { readonly kind: "cancel" | "redrive" | "release" | "settle" | "reschedule" }
>;

export async function changeExecution(
  {
    log,
    newId,
  }: { readonly log: Pick<EventLog, "append" | "appendTogether" | "readStream">; readonly newId: () => string },
  execution: string,
  command: ExecutionChange,
  meta: Metadata,
): Promise<Written<ExecutionState, ExecutionRefusal>> {
  return toWritten(
    await handleCommand(executionDecider, command, {
      log,
      codec: executionCodec,
      category: "execution",
      stream: execution,
      class: "control",
      meta,
      newId,
      // Rescheduled work rests on the schedule it was computed from.
      ...(command.kind === "reschedule" ? { guards: () => [weddingGuard(command.work)] } : {}),
    }),
  );
}

// The dispatch policy over an event log: seeded once, activated by people, read as of a position by a dispatcher.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, type DispatchPolicy } from "@wedsync/contracts/scheduler";
import { handleCommand, type Clock, type EventLog, type Metadata } from "@wedsync/event-log";
import {
  defaultDispatchPolicy,
  dispatchPolicyDecider,
  type DispatchPolicyCommand,
  type DispatchPolicyRefusal,
  type DispatchPolicyState,
} from "./dispatch-policy.js";
import { toWritten, type Written } from "./written.js";

const codec = createCodec([dispatchEvents[0]]);
const category = "dispatch";

export interface PolicyOptions {
  readonly log: Pick<EventLog, "append" | "readStream">;
  readonly clock: Clock;
  readonly ids: { event(): string; stream(category: string, ...names: readonly string[]): string };
  readonly meta: Omit<Metadata, "time">;
}

/** Puts a policy in force, or with `seed` only where there is none. A repeated command changes nothing. */
export async function changeDispatchPolicy(
  command: DispatchPolicyCommand,
  { log, clock, ids, meta }: PolicyOptions,
): Promise<Written<DispatchPolicyState, DispatchPolicyRefusal>> {
  return toWritten(
    await handleCommand(dispatchPolicyDecider, command, {
      log,
      codec,
      category,
      stream: ids.stream(category, "policy"),
      class: "control",
      meta: { ...meta, time: clock.now() },
      newId: ids.event,
    }),
  );
}

/** The policy in force at a position of the log. */
export async function dispatchPolicyAt(
  position: bigint,
  { log, ids }: Pick<PolicyOptions, "ids"> & { readonly log: Pick<EventLog, "readStream"> },
): Promise<DispatchPolicy> {
  let policy = defaultDispatchPolicy;
  for (const event of await log.readStream(category, ids.stream(category, "policy"))) {
    const decoded = codec.decode(event);
    if (event.position <= position && decoded.ok) policy = decoded.event.data.policy;
  }
  return policy;
}

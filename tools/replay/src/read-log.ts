// One pass over the log: pages, progress, Ctrl-C, and the log's own completeness.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { catalogue } from "@wedsync/contracts";
import type { RecordedEvent } from "@wedsync/event-log";
import { fail } from "./problem.js";
import type { PassProgress } from "./shell.js";

const known = new Map(catalogue.map(({ definition }) => [definition.type, definition.version]));

/** Refuses an event that this build cannot judge: what a newer release wrote may change everything after it. */
export function assertKnown({ type, schemaVersion, position }: RecordedEvent): void {
  const version = known.get(type);
  if (version === undefined)
    fail(
      "event_unknown",
      `Position ${position} holds ${type}, which this build does not know; use the newer build.`,
      position,
    );
  else if (schemaVersion > version)
    fail(
      "event_newer",
      `Position ${position} holds ${type} version ${schemaVersion}; this build reads up to ${version}. Use the newer build.`,
      position,
    );
}

/** Gives every event from the first to `until`. Stops with a problem at a gap, or at an event of a newer release. */
export async function readLog(
  snapshot: LogSnapshot,
  until: bigint,
  { progress, signal }: { readonly progress: PassProgress; readonly signal: AbortSignal },
  see: (event: RecordedEvent) => void,
): Promise<void> {
  let last = 0n;
  try {
    for await (const events of snapshot.events({ until })) {
      if (signal.aborted) fail("interrupted", "Stopped.");
      for (const event of events) {
        if (event.position !== last + 1n) gap(last, event.position);
        assertKnown(event);
        last = event.position;
        see(event);
      }
      progress.update(Number(last));
    }
  } finally {
    progress.stop();
  }
  if (last < until) gap(last, until + 1n);
}

export function gap(last: bigint, next: bigint): never {
  if (last === 0n)
    return fail(
      "log_truncated",
      `The log begins at position ${next}: its beginning was cut off. Restore it first.`,
      next,
    );
  const missing = next - last === 2n ? `Position ${last + 1n} is` : `Positions ${last + 1n} to ${next - 1n} are`;
  return fail("log_gap", `${missing} missing: the log was tampered with or lost events. Restore it first.`, last + 1n);
}

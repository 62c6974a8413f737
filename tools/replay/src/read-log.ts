// One pass over the log: pages, progress, Ctrl-C, and the log's own completeness.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import type { RecordedEvent } from "@wedsync/event-log";
import { fail } from "./problem.js";
import type { Watch } from "./watch.js";
import { assertReadable } from "./unreadable.js";

/** Gives every event from the first to `until`. Stops with a problem at a gap, or at an event that cannot be read. */
export async function readLog(
  snapshot: LogSnapshot,
  until: bigint,
  { progress, signal }: Watch,
  see: (event: RecordedEvent) => void,
): Promise<void> {
  let last = 0n;
  try {
    for await (const events of snapshot.events({ until })) {
      if (signal.aborted) fail("interrupted", "Stopped.");
      for (const event of events) {
        if (event.position !== last + 1n) gap(last, event.position);
        assertReadable(event);
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

/** What is missing between two positions, as a problem. */
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
